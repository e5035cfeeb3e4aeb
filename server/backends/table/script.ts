/** A group of tables as JavaScript: its query, through the database for Node. */
import type { Group, GroupInput, ScriptPart } from '../../engine/group.ts';
import { copySql } from './sql/encode.ts';
import { groupSql } from './sql/query.ts';
import { identifier, literal } from './sql/quote.ts';

const DATABASE = new URL('./database.ts', import.meta.url);
const QUOTE = new URL('./sql/quote.ts', import.meta.url);

/** Stands in SQL for the path of a result. */
const PLACE = '\u0001path\u0001';

/** The group as a script. */
export function tableScript(group: Group): ScriptPart | string {
	if (group.inputs.some((input) => input.metadata.kind !== 'table' || input.metadata.columns === null)) return 'reads a table whose columns are not known';
	const query = groupSql(
		group,
		group.inputs.map((input, index) => ({ from: identifier(`input ${index + 1}`), columns: columnsOf(input) })),
	);
	const views = group.inputs.map((_, index) => {
		const view = `CREATE TEMP VIEW ${identifier(`input ${index + 1}`)} AS `;
		return `await db.query(${JSON.stringify(view)} + selectOf(inputs[${index}]));`;
	});
	const prepared = query.prepare.map((statement) => `await db.query(${sqlText(statement)});`);
	const written = query.results.flatMap(({ select, columns, encode }, index) => {
		const format = encode?.format ?? 'parquet';
		const path = `path${index + 1}`;
		return [
			`const ${path} = join(folder, '${index + 1}.${format}');`,
			`await db.query(${sqlText(copySql(select, columns, encode, PLACE), path)});`,
			...(encode?.bom === true ? [`await putBefore(${path}, '\\uFEFF');`] : []),
		];
	});
	const values = query.results.map(({ columns, encode }, index) => {
		const plain = columns.map(({ name, type }) => ({ name, type }));
		const metadata =
			encode === null
				? `{ kind: 'table', format: null, rows: null, columns: ${JSON.stringify(plain)} }`
				: `{ kind: 'file', format: '${encode.format}', content: null }`;
		return `{ path: path${index + 1}, name: '${index + 1}.${encode?.format ?? 'parquet'}', metadata: ${metadata} }`;
	});
	const body = [...views, ...prepared, ...written].map((line) => line.replace(/^/gm, '\t'));
	return {
		code: [
			'const db = await openDatabase(inputs.map((input) => input.readable ?? input.path), { folder, threads: availableParallelism() });',
			'try {',
			...body,
			`\treturn [${values.join(', ')}];`,
			'} finally {',
			'\tdb.close();',
			'}',
		].join('\n'),
		uses: [
			{ module: DATABASE, names: ['openDatabase'] },
			{ module: QUOTE, names: ['literal'] },
		],
		packages: ['@duckdb/node-api'],
		programs: [],
	};
}

function columnsOf({ metadata }: GroupInput) {
	return metadata.kind === 'table' ? (metadata.columns ?? []) : [];
}

/** SQL as JavaScript, line by line. */
function sqlText(sql: string, path?: string): string {
	const pieces = sql.split(literal(PLACE)).map((piece) =>
		piece
			.split('\n')
			.map((line, index, all) => JSON.stringify(index < all.length - 1 ? `${line}\n` : line))
			.join(' +\n\t'),
	);
	return path === undefined ? pieces.join('') : pieces.join(` + literal(${path}) + `);
}
