/** Makes the outputs of a table group: one locked database, one query, files in the group's folder. */
import { createReadStream, createWriteStream } from 'node:fs';
import { rename, stat } from 'node:fs/promises';
import { pipeline } from 'node:stream/promises';
import type { TableMetadata } from '../../../nodes/define.ts';
import { RunError } from '../../../nodes/problems.ts';
import type { Group, Made, RunContext, Runner } from '../../engine/group.ts';
import { type Database, databaseProblem, openDatabase } from './database.ts';
import { openPromised, openThoroughly, type Prepared, prepare } from './source.ts';
import { copySql } from './sql/encode.ts';
import { groupSql, type Result } from './sql/query.ts';
import { identifier } from './sql/quote.ts';
import type { Relation } from './sql/steps.ts';

export const tableRunner: Runner = {
	run: async (group, context) => {
		const inputs = await Promise.all(group.inputs.map((input, index) => preparedInput(input, index, context)));
		const name = inputs.map((input) => input.name).join(', ');
		const db = await openDatabase(
			inputs.map((input) => input.path),
			context,
		);
		try {
			/* First by the types of the first rows, which is quick; where a later row doesn't fit them, by those of all rows. */
			return await made(db, group, inputs, context, null).catch((error: unknown) => {
				const problem = databaseProblem(error, name);
				if (problem instanceof RunError && problem.problem.key === 'table.value') return made(db, group, inputs, context, problem);
				throw error;
			});
		} catch (error) {
			throw databaseProblem(error, name);
		} finally {
			db.close();
		}
	},
};

async function preparedInput(input: Group['inputs'][number], index: number, context: RunContext): Promise<Prepared> {
	if (input.from !== 'file') throw new Error('a table never comes from memory');
	const format = input.metadata.kind === 'table' ? input.metadata.format : null;
	return prepare(input.path, format, input.name, context.folder, index);
}

/** `met`: a value that didn't fit when the inputs were read by their first rows. */
async function made(db: Database, group: Group, inputs: readonly Prepared[], context: RunContext, met: RunError | null): Promise<readonly Made[]> {
	const relations: Relation[] = [];
	for (const [index, input] of inputs.entries()) {
		const promised = group.inputs[index]?.metadata;
		const columns = promised?.kind === 'table' ? promised.columns : null;
		const opened = met === null ? await openPromised(db, input, columns) : await openThoroughly(db, input, columns, met);
		const from = identifier(`input ${index + 1}`);
		await db.query(`CREATE OR REPLACE TEMP VIEW ${from} AS ${opened.select}`);
		relations.push({ from, columns: opened.columns });
	}
	const query = groupSql(group, relations);
	for (const statement of query.prepare) await db.query(statement.replace(/^CREATE TEMP TABLE/, 'CREATE OR REPLACE TEMP TABLE'));
	const results: Made[] = [];
	for (const [index, result] of query.results.entries()) results.push(await write(db, result, `${context.folder}/${index + 1}`));
	return results;
}

async function write(db: Database, { key, select, columns, encode }: Result, stem: string): Promise<Made> {
	const format = encode?.format ?? 'parquet';
	const path = `${stem}.${format}`;
	const [counted] = await db.query(copySql(select, columns, encode, path));
	const rows = Number(counted?.Count ?? 0);
	if (encode?.bom === true) await mark(path);
	const plain = columns.map(({ name, type }) => ({ name, type }));
	const table: TableMetadata = { kind: 'table', columns: plain, rows, format: encode === null ? null : format };
	if (encode === null) return { key, value: { path, metadata: table } };
	const { size } = await stat(path);
	return { key, value: { path, metadata: { kind: 'file', format, bytes: size, content: table } } };
}

/** Puts the mark in front by which Excel knows UTF-8. */
async function mark(path: string): Promise<void> {
	const marked = `${path}.marked`;
	const out = createWriteStream(marked, { flags: 'wx' });
	out.write('\uFEFF');
	await pipeline(createReadStream(path), out);
	await rename(marked, path);
}
