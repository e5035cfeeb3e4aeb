import { field, tableOp, z } from '../define.ts';
import { changed, columnNamed, TABLE_IN } from './columns.ts';

const ORDER = { ascending: { en: 'Smallest first', zh: '从小到大' }, descending: { en: 'Largest first', zh: '从大到小' } } as const;

/** Sorts rows by a column and, among equals, by further ones. Rows that are equal in all keep their order; blanks come last. */
export default tableOp({
	id: 'table.sort',
	version: 1,
	title: { en: 'Sort rows', zh: '排序' },
	summary: { en: 'Sort the rows by one or more columns.', zh: '按一列或多列对行排序。' },
	phrases: {
		en: [
			'sort',
			'sort by',
			'order by',
			'sorted',
			'order',
			'arrange',
			'rank',
			'rank by',
			'ranking',
			'largest first',
			'smallest first',
			'highest first',
			'lowest first',
			'descending',
			'ascending',
			'alphabetically',
			'newest first',
			'oldest first',
			'from high to low',
			'from low to high',
			'biggest first',
			'a to z',
			'in order of',
			'reverse order',
			'by date',
			'the largest',
			'the smallest',
			'the most',
			'the least',
			'the highest',
			'the lowest',
		],
		zh: [
			'排序',
			'按',
			'升序',
			'降序',
			'从大到小',
			'从小到大',
			'排列',
			'排名',
			'从高到低',
			'从低到高',
			'最大的',
			'最小的',
			'最高的',
			'最低的',
			'最新的在前',
			'倒序',
			'顺序',
		],
	},
	inputs: TABLE_IN,
	outputs: TABLE_IN,
	params: z.object({
		column: field.column({ title: { en: 'Column', zh: '列' }, port: 'table', min: 1, phrases: { en: ['by', 'sort by', 'order by'], zh: ['按', '依据'] } }),
		order: field.choice({
			title: { en: 'Order', zh: '顺序' },
			choices: ORDER,
			default: 'ascending',
			phrases: { en: ['descending', 'ascending', 'largest first'], zh: ['降序', '升序'] },
		}),
		thenBy: field.list({
			title: { en: 'Then by', zh: '然后按' },
			item: z.object({
				column: field.column({ title: { en: 'Column', zh: '列' }, port: 'table', min: 1 }),
				order: field.choice({ title: { en: 'Order', zh: '顺序' }, choices: ORDER, default: 'ascending' }),
			}),
			default: [],
		}),
	}),
	describe: ({ column, thenBy }, { table }) => {
		if (table.columns !== null) {
			columnNamed(table.columns, column, 'column');
			for (const next of thenBy) columnNamed(table.columns, next.column, 'thenBy');
		}
		return { table: changed(table, {}) };
	},
	lower: ({ column, order, thenBy }, { table }) => [
		{
			op: 'sort',
			by: [{ column, order }, ...thenBy].map((one) => ({
				column: columnNamed(table.columns, one.column, 'column').name,
				descending: one.order === 'descending',
			})),
		},
	],
	example: { params: { column: 'units', order: 'descending', thenBy: [{ column: 'region' }] }, inputs: { table: 'sales' } },
});
