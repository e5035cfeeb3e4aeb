import type { Words } from './words.ts';

/** Messages of tables, charts and texts. */
export const table = {
	'table.formula.syntax': {
		en: 'The formula can not be read at position {position}, near "{near}": expected {expected}.',
		zh: '公式在第 {position} 个字符（“{near}”）处无法理解：此处应为{expected}。',
	},
	'table.formula.column': {
		en: 'There is no column "{value}" (position {position} of the formula). Columns: {choices}. Put a text in single quotes.',
		zh: '没有名为“{value}”的列（公式第 {position} 个字符）。可用的列：{choices}。文本请用单引号括起来。',
	},
	'table.formula.function': {
		en: 'There is no function "{value}" (position {position} of the formula). Functions: {choices}.',
		zh: '没有名为“{value}”的函数（公式第 {position} 个字符）。可用的函数：{choices}。',
	},
	'table.formula.arguments': { en: '{name} takes {expected} values, got {got}.', zh: '{name} 需要 {expected} 个值，得到 {got} 个。' },
	'table.formula.type': {
		en: 'Expected {expected} for {name}, got {got}. Convert it with number(), text() or date().',
		zh: '{name} 需要{expected}，得到的是{got}。可以用 number()、text() 或 date() 转换。',
	},
	'table.formula.deep': {
		en: 'The formula is nested too deeply. Split it over two nodes.',
		zh: '公式嵌套过深。请拆成两个节点。',
	},
	'table.formula.condition': {
		en: 'A filter needs a condition that is true or false, such as "price > 10"; this formula gives {got}.',
		zh: '筛选需要一个结果为真或假的条件，例如 “价格 > 10”；这个公式得到的是{got}。',
	},
	'table.duplicate-column': {
		en: 'Two columns would be called "{name}". Give one of them another name.',
		zh: '会出现两个名为“{name}”的列。请给其中一列换个名字。',
	},
	'table.not-numeric': {
		en: 'Expected a column of numbers for {param}, but "{column}" holds {type}. Columns of numbers: {choices}.',
		zh: '{param} 需要数字列，但“{column}”是{type}列。数字列有：{choices}。',
	},
	'table.no-numeric': {
		en: 'This table has no column of numbers, so there is nothing to draw against {param}. Columns: {choices}.',
		zh: '这个表格没有数字列，{param} 没有可画的内容。现有的列：{choices}。',
	},
	'table.no-common-column': {
		en: 'The two tables have no column in common. Say which columns belong together. Left: {left}. Right: {right}.',
		zh: '两个表格没有同名的列。请指定用哪些列来对应。左表：{left}。右表：{right}。',
	},
	'table.join-counts': {
		en: 'Expected as many columns on the right as on the left ({left}), got {right}.',
		zh: '右表的列数应与左表相同（{left}），得到 {right}。',
	},
	'table.no-column-left': { en: 'No column would be left. Keep at least one.', zh: '没有任何列会留下来。请至少保留一列。' },
	'table.empty': {
		en: '{name} holds no table: there is not a single line in it. Choose another file.',
		zh: '{name} 里没有表格：一行内容都没有。请换一个文件。',
	},
	'table.ragged': {
		en: 'Line {line} of {name} does not fit: {reason}. Mend or remove that line.',
		zh: '{name} 的第 {line} 行与表头不符：{reason}。请修正或删除该行。',
	},
	'table.value': {
		en: '{name} holds a value that does not fit its column: {reason}. Mend that value, or save the column as text.',
		zh: '{name} 中有一个值与所在的列不符：{reason}。请修正该值，或把该列存为文本。',
	},
	'table.json-shape': {
		en: '{name} is JSON, but not a list of records. Expected [{"a": 1}, …], one record a line, or an object that holds such a list.',
		zh: '{name} 是 JSON，但不是记录列表。应为 [{"a": 1}, …]、每行一条记录，或包含这种列表的对象。',
	},
	'table.failed': { en: 'The table could not be made: {reason}', zh: '无法生成表格：{reason}' },
	'table.memory': {
		en: 'There is not enough memory for this table: {reason}. Filter or group earlier, or close other programs.',
		zh: '内存不足以处理这个表格：{reason}。请先筛选或分组，或关闭其他程序。',
	},
	'chart.negative-share': {
		en: 'A pie shows shares of a whole, but "{column}" has negative values. Use a bar chart.',
		zh: '饼图表示占整体的比例，但“{column}”含有负值。请改用柱状图。',
	},
	'chart.no-values': { en: 'There is nothing to draw: no row has values for {columns}.', zh: '没有可画的内容：没有一行在 {columns} 上有值。' },
	'chart.broken': { en: 'The chart could not be drawn: {reason}', zh: '无法绘制图表：{reason}' },
	'chart.outside': {
		en: 'The chart asks for data outside itself ({address}). Charts here hold their data inside; nothing was loaded.',
		zh: '图表请求了外部数据（{address}）。这里的图表必须自带数据，未加载任何内容。',
	},
} as const satisfies Record<string, Words>;
