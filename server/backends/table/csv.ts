/** Reads CSV and TSV: finds the dialect, the header and the types; rows that don't fit are an error that names the line. */

import { open } from 'node:fs/promises';
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

const SAMPLE_ROWS = 2000;
const FEW_ROWS = 300;

/** A SELECT that reads a UTF-8 CSV file, with its columns. */
export async function openCsv(db: Database, path: string, name: string, { judge, texts = false }: OpenOptions): Promise<Opened> {
	const found = await dialectOf(db, path, name, judge === 'few' ? 2000 : SAMPLE_ROWS);
	const raw = Array.from({ length: found.count }, (_, i) => `c${i}`);
	const [first, second] = await db.query(`SELECT * FROM ${reader(path, { ...found, header: false }, raw, {}, true)} LIMIT 2`);
	if (first === undefined || (second === undefined && Object.values(first).every((cell) => cell === null))) throw new RunError('table.empty', { name });
	const cells = raw.map((column) => String(first[column] ?? ''));
	const header = found.header || second === undefined || looksLikeHeader(cells);
	const columns = header ? headerNames(cells) : raw.map((_, i) => `column ${i + 1}`);
	const dialect = { ...found, header };
	const sample = identifier('csv sample');
	await db.query(
		`CREATE OR REPLACE TEMP TABLE ${sample} AS SELECT * FROM ${reader(path, dialect, columns, {}, judge !== 'all')}${judge === 'all' ? '' : ` LIMIT ${judge === 'few' ? FEW_ROWS : SAMPLE_ROWS}`}`,
	);
	const readings = texts ? [] : await classify(db, sample, columns, true, judge !== 'all');
	await db.query(`DROP TABLE ${sample}`);
	const native = Object.fromEntries(columns.map((column, i) => [column, readings[i]?.native ?? 'VARCHAR']));
	const values = columns.map((column, i) => `${readings[i]?.sql ?? identifier(column)} AS ${identifier(column)}`);
	return {
		select: `SELECT ${values.join(', ')} FROM ${reader(path, dialect, columns, native)}`,
		head: `SELECT ${values.join(', ')} FROM ${reader(path, dialect, columns, native, true)}`,
		columns: columns.map((column, i) => ({ name: column, type: readings[i]?.type ?? 'text' })),
		undecided: judge !== 'all' && readings.some((reading) => reading.blank === true),
	};
}

/** `start`: only its first rows will be taken, so little is read ahead. */
function reader(
	path: string,
	{ delimiter, quote, header }: Dialect,
	columns: readonly string[],
	types: Readonly<Record<string, string>>,
	start = false,
): string {
	const struct = columns.map((column) => `${literal(column)}: ${literal(types[column] ?? 'VARCHAR')}`).join(', ');
	return `read_csv(${literal(path)}, auto_detect = false, header = ${header}, delim = ${literal(delimiter)}, quote = ${literal(quote)}, escape = ${literal(quote)}, columns = {${struct}}, nullstr = ''${start ? ', buffer_size = 4194304' : ''})`;
}

async function dialectOf(db: Database, path: string, name: string, rows: number): Promise<Dialect> {
	/* all_varchar: with types of its own the sniffer would rather take another dialect than a text among numbers. */
	const sniffed = await db
		.query(`SELECT * FROM sniff_csv(${literal(path)}, all_varchar = true, sample_size = ${rows}, skip = 0, comment = '', ignore_errors = false)`)
		.catch(() => undefined);
	const [row] = sniffed ?? [];
	const count = Array.isArray(row?.Columns) ? row.Columns.length : 0;
	/* Where rows differ in length DuckDB 1.5 takes a sign that stands nowhere, and gives one column; then the lines decide, and reading says which is wrong. */
	if (row === undefined || count <= 1) {
		const guess = await guessed(path, name);
		if (row === undefined || guess.count > 1) return guess;
	}
	const quote = row.Quote === "'" ? "'" : '"';
	return { delimiter: String(row.Delimiter).replace('\\t', '\t'), quote, header: row.HasHeader === true, count };
}

const HEAD = 65_536;

/** The sign that splits most of the first lines; the first line says how many columns there are. */
async function guessed(path: string, name: string): Promise<Dialect> {
	const file = await open(path);
	try {
		const { buffer, bytesRead } = await file.read(Buffer.alloc(HEAD), 0, HEAD, 0);
		const text = new TextDecoder().decode(buffer.subarray(0, bytesRead)).replace(/"(?:[^"]|"")*"/g, '""');
		const lines = text
			.split(/\r\n?|\n/)
			.filter((line) => line.trim() !== '')
			.slice(0, 100);
		const [first] = lines;
		if (first === undefined) throw new RunError('table.empty', { name });
		const splits = [',', '\t', ';', '|'].map((delimiter) => ({ delimiter, lines: lines.filter((line) => line.includes(delimiter)).length }));
		const best = splits.reduce((a, b) => (b.lines > a.lines ? b : a));
		const count = best.lines * 2 > lines.length ? Math.max(first.split(best.delimiter).length, best.lines < lines.length ? 1 : 2) : 1;
		return { delimiter: best.delimiter, quote: '"', header: false, count };
	} finally {
		await file.close();
	}
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
