import { field, tableOp, z } from '../define.ts';
import { changed, columnNamed, distinctNames, TABLE_IN, withoutValues } from './columns.ts';
import { AGGREGATE_CHOICES, measureOf, measureType } from './measures.ts';

/** One row a group, in the order of the group's values; without columns to group by, one row over everything. */
export default tableOp({
	id: 'table.group',
	version: 1,
	title: { en: 'Group and summarise', zh: '分组汇总' },
	summary: { en: 'Group rows by columns and compute counts, sums, averages and more for each group.', zh: '按列分组，并对每组计算个数、合计、平均值等。' },
	phrases: {
		en: [
			'group',
			'group by',
			'by',
			'per',
			'for each',
			'for every',
			'by each',
			'aggregate',
			'summarise',
			'summarize',
			'total',
			'total by',
			'totals',
			'sum',
			'sum of',
			'sum by',
			'average',
			'average by',
			'mean',
			'median',
			'count by',
			'count per',
			'how many',
			'number of',
			'how much',
			'pivot',
			'breakdown',
			'break down by',
			'maximum per',
			'minimum per',
			'statistics by',
			'add up',
		],
		zh: [
			'分组',
			'按',
			'每个',
			'每种',
			'各',
			'汇总',
			'合计',
			'总和',
			'求和',
			'总计',
			'平均',
			'平均值',
			'均值',
			'中位数',
			'计数',
			'统计',
			'各组',
			'有多少',
			'个数',
			'数量',
			'最大值',
			'最小值',
		],
	},
	inputs: TABLE_IN,
	outputs: TABLE_IN,
	params: z.object({
		by: field.columns({
			title: { en: 'Group by', zh: '分组列' },
			port: 'table',
			default: [],
			phrases: { en: ['by', 'per', 'for each'], zh: ['按', '每个', '各'] },
		}),
		measures: field.list({
			title: { en: 'Measures', zh: '计算' },
			item: z.object({
				aggregate: field.choice({
					title: { en: 'Compute', zh: '计算' },
					choices: AGGREGATE_CHOICES,
					default: 'count',
					phrases: { en: ['total', 'sum', 'average', 'count', 'median', 'maximum', 'minimum'], zh: ['合计', '平均', '个数', '最大', '最小'] },
				}),
				column: field.column({ title: { en: 'Of column', zh: '对哪一列' }, port: 'table', optional: true }),
				name: field.text({ title: { en: 'Name', zh: '名称' }, max: 200, optional: true }),
			}),
			default: [{ aggregate: 'count' }],
		}),
	}),
	describe: ({ by, measures }, { table }) => {
		const rows = by.length === 0 ? 1 : null;
		const { columns } = table;
		if (columns === null) return { table: changed(table, { columns: null, rows }) };
		const keys = by.map((name) => columnNamed(columns, name, 'by'));
		const made = measures
			.map((wanted) => measureOf(wanted, columns))
			.map((measure) => ({ name: measure.name, type: measureType(measure, columns, 'measures') }));
		return { table: changed(table, { columns: distinctNames([...withoutValues(keys), ...made], 'measures'), rows }) };
	},
	lower: ({ by, measures }, { table }) => [
		{ op: 'group', by: by.map((name) => columnNamed(table.columns, name, 'by').name), measures: measures.map((wanted) => measureOf(wanted, table.columns)) },
	],
	example: {
		params: {
			by: ['region'],
			measures: [
				{ aggregate: 'sum', column: 'units', name: 'units' },
				{ aggregate: 'mean', column: 'price' },
				{ aggregate: 'first', column: 'product' },
			],
		},
		inputs: { table: 'sales' },
	},
});
