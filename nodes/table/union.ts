import { type Column, tableOp, z } from '../define.ts';
import { commonType, fold } from './columns.ts';

/** Puts the rows of tables below each other, columns matched by name; where a table lacks a column its rows are blank there. */
export default tableOp({
	id: 'table.union',
	version: 1,
	title: { en: 'Stack tables', zh: '上下合并表格' },
	summary: { en: 'Put the rows of several tables below each other, matching columns by name.', zh: '把多个表格的行上下拼接，同名列对齐。' },
	phrases: {
		en: [
			'union',
			'stack',
			'stack tables',
			'append',
			'append rows',
			'append tables',
			'combine files',
			'combine the csv files',
			'merge csv files',
			'merge the files into one table',
			'put below each other',
			'concatenate tables',
			'concatenate rows',
			'all rows of',
			'one big table',
			'one table',
		],
		zh: ['合并', '上下合并', '纵向合并', '追加', '拼接表格', '堆叠', '合并多个表', '合并成一个表', '合并 csv', '多表合一'],
	},
	inputs: { tables: { kind: 'table', many: true, title: { en: 'Tables', zh: '表格' } } },
	outputs: { table: { kind: 'table', title: { en: 'Table', zh: '表格' } } },
	params: z.object({}),
	describe: (_, { tables }) => {
		const all = tables.elements;
		if (all === undefined || all.some((one) => one.columns === null)) return { table: { ...tables.element, rows: null, columns: null, format: null } };
		const rows = all.reduce<number | null>((sum, one) => (sum === null || one.rows === null ? null : sum + one.rows), 0);
		return { table: { kind: 'table', columns: unitedColumns(all.map((one) => one.columns ?? [])), rows, format: null } };
	},
	lower: () => [{ op: 'union', input: 'tables' }],
	example: { params: {}, inputs: { tables: ['sales', 'numbers', 'sales'] } },
});

/** Columns of a union, in the order in which they first appear. The backend uses the same rule. */
export function unitedColumns(tables: readonly (readonly Column[])[]): readonly Column[] {
	const columns = new Map<string, Column>();
	for (const { name, type } of tables.flat()) {
		const known = columns.get(fold(name));
		columns.set(fold(name), known === undefined ? { name, type } : { name: known.name, type: commonType(known.type, type) });
	}
	return [...columns.values()];
}
