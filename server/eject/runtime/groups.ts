/** What groups of a script call: programs, lists, tables. */
import { spawnSync } from 'node:child_process';
import { createReadStream, createWriteStream, readdirSync, renameSync } from 'node:fs';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';

let threadCount: string | undefined;

/** How many threads programs may use; undefined: as many as they like. */
export function limitThreads(count: string | undefined): void {
	threadCount = count;
}

/** `-threads N`, where somebody asked for a number of threads. */
export function threads(option: string): string[] {
	return threadCount === undefined ? [] : [option, threadCount];
}

/** Runs a program in a folder until it has ended; what it printed last is in the error. */
export function run(program: string, args: readonly string[], folder: string): void {
	const { status, error, stderr } = spawnSync(program, args, { cwd: folder, stdio: ['ignore', 'ignore', 'pipe'], maxBuffer: 1 << 26 });
	if (error !== undefined) throw error;
	if (status !== 0) throw new Error(`${program} failed: ${String(stderr).trim().split('\n').slice(-5).join('\n')}`);
}

/** The numbered pictures of a folder. */
export function picturesIn(folder: string): object[] {
	const names = readdirSync(folder).filter((name) => name.endsWith('.png'));
	return names.sort().map((name) => ({ path: join(folder, name), name, metadata: { kind: 'image', format: 'png' } }));
}

/** A SELECT that reads a table: as it was written down, or from a file that a group made. */
export function selectOf({ path, select }: { readonly path: string; readonly select?: string }): string {
	return select ?? `SELECT * FROM read_parquet('${path.replaceAll("'", "''")}')`;
}

/** Puts a text in front of what a file holds. */
export async function putBefore(path: string, text: string): Promise<void> {
	const out = createWriteStream(`${path}.new`);
	out.write(text);
	await pipeline(createReadStream(path), out);
	renameSync(`${path}.new`, path);
}

/** Does something for each of a list, one after the other. */
export async function each<T>(count: number, work: (index: number) => Promise<T>): Promise<T[]> {
	const made: T[] = [];
	for (let index = 0; index < count; index++) made.push(await work(index));
	return made;
}
