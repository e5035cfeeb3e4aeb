/** Opens a table's file, whatever its format and encoding, as a SELECT that gives columns of our types. */
import { open, stat } from 'node:fs/promises';
import type { Column } from '../../../nodes/define.ts';
import { RunError } from '../../../nodes/problems.ts';
import { openCsv } from './csv.ts';
import type { Database } from './database.ts';
import { encodingOf, toUtf8 } from './encoding.ts';
import { jsonRecords, openJson } from './json.ts';
import { identifier, literal } from './sql/quote.ts';
import { columnType, normalised } from './sql/types.ts';

export type TableFormat = 'csv' | 'json' | 'parquet';

/** A file that is ready to be read: in UTF-8, its records in a list. */
export interface Prepared {
	readonly path: string;
	readonly name: string;
	readonly format: TableFormat;
}

export interface Opened {
	readonly select: string;
	readonly columns: readonly Column[];
}

export interface OpenOptions {
	/** By how many rows types are judged: the first 300, the first 20,000, or all. */
	readonly judge: 'few' | 'many' | 'all';
}

/**
 * Looks at a file and, where it has to, writes a copy that can be read into `folder`.
 * @throws RunError `table.empty`, `table.json-shape`, `input.broken`.
 */
export async function prepare(path: string, format: string | null, name: string, folder: string, number = 0): Promise<Prepared> {
	const { size } = await stat(path);
	if (size === 0) throw new RunError('input.empty', { name });
	if (await isParquet(path)) return { path, name, format: 'parquet' };
	if (format === 'parquet' || format === null) throw new RunError('input.broken', { name, format: 'parquet', reason: 'it has no Parquet mark' });
	const encoding = await encodingOf(path);
	let readable = path;
	if (encoding !== 'utf-8') {
		readable = `${folder}/utf8-${number}.txt`;
		await toUtf8(path, encoding, readable);
	}
	if (format === 'json') return { path: await jsonRecords(readable, name, folder, number), name, format: 'json' };
	return { path: readable, name, format: 'csv' };
}

/**
 * The table in a prepared file, with the columns that an earlier look at all rows found. A few rows usually give the same; where they
 * don't, more are looked at. Reading is strict, so a later row that doesn't fit is an error, never another value.
 */
export async function openPromised(db: Database, prepared: Prepared, promised: readonly Column[] | null): Promise<Opened> {
	if (promised === null || prepared.format !== 'csv') return openTable(db, prepared, { judge: 'many' });
	for (const judge of ['few', 'many'] as const) {
		const opened = await openTable(db, prepared, { judge });
		if (sameTypes(promised, opened.columns)) return opened;
	}
	return openTable(db, prepared, { judge: 'all' });
}

function sameTypes(a: readonly Column[], b: readonly Column[]): boolean {
	return a.length === b.length && a.every((column, i) => column.name === b[i]?.name && column.type === b[i]?.type);
}

/** The table in a prepared file. */
export async function openTable(db: Database, prepared: Prepared, options: OpenOptions): Promise<Opened> {
	if (prepared.format === 'csv') return openCsv(db, prepared.path, prepared.name, options);
	if (prepared.format === 'json') return openJson(db, prepared.path, prepared.name);
	const source = `read_parquet(${literal(prepared.path)})`;
	const found = await db.describe(`SELECT * FROM ${source}`);
	return {
		select: `SELECT ${found.map((column) => `${normalised(column.name, column.type)} AS ${identifier(column.name)}`).join(', ')} FROM ${source}`,
		columns: found.map((column) => ({ name: column.name, type: columnType(column.type) })),
	};
}

async function isParquet(path: string): Promise<boolean> {
	const file = await open(path);
	try {
		const mark = Buffer.alloc(4);
		await file.read(mark, 0, 4, 0);
		return mark.toString('latin1') === 'PAR1';
	} finally {
		await file.close();
	}
}
