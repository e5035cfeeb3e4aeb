import { type Column, field, GraphError, tableOp, z } from '../define.ts';
import { changed, columnNamed, distinctNames, TABLE_IN } from './columns.ts';

/** Chooses, orders, removes and renames columns. */
export default tableOp({
	id: 'table.select',
	version: 1,
	title: { en: 'Choose columns', zh: '选择列' },
	summary: { en: 'Keep, order, remove or rename columns.', zh: '保留、排列、删除或重命名列。' },
	phrases: {
		en: [
			'choose columns',
			'select columns',
			'keep columns',
			'keep only the columns',
			'only the columns',
			'rename',
			'rename column',
			'rename columns',
			'call the column',
			'reorder columns',
			'order of columns',
			'move column',
			'remove column',
			'remove columns',
			'drop column',
			'drop columns',
			'delete column',
			'delete columns',
			'without the column',
			'hide column',
			'just the columns',
			'change the header',
			'change column name',
		],
		zh: ['选择列', '保留列', '只要列', '重命名', '列改名', '改列名', '调整列顺序', '列顺序', '删除列', '去掉列', '移除列', '不要列', '只保留列', '改表头'],
	},
	inputs: TABLE_IN,
	outputs: TABLE_IN,
	params: z.object({
		columns: field.columns({
			title: { en: 'Keep, in this order', zh: '保留的列（按此顺序）' },
			hint: { en: 'None chosen: all', zh: '不选则全部保留' },
			port: 'table',
			default: [],
			phrases: { en: ['keep', 'only', 'columns'], zh: ['保留', '只要'] },
		}),
		remove: field.columns({
			title: { en: 'Remove', zh: '删除的列' },
			port: 'table',
			default: [],
			phrases: { en: ['remove', 'drop', 'delete', 'without'], zh: ['删除', '去掉', '不要'] },
		}),
		rename: field.list({
			title: { en: 'Rename', zh: '重命名' },
			item: z.object({
				from: field.column({ title: { en: 'Column', zh: '列' }, port: 'table', min: 1 }),
				to: field.text({ title: { en: 'New name', zh: '新名称' }, min: 1, max: 200 }),
			}),
			default: [],
			phrases: { en: ['rename', 'call it'], zh: ['重命名', '改名为'] },
		}),
	}),
	describe: (params, { table }) => {
		if (table.columns === null) return { table: changed(table, {}) };
		const chosen = chosenOf(params, table.columns);
		return {
			table: changed(table, {
				columns: distinctNames(
					chosen.map(({ column, as }) => ({ ...column, name: as })),
					'rename',
				),
			}),
		};
	},
	lower: (params, { table }) => [{ op: 'select', columns: chosenOf(params, table.columns).map(({ column, as }) => ({ name: column.name, as })) }],
	example: { params: { columns: ['product', 'units'], rename: [{ from: 'units', to: 'Units sold' }] }, inputs: { table: 'sales' } },
});

interface Wanted {
	readonly columns: readonly string[];
	readonly remove: readonly string[];
	readonly rename: readonly { readonly from: string; readonly to: string }[];
}

function chosenOf({ columns, remove, rename }: Wanted, all: readonly Column[]): readonly { readonly column: Column; readonly as: string }[] {
	const removed = new Set(remove.map((name) => columnNamed(all, name, 'remove').name));
	const kept = (columns.length === 0 ? all : columns.map((name) => columnNamed(all, name, 'columns'))).filter((column) => !removed.has(column.name));
	if (kept.length === 0) throw new GraphError('table.no-column-left', {}, { param: 'remove' });
	const names = new Map(rename.map(({ from, to }) => [columnNamed(all, from, 'rename').name, to]));
	return kept.map((column) => ({ column, as: names.get(column.name) ?? column.name }));
}
