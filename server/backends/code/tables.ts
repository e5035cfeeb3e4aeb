/** Tables as scripts get them: CSV with commas, in UTF-8, with a header. */
import { isUtf8 } from 'node:buffer';
import { readFile, writeFile } from 'node:fs/promises';
import { basename, dirname } from 'node:path';
import { DuckDBInstance } from '@duckdb/node-api';
import { RunError } from '../../../nodes/problems.ts';
import { delimiterOf } from '../../../nodes/sniff/delimiter.ts';
import { decodeText, encodingOf, SNIFF_BYTES } from '../../../nodes/sniff.ts';
import type { TaskInput } from '../../engine/group.ts';

/** The path of the table as CSV: the file itself where it is that already, else `target`, which is written. */
export async function asCsv(input: TaskInput, target: string): Promise<string> {
	const format = input.metadata.kind === 'table' ? (input.metadata.format ?? 'parquet') : 'csv';
	if (format === 'parquet') return convert('read_parquet', input, input.path, target);
	const bytes = await readFile(input.path);
	const isText = isUtf8(bytes);
	const head = bytes.subarray(0, SNIFF_BYTES);
	const encoding = isText ? 'utf-8' : (encodingOf(head) ?? 'windows-1252');
	const reads = format === 'json' || format === 'ndjson' ? 'read_json_auto' : 'read_csv_auto';
	const commas = reads === 'read_csv_auto' && [',', null].includes(delimiterOf(decodeText(head, encoding), 'named'));
	if (isText) return commas ? input.path : convert(reads, input, input.path, target);
	const utf8 = commas ? target : `${target}.utf8`;
	await writeFile(utf8, decodeText(bytes, encoding));
	return commas ? utf8 : convert(reads, input, utf8, target);
}

async function convert(reads: string, input: TaskInput, path: string, target: string): Promise<string> {
	const instance = await DuckDBInstance.create(':memory:', { threads: '1', autoinstall_known_extensions: 'false', autoload_known_extensions: 'false' });
	const connection = await instance.connect();
	try {
		await connection.run(`SET allowed_paths = [${[path, target].map(literal).join(', ')}]`);
		await connection.run(`SET allowed_directories = [${literal(dirname(target))}]`);
		await connection.run('SET enable_external_access = false');
		await connection.run('SET lock_configuration = true');
		await connection.run(`COPY (FROM ${reads}(${literal(path)})) TO ${literal(target)} (FORMAT csv, HEADER)`);
		return target;
	} catch (error) {
		const reason = error instanceof Error ? (error.message.split('\n')[0] ?? '') : String(error);
		throw new RunError('input.broken', { name: input.name, format: basename(reads), reason }, {}, error);
	} finally {
		connection.closeSync();
		instance.closeSync();
	}
}

function literal(text: string): string {
	return `'${text.replaceAll("'", "''")}'`;
}
