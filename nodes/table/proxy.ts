import { tableOp, z } from '../define.ts';
import { changed, TABLE_IN } from './columns.ts';

/** Rows that a preview works on. */
const PROXY_ROWS = 10_000;

/** The first rows of a table, for previews. */
export default tableOp({
	id: 'table.proxy',
	version: 1,
	title: { en: 'Fewer rows for previews', zh: '预览用的少量行' },
	summary: { en: 'Take the first 10,000 rows for a preview.', zh: '取前 10,000 行用于预览。' },
	phrases: { en: [], zh: [] },
	inputs: TABLE_IN,
	outputs: TABLE_IN,
	params: z.object({}),
	describe: (_, { table }) => ({ table: changed(table, { rows: table.rows === null ? null : Math.min(PROXY_ROWS, table.rows) }) }),
	lower: () => [{ op: 'limit', count: PROXY_ROWS, from: 'start' }],
	example: { params: {}, inputs: { table: 'sales' } },
	hidden: true,
});
