/** Opens DuckDB so that a query can read its inputs, write into its folder, and nothing else. */
import { availableParallelism, totalmem } from 'node:os';
import { type DuckDBConnection, DuckDBInstance } from '@duckdb/node-api';
import { Cancelled, RunError } from '../../../nodes/problems.ts';
import { texts } from './sql/quote.ts';

export interface DatabaseOptions {
	/** Private folder: results, and what doesn't fit into memory. */
	readonly folder?: string;
	readonly threads: number;
	/** Bytes that the process may hold; absent: its share of the machine. */
	readonly limit?: number;
	readonly signal?: AbortSignal;
	readonly progress?: (share: number) => void;
}

export interface Database {
	/** Runs a statement. Rows come as JSON values. */
	query(sql: string): Promise<readonly Readonly<Record<string, unknown>>[]>;
	/** Names and types of what a SELECT gives. */
	describe(select: string): Promise<readonly { readonly name: string; readonly type: string }[]>;
	close(): void;
}

/** What a query may use before it spills to disk: most of what its process may hold, but enough to get on with. */
const QUERY_SHARE = 0.8;
const LEAST_MEMORY = 512 * 2 ** 20;
/** Of the machine's memory, for all processes of ours together. */
const MACHINE_SHARE = 0.7;
const SPILL_LIMIT = '64GiB';

/** An in-memory database, locked to these folders and files. Close it. */
export async function openDatabase(readable: readonly string[], { folder, threads, limit, signal, progress }: DatabaseOptions): Promise<Database> {
	if (isAborted(signal)) throw new Cancelled();
	const instance = await DuckDBInstance.create(':memory:', {
		threads: String(Math.max(1, threads)),
		memory_limit: `${Math.floor(memoryLimit(limit) / 2 ** 20)}MiB`,
		preserve_insertion_order: 'true',
		autoinstall_known_extensions: 'false',
		autoload_known_extensions: 'false',
		allow_community_extensions: 'false',
		allow_unsigned_extensions: 'false',
		default_null_order: 'nulls_last',
		...(folder === undefined ? {} : { temp_directory: `${folder}/spill`, max_temp_directory_size: SPILL_LIMIT }),
	});
	const connection = await instance.connect();
	const stop = () => connection.interrupt();
	signal?.addEventListener('abort', stop);
	const watch = progress === undefined ? undefined : setInterval(() => report(connection, progress), 200);
	const close = () => {
		clearInterval(watch);
		signal?.removeEventListener('abort', stop);
		connection.closeSync();
		instance.closeSync();
	};
	const query = async (sql: string) => {
		if (isAborted(signal)) throw new Cancelled();
		try {
			const reader = await connection.runAndReadAll(sql);
			return reader.getRowObjectsJson();
		} catch (error) {
			throw isAborted(signal) ? new Cancelled() : error;
		}
	};
	try {
		await query(`SET allowed_paths = ${texts(readable)}`);
		await query(`SET allowed_directories = ${texts(folder === undefined ? [] : [folder])}`);
		await query('SET enable_external_access = false');
		await query('SET lock_configuration = true');
	} catch (error) {
		close();
		throw error;
	}
	return {
		query,
		describe: async (select) => (await query(`DESCRIBE ${select}`)).map((row) => ({ name: String(row.column_name), type: String(row.column_type) })),
		close,
	};
}

function memoryLimit(limit = (totalmem() * MACHINE_SHARE) / availableParallelism()): number {
	return Math.max(LEAST_MEMORY, limit * QUERY_SHARE);
}

function report(connection: DuckDBConnection, progress: (share: number) => void): void {
	const { percentage } = connection.progress;
	if (percentage > 0) progress(Math.min(1, percentage / 100));
}

function isAborted(signal: AbortSignal | undefined): boolean {
	return signal?.aborted === true;
}

/** What the database said, as a problem for people. */
export function databaseProblem(error: unknown, name: string): unknown {
	if (error instanceof Cancelled || error instanceof RunError || !(error instanceof Error)) return error;
	const detail = error.message;
	const reason = detail.split('\n')[0]?.replace(/^[A-Z]\w* Error: /i, '') ?? detail;
	if (/Out of Memory|failed to allocate/i.test(detail)) return new RunError('table.memory', { reason }, { detail, resource: true }, error);
	if (/No space left|max_temp_directory_size/i.test(detail)) return new RunError('run.disk-full', {}, { detail, resource: true }, error);
	if (/CSV Error on Line/i.test(detail)) return csvProblem(detail, name, error);
	if (/Conversion Error|Could not (?:convert|parse)|Invalid Input Error: Error when converting|strptime/i.test(detail))
		return new RunError('table.value', { name, reason }, { detail }, error);
	return new RunError('table.failed', { reason }, { detail }, error);
}

function csvProblem(detail: string, name: string, cause: Error): RunError {
	const line = /CSV Error on Line: (\d+)/.exec(detail)?.[1] ?? '?';
	const convert = /Error when converting column "[^"]*"\. Could not convert string "[^"]*" to '\w+'/.exec(detail)?.[0];
	if (convert !== undefined) return new RunError('table.value', { name, reason: `line ${line}: ${convert}` }, { detail }, cause);
	const counts = /Expected Number of Columns: (\d+) Found: (\d+)/.exec(detail);
	const original = /Original Line: (.*)/.exec(detail)?.[1]?.slice(0, 80) ?? '';
	const reason = counts === null ? original : `${counts[1]} columns are expected, it has ${counts[2]} ("${original}")`;
	return new RunError('table.ragged', { name, line, reason }, { detail }, cause);
}
