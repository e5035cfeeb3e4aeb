/** Reads CSV and TSV: finds the dialect, the header and the types; rows that don't fit are an error that names the line. */

import { RunError } from '../../../nodes/problems.ts';
import { fold, freeName } from '../../../nodes/table/columns.ts';
import { classify } from './classify.ts';
import type { Database } from './database.ts';
import type { Opened, OpenOptions } from './source.ts';
import { identifier, literal } from './sql/quote.ts';

interface Dialect {
	readonly delimiter: string;
	readonly quote: string;
	readonly header: boolean;
	readonly count: number;
}

const SAMPLE_ROWS = 20_000;

/** A SELECT that reads a UTF-8 CSV file, with its columns. */
export async function openCsv(db: Database, path: string, name: string, { thorough }: OpenOptions): Promise<Opened> {
	const found = await dialectOf(db, path, name);
	const raw = Array.from({ length: found.count }, (_, i) => `c${i}`);
	const [first, second] = await db.query(`SELECT * FROM ${reader(path, { ...found, header: false }, raw, {})} LIMIT 2`);
	if (first === undefined) throw new RunError('table.empty', { name });
	const cells = raw.map((column) => String(first[column] ?? ''));
	const header = found.header || second === undefined || looksLikeHeader(cells);
	const columns = header ? headerNames(cells) : raw.map((_, i) => `column ${i + 1}`);
	const dialect = { ...found, header };
	const sample = identifier('csv sample');
	await db.query(`CREATE OR REPLACE TEMP TABLE ${sample} AS SELECT * FROM ${reader(path, dialect, columns, {})}${thorough ? '' : ` LIMIT ${SAMPLE_ROWS}`}`);
	const readings = await classify(db, sample, columns, true);
	await db.query(`DROP TABLE ${sample}`);
	const native = Object.fromEntries(columns.map((column, i) => [column, readings[i]?.native ?? 'VARCHAR']));
	const values = columns.map((column, i) => `${readings[i]?.sql ?? identifier(column)} AS ${identifier(column)}`);
	return {
		select: `SELECT ${values.join(', ')} FROM ${reader(path, dialect, columns, native)}`,
		columns: columns.map((column, i) => ({ name: column, type: readings[i]?.type ?? 'text' })),
	};
}

function reader(path: string, { delimiter, quote, header }: Dialect, columns: readonly string[], types: Readonly<Record<string, string>>): string {
	const struct = columns.map((column) => `${literal(column)}: ${literal(types[column] ?? 'VARCHAR')}`).join(', ');
	return `read_csv(${literal(path)}, auto_detect = false, header = ${header}, delim = ${literal(delimiter)}, quote = ${literal(quote)}, escape = ${literal(quote)}, columns = {${struct}}, nullstr = '', max_line_size = 16777216)`;
}

async function dialectOf(db: Database, path: string, name: string): Promise<Dialect> {
	/* all_varchar: with types of its own the sniffer would rather take another dialect than a text among numbers. */
	const sniffed = await db
		.query(`SELECT * FROM sniff_csv(${literal(path)}, all_varchar = true, sample_size = ${SAMPLE_ROWS}, skip = 0, comment = '', ignore_errors = false)`)
		.catch(() => undefined);
	const [row] = sniffed ?? [];
	if (row !== undefined && Array.isArray(row.Columns)) {
		const quote = row.Quote === "'" ? "'" : '"';
		return { delimiter: String(row.Delimiter).replace('\\t', '\t'), quote, header: row.HasHeader === true, count: row.Columns.length };
	}
	return guessed(db, path, name);
}

/** Where the sniffer gives up: the sign that is most frequent in the first line. */
async function guessed(db: Database, path: string, name: string): Promise<Dialect> {
	const [row] = await db
		.query(
			`SELECT c FROM read_csv(${literal(path)}, auto_detect = false, header = false, delim = '\\0', quote = '', escape = '', columns = {'c': 'VARCHAR'}, nullstr = '', max_line_size = 16777216) LIMIT 1`,
		)
		.catch(() => []);
	const line = typeof row?.c === 'string' ? row.c : '';
	if (line === '') throw new RunError('table.empty', { name });
	const bare = line.replace(/"[^"]*"/g, '');
	const counts = [',', '\t', ';', '|'].map((delimiter) => ({ delimiter, count: bare.split(delimiter).length }));
	const best = counts.reduce((a, b) => (b.count > a.count ? b : a));
	return { delimiter: best.delimiter, quote: '"', header: false, count: best.count };
}

/** A first line without a number or a date in it names the columns. */
function looksLikeHeader(cells: readonly string[]): boolean {
	return cells.some((cell) => cell !== '') && !cells.some((cell) => /^\s*[-+]?[\d.,]+\s*$|^\d{1,4}[-/.]\d{1,2}[-/.]\d{1,4}/.test(cell));
}

function headerNames(cells: readonly string[]): readonly string[] {
	const taken = new Set<string>();
	return cells.map((cell, i) => {
		const trimmed = cell
			.replace(/^\uFEFF/, '')
			.trim()
			.slice(0, 200);
		const name = freeName(trimmed === '' ? `column ${i + 1}` : trimmed, taken);
		taken.add(fold(name));
		return name;
	});
}
