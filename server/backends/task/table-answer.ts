import { writeFile } from 'node:fs/promises';
import { z } from 'zod';
import type { Column } from '../../../nodes/define.ts';
import { findColumn } from '../../../nodes/table/columns.ts';
import type { TaskContext, TaskResult } from '../../engine/group.ts';
import { tableRows } from '../table/rows.ts';
import { textMetadata } from '../table/text.ts';

const paramsSchema = z.object({ template: z.string(), rows: z.number() });

/** Says the first rows of a table, one line a row. */
export default async function run(context: TaskContext): Promise<TaskResult> {
	const { template, rows } = paramsSchema.parse(context.params);
	const [input] = context.inputs.table ?? [];
	if (input === undefined || input.metadata.kind !== 'table') throw new Error('the port table has a table');
	const { columns, values, more } = await tableRows(input.path, input.metadata.format, input.name, rows, context);
	const lines = values.map((row) => (template === '' ? plain(row, columns) : filled(template, row, columns)));
	const text = lines.length === 0 ? noRows(columns) : [...lines, ...(more ? ['…'] : [])].join('\n');
	const path = `${context.folder}/answer.txt`;
	await writeFile(path, text);
	return { text: { path, metadata: textMetadata(text) } };
}

type Row = Readonly<Record<string, unknown>>;

/** "重庆 (3,191)": the first column, the others behind it; a single value as it is. */
function plain(row: Row, columns: readonly Column[]): string {
	const [first, ...others] = columns;
	if (first === undefined) return '';
	const head = shown(row[first.name], first);
	const tail = others.map((column) => (others.length === 1 ? shown(row[column.name], column) : `${column.name}: ${shown(row[column.name], column)}`));
	return tail.length === 0 ? head : `${head} (${tail.join(', ')})`;
}

/** Places that name no column stay as they are, so that they are noticed. */
function filled(template: string, row: Row, columns: readonly Column[]): string {
	return template.replace(/\{([^{}]+)\}/g, (place, name: string) => {
		const column = findColumn(columns, name.trim());
		return column === undefined ? place : shown(row[column.name], column);
	});
}

function shown(value: unknown, column: Column): string {
	if (value === null || value === undefined) return '—';
	if (typeof value === 'number' && !(column.type === 'integer' && /year|年|\bid$/i.test(column.name)))
		return value.toLocaleString('en-US', { maximumFractionDigits: Math.abs(value) >= 1 ? 2 : 6 });
	return typeof value === 'object' ? JSON.stringify(value) : String(value);
}

function noRows(columns: readonly Column[]): string {
	return columns.some((column) => /\p{Script=Han}/u.test(column.name)) ? '没有符合条件的行。' : 'No rows match.';
}
