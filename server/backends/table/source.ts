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
	/** Of the file that is read, while nobody changes it; null: a copy made for this one reading. */
	readonly identity: string | null;
}

export interface Opened {
	readonly select: string;
	/** The same for who takes only its first rows; absent: there is no quicker way to them. */
	readonly head?: string;
	readonly columns: readonly Column[];
	/** Some column is blank as far as was looked. */
	readonly undecided?: boolean;
}

export interface OpenOptions {
	/** By how many rows types are judged: the first 300, the first 2,000, or all. */
	readonly judge: 'few' | 'many' | 'all';
	/** Every value of a CSV file stays the text that it is. */
	readonly texts?: boolean;
}

/**
 * Looks at a file and, where it has to, writes a copy that can be read into `folder`.
 * @throws RunError `table.empty`, `table.json-shape`, `input.broken`.
 */
export async function prepare(path: string, format: string | null, name: string, folder: string, number = 0): Promise<Prepared> {
	const { dev, ino, size, mtimeNs } = await stat(path, { bigint: true });
	const identity = `${path}:${dev}:${ino}:${size}:${mtimeNs}`;
	if (size === 0n) throw new RunError('input.empty', { name });
	if (await isParquet(path)) return { path, name, format: 'parquet', identity };
	if (format === 'parquet' || format === null) throw new RunError('input.broken', { name, format: 'parquet', reason: 'it has no Parquet mark' });
	const encoding = await encodingOf(path);
	let readable = path;
	if (encoding !== 'utf-8') {
		readable = `${folder}/utf8-${number}.txt`;
		await toUtf8(path, encoding, readable);
	}
	if (format === 'json') return { path: await jsonRecords(readable, name, folder, number), name, format: 'json', identity: null };
	return { path: readable, name, format: 'csv', identity: readable === path ? identity : null };
}

/** How CSV files were read lately, by identity: a worker that looked at a file often runs the query, too. */
const lately = new Map<string, Opened>();
const KEPT = 16;

/** Remembers how a file is read. */
export function remember({ identity }: Prepared, opened: Opened): void {
	if (identity === null) return;
	lately.delete(identity);
	lately.set(identity, opened);
	for (const oldest of lately.keys()) if (lately.size > KEPT) lately.delete(oldest);
}

/**
 * The table in a prepared file, with the columns that a look found. A few rows usually give the same; where they
 * don't, more are looked at. Reading is strict, so a later row that doesn't fit is an error, never another value.
 */
export async function openPromised(db: Database, prepared: Prepared, promised: readonly Column[] | null): Promise<Opened> {
	if (promised === null || prepared.format !== 'csv') return openTable(db, prepared, { judge: 'many' });
	const known = prepared.identity === null ? undefined : lately.get(prepared.identity);
	if (known !== undefined && sameTypes(promised, known.columns)) return known;
	for (const judge of ['few', 'many'] as const) {
		const opened = await openTable(db, prepared, { judge });
		if (sameTypes(promised, opened.columns)) return opened;
	}
	return openTable(db, prepared, { judge: 'all' });
}

/**
 * The table in a file where a value didn't fit the way in which `openPromised` reads it: by all rows.
 * @throws RunError `misread` when columns are of other types than the look at its beginning promised; `met` says of which value.
 */
export async function openThoroughly(db: Database, prepared: Prepared, promised: readonly Column[] | null, met: RunError): Promise<Opened> {
	const opened = await openTable(db, prepared, { judge: 'all' });
	if (promised !== null && prepared.format === 'csv' && !sameTypes(promised, opened.columns)) {
		const { key, values, detail } = met.problem;
		throw new RunError(key, values, { misread: true, ...(detail === undefined ? {} : { detail }) }, met);
	}
	return opened;
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
