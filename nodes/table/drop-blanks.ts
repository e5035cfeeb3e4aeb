import { field, tableOp, z } from '../define.ts';
import { changed, columnNamed, TABLE_IN } from './columns.ts';

/** Removes rows in which a column is blank: empty, or nothing but spaces. */
export default tableOp({
	id: 'table.drop-blanks',
	version: 1,
	title: { en: 'Drop rows with blanks', zh: '删除有空值的行' },
	summary: { en: 'Remove the rows in which any, or any of the chosen, columns are blank.', zh: '删除任意列（或指定列）为空的行。' },
	phrases: {
		en: [
			'drop blanks',
			'remove blanks',
			'drop missing',
			'remove missing values',
			'drop empty rows',
			'remove empty rows',
			'delete blank rows',
			'delete rows with missing',
			'drop nulls',
			'remove nulls',
			'dropna',
			'no blanks',
			'without blanks',
			'skip incomplete rows',
			'only complete rows',
			'drop incomplete',
			'no missing values',
		],
		zh: ['删除空值', '去掉空值', '删除空行', '去除空行', '删除缺失值', '丢弃缺失', '去掉缺失', '剔除空值', '不要空值', '只要完整的行', '过滤空值'],
	},
	inputs: TABLE_IN,
	outputs: TABLE_IN,
	params: z.object({
		columns: field.columns({
			title: { en: 'Columns', zh: '列' },
			hint: { en: 'None chosen: all', zh: '不选则为全部列' },
			port: 'table',
			default: [],
			phrases: { en: ['in', 'without', 'column'], zh: ['列', '缺少'] },
		}),
	}),
	describe: ({ columns }, { table }) => {
		const known = table.columns;
		if (known !== null) for (const name of columns) columnNamed(known, name, 'columns');
		return { table: changed(table, { rows: null }) };
	},
	lower: ({ columns }, { table }) => {
		const chosen = columns.length === 0 ? table.columns : columns.map((name) => columnNamed(table.columns, name, 'columns'));
		return [{ op: 'drop-blanks', columns: chosen.map((column) => column.name) }];
	},
	example: { params: { columns: ['age'] }, inputs: { table: 'people' } },
});
