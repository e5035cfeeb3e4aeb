import { field, tableOp, z } from '../define.ts';
import { changed, TABLE_IN } from './columns.ts';

/** Keeps the first or the last rows. */
export default tableOp({
	id: 'table.limit',
	version: 1,
	title: { en: 'First or last rows', zh: '取前几行' },
	summary: { en: 'Keep the first or the last rows of a table.', zh: '只保留表格的前几行或后几行。' },
	phrases: {
		en: [
			'first rows',
			'first',
			'top',
			'top 10',
			'top ten',
			'the top',
			'top rows',
			'limit',
			'limit to',
			'head',
			'only the first',
			'last rows',
			'last',
			'tail',
			'the last',
			'bottom',
			'at most rows',
			'the first few',
			'best',
			'the ten largest',
		],
		zh: ['前几行', '前', '前十', '前10', '前十名', '最前面', '后几行', '最后', '末尾', '只取前', '限制行数', '取前', '后十', '头几行'],
	},
	inputs: TABLE_IN,
	outputs: TABLE_IN,
	params: z.object({
		count: field.number({
			title: { en: 'Rows', zh: '行数' },
			min: 1,
			max: 1_000_000_000,
			whole: true,
			logarithmic: true,
			default: 10,
			phrases: { en: ['top', 'first', 'last', 'rows'], zh: ['前', '后', '行'] },
		}),
		from: field.choice({
			title: { en: 'Which', zh: '取哪些' },
			choices: { start: { en: 'The first', zh: '最前面的' }, end: { en: 'The last', zh: '最后面的' } },
			default: 'start',
			phrases: { en: ['first', 'last', 'bottom'], zh: ['最后', '末尾'] },
		}),
	}),
	describe: ({ count }, { table }) => ({ table: changed(table, { rows: table.rows === null ? null : Math.min(count, table.rows) }) }),
	lower: ({ count, from }) => [{ op: 'limit', count, from }],
	example: { params: { count: 5, from: 'end' }, inputs: { table: 'sales' } },
});
