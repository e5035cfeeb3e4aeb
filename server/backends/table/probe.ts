/** What is known of a table's file before anything runs. */
import { mkdtemp, rm, stat } from 'node:fs/promises';
import { availableParallelism, tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import type { TableMetadata } from '../../../nodes/define.ts';
import { RunError } from '../../../nodes/problems.ts';
import { withSeenValues } from './classify.ts';
import { type Database, databaseProblem, openDatabase } from './database.ts';
import { type Opened, openTable, type Prepared, prepare, remember } from './source.ts';
import { identifier } from './sql/quote.ts';

/**
 * Files up to this many bytes are read to their end: rows are counted and every value is seen to fit its type. Of larger ones the
 * first rows decide, and the rows are not known; a run that meets a value that doesn't fit says `misread`.
 */
const READ_ALL = 32 * 2 ** 20;

/**
 * Columns (with their types, and values seen in text columns) and rows of a file. `format` is `csv`, `tsv`, `json` or `parquet`.
 * `thorough` reads a file of any size to its end.
 * @throws RunError `input.broken` and the table messages that say what is wrong with the file.
 */
export async function probeTable(path: string, format: string, name = basename(path), thorough = false): Promise<TableMetadata> {
	return withTable(path, format, name, async (db, prepared) => {
		const { size } = await stat(prepared.path);
		const whole = thorough || prepared.format === 'parquet' || size <= READ_ALL;
		const { opened, rows } = await judged(db, prepared, whole, name);
		if (prepared.format === 'csv') remember(prepared, opened);
		const columns = await withSeenValues(db, `(${opened.head ?? opened.select})`, opened.columns);
		return { kind: 'table', columns, rows, format };
	});
}

/** Opens a file for reading and closes it again, whatever happens. */
export async function withTable<T>(path: string, format: string | null, name: string, use: (db: Database, prepared: Prepared) => Promise<T>): Promise<T> {
	const folder = await mkdtemp(join(tmpdir(), 'millwright-table-'));
	try {
		const prepared = await prepare(path, format, name, folder);
		const db = await openDatabase([prepared.path], { folder, threads: Math.min(4, availableParallelism()) });
		try {
			return await use(db, prepared);
		} finally {
			db.close();
		}
	} catch (error) {
		const problem = databaseProblem(error, name);
		if (problem instanceof RunError && problem.problem.key === 'table.failed') {
			const { values, detail } = problem.problem;
			throw new RunError('input.broken', { name, format: format ?? 'parquet', reason: String(values.reason) }, detail === undefined ? {} : { detail }, error);
		}
		throw problem;
	} finally {
		await rm(folder, { recursive: true, force: true });
	}
}

async function judged(db: Database, prepared: Prepared, whole: boolean, name: string): Promise<{ readonly opened: Opened; readonly rows: number | null }> {
	const quick = await openTable(db, prepared, { judge: 'many' });
	/* A column that is blank so far may become anything. */
	if (quick.undecided === true) return toItsEnd();
	if (!whole) return { opened: quick, rows: null };
	try {
		return { opened: quick, rows: await rowsOf(db, prepared, quick) };
	} catch (error) {
		const problem = databaseProblem(error, name);
		if (!(problem instanceof RunError) || problem.problem.key !== 'table.value') throw error;
		return toItsEnd();
	}

	async function toItsEnd() {
		const opened = await openTable(db, prepared, { judge: 'all' });
		return { opened, rows: await rowsOf(db, prepared, opened) };
	}
}

/** Counting the values of each column reads them all, and so proves their types. */
async function rowsOf(db: Database, prepared: Prepared, { select, columns }: Opened): Promise<number> {
	const proofs = prepared.format === 'parquet' ? [] : columns.filter((column) => column.type !== 'text').map((column) => `count(${identifier(column.name)})`);
	const [row] = await db.query(`SELECT count(*) AS n${proofs.map((proof, i) => `, ${proof} AS p${i}`).join('')} FROM (${select})`);
	return Number(row?.n ?? 0);
}
