import { type Column, field, GraphError, tableOp, z } from '../define.ts';
import { changed, columnNamed, findColumn, fold, freeName } from './columns.ts';

/** Joins two tables on columns that agree; a name that both have gets " (2)" on the right. Left rows keep their order. */
export default tableOp({
	id: 'table.join',
	version: 1,
	title: { en: 'Join tables', zh: '关联表格' },
	summary: { en: 'Bring the columns of two tables together where key columns agree.', zh: '按对应的列把两个表格的列合到一起。' },
	phrases: {
		en: [
			'join',
			'join tables',
			'join on',
			'merge tables',
			'merge by',
			'merge on',
			'combine tables',
			'lookup',
			'look up',
			'vlookup',
			'match rows',
			'match with',
			'enrich',
			'add columns from',
			'bring together',
			'link tables',
			'left join',
			'inner join',
			'outer join',
		],
		zh: ['关联', '连接', '合并表格', '按列合并', '匹配', '查找匹配', 'vlookup', '左连接', '内连接', '全连接', '对应合并', '拼接列', '表关联'],
	},
	inputs: { left: { kind: 'table', title: { en: 'Left table', zh: '左表' } }, right: { kind: 'table', title: { en: 'Right table', zh: '右表' } } },
	outputs: { table: { kind: 'table', title: { en: 'Table', zh: '表格' } } },
	params: z.object({
		on: field.columns({
			title: { en: 'Key columns', zh: '对应列' },
			hint: { en: 'None chosen: those that both tables have', zh: '不选则使用两表同名的列' },
			port: 'left',
			default: [],
			phrases: { en: ['on', 'by', 'using'], zh: ['按', '根据'] },
		}),
		rightOn: field.columns({
			title: { en: 'Key columns on the right', zh: '右表的对应列' },
			hint: { en: 'None chosen: of the same names', zh: '不选则与左表同名' },
			port: 'right',
			default: [],
		}),
		how: field.choice({
			title: { en: 'Keep', zh: '保留' },
			choices: {
				left: { en: 'All rows of the left table', zh: '左表的所有行' },
				inner: { en: 'Only rows that match', zh: '仅匹配的行' },
				full: { en: 'All rows of both', zh: '两表的所有行' },
			},
			default: 'left',
			phrases: { en: ['inner', 'left', 'full', 'outer', 'only matching'], zh: ['内连接', '左连接', '全部'] },
		}),
	}),
	describe: (params, { left, right }) => {
		if (left.columns === null || right.columns === null) return { table: changed(left, { columns: null, rows: null }) };
		const keys = keysOf(params, left.columns, right.columns);
		return { table: changed(left, { columns: joinedColumns(left.columns, right.columns, keys), rows: null }) };
	},
	lower: (params, { left, right }) => [{ op: 'join', input: 'right', on: keysOf(params, left.columns, right.columns), how: params.how }],
	example: { params: { on: ['region'], how: 'inner' }, inputs: { left: 'sales', right: 'sales' } },
});

interface Keys {
	readonly left: string;
	readonly right: string;
}

function keysOf(
	params: { readonly on: readonly string[]; readonly rightOn: readonly string[] },
	left: readonly Column[],
	right: readonly Column[],
): readonly Keys[] {
	const on = params.on.length > 0 ? params.on : left.filter((column) => findColumn(right, column.name) !== undefined).map((column) => column.name);
	if (on.length === 0)
		throw new GraphError('table.no-common-column', { left: left.map((one) => one.name), right: right.map((one) => one.name) }, { param: 'on' });
	const rightOn = params.rightOn.length > 0 ? params.rightOn : on;
	if (rightOn.length !== on.length) throw new GraphError('table.join-counts', { left: on.length, right: rightOn.length }, { param: 'rightOn' });
	return on.map((name, i) => ({ left: columnNamed(left, name, 'on').name, right: columnNamed(right, rightOn[i] ?? name, 'rightOn').name }));
}

/** Columns of a join: the left ones, then the right ones that aren't keys, renamed where the name is taken. The backend uses the same rule. */
export function joinedColumns(left: readonly Column[], right: readonly Column[], keys: readonly Keys[]): readonly Column[] {
	return [...left, ...joinedRight(left, right, keys).map(({ column, as }) => ({ ...column, name: as }))];
}

/** The right columns that a join adds, and what they are called. */
export function joinedRight(
	left: readonly Column[],
	right: readonly Column[],
	keys: readonly Keys[],
): readonly { readonly column: Column; readonly as: string }[] {
	const taken = new Set(left.map((column) => fold(column.name)));
	const keyNames = new Set(keys.map((key) => key.right));
	return right
		.filter((column) => !keyNames.has(column.name))
		.map((column) => {
			const as = freeName(column.name, taken);
			taken.add(fold(as));
			return { column, as };
		});
}
