/** Reads the first rows of a table's file, for grids and answers. */
import { basename } from 'node:path';
import type { Column } from '../../../nodes/define.ts';
import type { TaskContext } from '../../engine/group.ts';
import { databaseProblem, openDatabase } from './database.ts';
import { withTable } from './probe.ts';
import { openTable, prepare } from './source.ts';
import { identifier } from './sql/quote.ts';

/**
 * Up to `count` rows as JSON values: dates as ISO texts, whole numbers as numbers where they are safe and as texts where they aren't.
 * `format` is null for an intermediate. `texts`: where a file holds texts, they are left as they are.
 */
export async function rowsOf(path: string, format: string | null, count: number, texts = false): Promise<readonly Readonly<Record<string, unknown>>[]> {
	return withTable(path, format, basename(path), async (db, prepared) => {
		const { select, columns } = await openTable(db, prepared, { judge: 'many', texts }).catch(() => openTable(db, prepared, { judge: 'all', texts }));
		return db.query(jsonSelect(`(${select})`, columns, `LIMIT ${Math.max(0, Math.trunc(count))}`)).then((rows) => rows.map((row) => jsonRow(row, columns)));
	});
}

/** The first rows of a task's table, with its columns, and whether there are more. */
export async function tableRows(
	path: string,
	format: string | null,
	name: string,
	count: number,
	context: Pick<TaskContext, 'folder' | 'threads' | 'limit' | 'signal'>,
): Promise<TableRows> {
	const prepared = await prepare(path, format, name, context.folder);
	const db = await openDatabase([prepared.path], context);
	try {
		const { select, columns } = await openTable(db, prepared, { judge: 'many' });
		const rows = await db.query(jsonSelect(`(${select})`, columns, `LIMIT ${Math.trunc(count) + 1}`));
		return { columns, values: rows.slice(0, count).map((row) => jsonRow(row, columns)), more: rows.length > count };
	} catch (error) {
		throw databaseProblem(error, name);
	} finally {
		db.close();
	}
}

export interface TableRows {
	readonly columns: readonly Column[];
	readonly values: readonly Readonly<Record<string, unknown>>[];
	readonly more: boolean;
}

/** A SELECT whose values come as JSON values that `jsonRow` settles. */
export function jsonSelect(from: string, columns: readonly Column[], tail: string): string {
	const values = columns.map((column) => {
		const name = identifier(column.name);
		if (column.type === 'time') return `strftime(${name}, '%Y-%m-%dT%H:%M:%S') AS ${name}`;
		return column.type === 'date'
			? `strftime(${name}, '%Y-%m-%d') AS ${name}`
			: column.type === 'other'
				? `CAST(to_json(${name}) AS VARCHAR) AS ${name}`
				: name;
	});
	return `SELECT ${values.join(', ')} FROM ${from} ${tail}`;
}

/** A row as the database's JSON gives it, with whole numbers as numbers and nested values parsed. */
export function jsonRow(row: Readonly<Record<string, unknown>>, columns: readonly Column[]): Readonly<Record<string, unknown>> {
	const entries = columns.map(({ name, type }): readonly [string, unknown] => {
		const value = row[name] ?? null;
		if (type === 'integer' && typeof value === 'string') return [name, Number.isSafeInteger(Number(value)) ? Number(value) : value];
		/* The database writes NaN and infinities as texts. */
		if (type === 'number' && typeof value === 'string') return [name, Number.isFinite(Number(value)) ? Number(value) : null];
		return [name, type === 'other' && typeof value === 'string' ? JSON.parse(value) : value];
	});
	return Object.fromEntries(entries);
}
