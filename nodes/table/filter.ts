import { field, GraphError, tableOp, z } from '../define.ts';
import { changed, TABLE_IN } from './columns.ts';
import { inferType } from './formula/infer.ts';
import { parseFormula } from './formula/parse.ts';

/** Keeps the rows for which a formula is true; rows for which it is blank go. */
export default tableOp({
	id: 'table.filter',
	version: 1,
	title: { en: 'Filter rows', zh: '筛选行' },
	summary: { en: 'Keep only the rows for which a condition holds.', zh: '只保留满足条件的行。' },
	phrases: {
		en: [
			'filter',
			'filter rows',
			'only rows where',
			'keep rows where',
			'keep only',
			'where',
			'rows with',
			'only the rows',
			'only those with',
			'show only',
			'just the',
			'select rows',
			'greater than',
			'more than',
			'less than',
			'at least',
			'at most',
			'above',
			'below',
			'over',
			'under',
			'equal to',
			'is not',
			'remove rows where',
			'drop rows where',
			'delete rows where',
			'exclude',
			'that contain',
			'containing',
			'between',
			'that match',
		],
		zh: [
			'筛选',
			'过滤',
			'只保留',
			'只要',
			'保留满足',
			'条件',
			'筛选出',
			'满足条件的行',
			'大于',
			'小于',
			'等于',
			'不等于',
			'至少',
			'至多',
			'包含',
			'去掉满足',
			'排除',
			'删除满足',
			'以上',
			'以下',
			'介于',
		],
	},
	inputs: TABLE_IN,
	outputs: TABLE_IN,
	params: z.object({
		where: field.formula({
			title: { en: 'Condition', zh: '条件' },
			hint: { en: "For example: price > 10 and city contains 'York'", zh: "例如：价格 > 10 and 城市 contains '京'" },
			port: 'table',
			min: 1,
			phrases: { en: ['where', 'with', 'condition'], zh: ['条件', '其中'] },
		}),
	}),
	describe: ({ where }, { table }) => {
		const type = inferType(parseFormula(where, table.columns), table.columns);
		if (type !== null && type !== 'boolean') throw new GraphError('table.formula.condition', { got: type }, { param: 'where' });
		return { table: changed(table, { rows: null }) };
	},
	lower: ({ where }, { table }) => [{ op: 'filter', where: parseFormula(where, table.columns) }],
	example: { params: { where: "units > 10 and region != 'North'" }, inputs: { table: 'sales' } },
});
