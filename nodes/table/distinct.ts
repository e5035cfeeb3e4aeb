import { field, tableOp, z } from '../define.ts';
import { changed, columnNamed, TABLE_IN } from './columns.ts';

/** Keeps the first of the rows that agree, in their order. */
export default tableOp({
	id: 'table.distinct',
	version: 1,
	title: { en: 'Remove duplicates', zh: '去除重复行' },
	summary: { en: 'Keep the first of the rows that are equal in all columns, or in those chosen.', zh: '对完全相同（或指定列相同）的行只保留第一行。' },
	phrases: {
		en: [
			'remove duplicates',
			'remove duplicate rows',
			'drop duplicates',
			'duplicates',
			'deduplicate',
			'dedupe',
			'de-duplicate',
			'unique',
			'unique rows',
			'distinct',
			'only unique',
			'no duplicates',
			'without duplicates',
			'without repeats',
			'delete repeated rows',
			'get rid of duplicates',
			'double entries',
			'duplicate entries',
			'one row per',
		],
		zh: ['去重', '去除重复', '删除重复', '重复行', '去掉重复', '唯一', '不重复', '重复项', '删掉重复', '排重', '剔除重复', '只留一条'],
	},
	inputs: TABLE_IN,
	outputs: TABLE_IN,
	params: z.object({
		columns: field.columns({
			title: { en: 'Compare', zh: '比较的列' },
			hint: { en: 'None chosen: all columns', zh: '不选则比较全部列' },
			port: 'table',
			default: [],
			phrases: { en: ['by', 'same', 'per'], zh: ['按', '相同'] },
		}),
	}),
	describe: ({ columns }, { table }) => {
		const known = table.columns;
		if (known !== null) for (const name of columns) columnNamed(known, name, 'columns');
		return { table: changed(table, { rows: null }) };
	},
	lower: ({ columns }, { table }) => [{ op: 'distinct', columns: columns.map((name) => columnNamed(table.columns, name, 'columns').name) }],
	example: { params: {}, inputs: { table: 'people' } },
});
