import { type Column, type ColumnType, field, GraphError, tableOp, z } from '../define.ts';
import { changed, columnNamed, isNumeric, TABLE_IN } from './columns.ts';

type With = 'mean' | 'median' | 'mode' | 'zero' | 'previous' | 'text';

/** Fills blanks by a rule that is stated: never a guess in silence. Columns to which the rule can't apply stay as they are unless they are named. */
export default tableOp({
	id: 'table.fill-blanks',
	version: 1,
	title: { en: 'Fill blanks', zh: '填充空值' },
	summary: {
		en: 'Fill blank cells with the average, median, most frequent or previous value, zero, or a text.',
		zh: '用平均值、中位数、众数、前一个值、零或指定文本填充空单元格。',
	},
	phrases: {
		en: [
			'fill blanks',
			'fill in blanks',
			'fill missing',
			'fill in missing values',
			'fill empty cells',
			'fill gaps',
			'impute',
			'impute missing',
			'replace blanks',
			'replace missing',
			'replace nulls',
			'replace empty',
			'fillna',
			'fill with zero',
			'fill with the average',
			'fill with the mean',
			'fill with the median',
			'forward fill',
			'fill down',
			'carry forward',
		],
		zh: [
			'填充空值',
			'填补空值',
			'填充缺失值',
			'补全',
			'补缺失',
			'填空',
			'插补',
			'用平均值填充',
			'用中位数填充',
			'用零填充',
			'向下填充',
			'前值填充',
			'替换空值',
			'缺失值填充',
		],
	},
	inputs: TABLE_IN,
	outputs: TABLE_IN,
	params: z.object({
		columns: field.columns({
			title: { en: 'Columns', zh: '列' },
			hint: { en: 'None chosen: all to which it applies', zh: '不选则为所有适用的列' },
			port: 'table',
			default: [],
			phrases: { en: ['in', 'column', 'columns'], zh: ['列'] },
		}),
		with: field.choice({
			title: { en: 'Fill with', zh: '填充为' },
			choices: {
				mean: { en: 'Average', zh: '平均值' },
				median: { en: 'Median', zh: '中位数' },
				mode: { en: 'Most frequent value', zh: '众数' },
				zero: { en: 'Zero', zh: '零' },
				previous: { en: 'Value above', zh: '上一个值' },
				text: { en: 'Text', zh: '文本' },
			},
			default: 'median',
			phrases: { en: ['average', 'mean', 'median', 'most frequent', 'zero', 'previous', 'above'], zh: ['平均', '中位数', '众数', '零', '上一个'] },
		}),
		text: field.text({ title: { en: 'Text', zh: '文本' }, hint: { en: 'For "Text"', zh: '用于“文本”' }, max: 1000, default: '' }),
	}),
	describe: (params, { table }) => {
		const { columns } = table;
		if (columns === null) return { table: changed(table, {}) };
		const filled = new Set(filledOf(params, columns).map((column) => column.name));
		return {
			table: changed(table, {
				columns: columns.map((column) => (filled.has(column.name) ? { ...column, type: filledType(params.with, column.type) } : column)),
			}),
		};
	},
	lower: (params, { table }) => [
		{
			op: 'fill-blanks',
			columns: filledOf(params, table.columns).map((column) => column.name),
			with: params.with,
			...(params.with === 'text' ? { text: params.text } : {}),
		},
	],
	example: { params: { columns: ['age'], with: 'mean' }, inputs: { table: 'people' } },
});

function filledOf(params: { readonly columns: readonly string[]; readonly with: With }, columns: readonly Column[]): readonly Column[] {
	const fits = (column: Column) =>
		params.with === 'text' ? column.type === 'text' : params.with === 'mode' || params.with === 'previous' || isNumeric(column.type);
	if (params.columns.length === 0) return columns.filter(fits);
	return params.columns.map((name) => {
		const column = columnNamed(columns, name, 'columns');
		if (!fits(column)) {
			const choices = columns.filter(fits).map((one) => one.name);
			if (params.with === 'text') throw new GraphError('param.invalid', { param: 'columns', expected: choices, value: name }, { param: 'columns' });
			throw new GraphError('table.not-numeric', { param: 'columns', column: column.name, type: column.type, choices }, { param: 'columns' });
		}
		return column;
	});
}

/** An average of whole numbers need not be whole. */
function filledType(how: With, type: ColumnType): ColumnType {
	return how === 'mean' || how === 'median' ? 'number' : type;
}
