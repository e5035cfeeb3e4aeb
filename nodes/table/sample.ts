import { field, tableOp, z } from '../define.ts';
import { changed, TABLE_IN } from './columns.ts';

/** Draws rows at random, without putting them back; the same seed draws the same rows, in their order. */
export default tableOp({
	id: 'table.sample',
	version: 1,
	title: { en: 'Random sample', zh: '随机抽样' },
	summary: { en: 'Draw a number of rows at random.', zh: '随机抽取若干行。' },
	phrases: {
		en: [
			'sample',
			'random sample',
			'random rows',
			'at random',
			'randomly',
			'pick random',
			'draw',
			'draw rows',
			'subset',
			'random subset',
			'pick some rows',
			'a few random',
			'choose randomly',
			'raffle',
		],
		zh: ['抽样', '随机抽样', '随机', '随机抽取', '抽取', '随机选', '抽奖', '取样', '随机行'],
	},
	inputs: TABLE_IN,
	outputs: TABLE_IN,
	params: z.object({
		count: field.number({
			title: { en: 'Rows', zh: '行数' },
			min: 1,
			max: 100_000_000,
			whole: true,
			logarithmic: true,
			default: 100,
			phrases: { en: ['rows', 'random'], zh: ['行', '个'] },
		}),
		seed: field.number({ title: { en: 'Seed', zh: '随机种子' }, min: 0, max: 1_000_000, whole: true, default: 1 }),
	}),
	describe: ({ count }, { table }) => ({ table: changed(table, { rows: table.rows === null ? null : Math.min(count, table.rows) }) }),
	lower: ({ count, seed }) => [{ op: 'sample', count, seed }],
	example: { params: { count: 6, seed: 7 }, inputs: { table: 'sales' } },
});
