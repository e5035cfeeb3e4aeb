import { type Column, type ColumnType, field, tableOp, z } from '../define.ts';
import { changed, fold, TABLE_IN } from './columns.ts';
import { inferType } from './formula/infer.ts';
import { parseFormula } from './formula/parse.ts';

/** Adds a column computed from the others, or replaces the one of the same name. */
export default tableOp({
	id: 'table.compute',
	version: 1,
	title: { en: 'Compute column', zh: '计算列' },
	summary: { en: 'Add a column that a formula computes from the others, or replace one.', zh: '用公式根据其他列计算出一个新列，或替换已有的列。' },
	phrases: {
		en: [
			'compute',
			'compute a column',
			'computed column',
			'calculate',
			'calculate a column',
			'add a column',
			'new column',
			'formula',
			'derive',
			'multiply',
			'divide',
			'times',
			'minus',
			'difference between',
			'ratio of',
			'convert column',
			'extract the year',
			'year of',
			'month of',
			'combine columns',
			'concatenate',
			'upper case',
			'lower case',
			'round',
			'percentage of',
			'replace in column',
		],
		zh: [
			'计算列',
			'新增列',
			'添加一列',
			'计算',
			'公式',
			'算出',
			'乘以',
			'除以',
			'相加',
			'相减',
			'差值',
			'比率',
			'合并列',
			'拼接',
			'提取年份',
			'四舍五入',
			'转大写',
			'转小写',
			'新列',
		],
	},
	inputs: TABLE_IN,
	outputs: TABLE_IN,
	params: z.object({
		name: field.text({ title: { en: 'Name of the column', zh: '列名' }, min: 1, max: 200, phrases: { en: ['called', 'named', 'column'], zh: ['名为', '叫'] } }),
		formula: field.formula({
			title: { en: 'Formula', zh: '公式' },
			hint: { en: 'For example: price * quantity', zh: '例如：单价 * 数量' },
			port: 'table',
			min: 1,
			phrases: { en: ['formula', '='], zh: ['公式', '等于'] },
		}),
	}),
	describe: ({ name, formula }, { table }) => {
		const type = inferType(parseFormula(formula, table.columns), table.columns);
		return { table: changed(table, { columns: table.columns === null || type === null ? null : withColumn(table.columns, name, type) }) };
	},
	lower: ({ name, formula }, { table }) => [{ op: 'compute', name, value: parseFormula(formula, table.columns) }],
	example: { params: { name: 'revenue', formula: 'units * price' }, inputs: { table: 'sales' } },
});

function withColumn(columns: readonly Column[], name: string, type: ColumnType): readonly Column[] {
	const column = { name, type };
	const at = columns.findIndex((one) => fold(one.name) === fold(name));
	return at < 0 ? [...columns, column] : columns.with(at, column);
}
