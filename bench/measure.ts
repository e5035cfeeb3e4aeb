/** Runs programs, and says how long they took: on the wall's clock and in the processor's. */
import { spawn } from 'node:child_process';
import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

export const ROOT = fileURLToPath(new URL('..', import.meta.url));
export const CACHE = join(ROOT, '.cache/bench');

export interface Took {
	/** Seconds on the wall's clock, from the start of the process to its end. */
	readonly seconds: number;
	/** Seconds of processor time, of the process and of all that it started: little disturbed by what else the machine does. */
	readonly processor: number;
}

/** How the benchmarks are run. */
export interface Setting {
	/** How often each way runs. */
	readonly rounds: number;
	/** On the smallest inputs: to see that everything still runs and gives the same, not to measure. */
	readonly small: boolean;
}

/** How our command line ends when it has a plan and a question. */
const QUESTION = 3;

/** Runs a program to its end. */
export async function time(program: string, args: readonly string[], options: { readonly cwd?: string; readonly env?: NodeJS.ProcessEnv } = {}): Promise<Took> {
	const timed = ['-c', 'TIMEFORMAT="MILLWRIGHT-TIME %R %U %S"; time "$@"', 'bash', program, ...args];
	const { status, stdout, stderr } = await finished('bash', timed, options);
	const found = /MILLWRIGHT-TIME ([\d.]+) ([\d.]+) ([\d.]+)/.exec(stderr.replaceAll(',', '.'));
	const failed = status !== 0 && status !== QUESTION;
	if (failed || found === null) throw new Error(`${program} ${args.join(' ').slice(0, 300)} ended with ${status}: ${stdout.slice(-500)}${stderr.slice(-2000)}`);
	return { seconds: Number(found[1]), processor: Number(found[2]) + Number(found[3]) };
}

export interface Finished {
	readonly status: number | null;
	readonly stdout: string;
	readonly stderr: string;
}

/** Runs a program to its end, and gives what it said. */
export function finished(
	program: string,
	args: readonly string[],
	options: { readonly cwd?: string; readonly env?: NodeJS.ProcessEnv } = {},
): Promise<Finished> {
	return new Promise((resolve, reject) => {
		const child = spawn(program, args, { ...options, stdio: ['ignore', 'pipe', 'pipe'] });
		const said = { stdout: '', stderr: '' };
		child.stdout.on('data', (chunk: Buffer) => {
			said.stdout += chunk.toString();
		});
		child.stderr.on('data', (chunk: Buffer) => {
			said.stderr += chunk.toString();
		});
		child.on('error', reject);
		child.on('close', (status) => resolve({ status, ...said }));
	});
}

/** Runs `work` in a folder of its own, on the disk of the inputs, that is removed afterwards. */
export async function inFolder<T>(work: (folder: string) => Promise<T>): Promise<T> {
	await mkdir(CACHE, { recursive: true });
	const folder = await mkdtemp(join(CACHE, 'round-'));
	try {
		return await work(folder);
	} finally {
		await rm(folder, { recursive: true, force: true });
	}
}

/** Runs our command line as a user would. `home`: the folder that MILLWRIGHT_HOME names. */
export function millwright(home: string, args: readonly string[]): Promise<Took> {
	return time(process.execPath, [join(ROOT, 'bin/millwright.mjs'), ...args], { env: { ...process.env, MILLWRIGHT_HOME: home } });
}

/** One way to do the work of a benchmark. */
export interface Way {
	readonly name: string;
	/** Does the work with its results in `out`; `home` is empty before each round. */
	run(out: string, home: string): Promise<Took>;
}

/** Medians of a way's rounds. */
export interface Measured extends Took {
	readonly name: string;
	readonly rounds: readonly Took[];
}

export interface Alternated {
	/** Of the ways that ran through, in order. */
	readonly measured: readonly Measured[];
	/** What others' ways said when they failed, or what was wrong with what they made. */
	readonly failed: ReadonlyMap<string, string>;
}

/**
 * Runs the ways in turn, so that what disturbs one disturbs the others; `check` looks at the results of each round.
 * @throws Error where the first way, ours, fails or makes something else.
 */
export async function alternate(ways: readonly Way[], rounds: number, check: (out: string, name: string) => Promise<void>): Promise<Alternated> {
	const took = new Map<string, Took[]>(ways.map(({ name }) => [name, []]));
	const failed = new Map<string, string>();
	for (let round = 0; round < rounds; round++) {
		for (const way of round % 2 === 0 ? ways : ways.toReversed()) {
			if (failed.has(way.name)) continue;
			try {
				const one = await inFolder((folder) => runOnce(way, folder, check));
				took.get(way.name)?.push(one);
				process.stderr.write(`  ${way.name}: ${one.seconds.toFixed(2)} s (processor ${one.processor.toFixed(2)} s)\n`);
			} catch (error) {
				if (way === ways[0]) throw error;
				failed.set(way.name, error instanceof Error ? error.message : String(error));
				process.stderr.write(`  ${way.name} failed: ${failed.get(way.name)}\n`);
			}
		}
	}
	const measured = ways.flatMap(({ name }) => {
		const own = took.get(name) ?? [];
		if (failed.has(name)) return [];
		return [{ name, rounds: own, seconds: median(own.map((one) => one.seconds)), processor: median(own.map((one) => one.processor)) }];
	});
	return { measured, failed };
}

async function runOnce(way: Way, folder: string, check: (out: string, name: string) => Promise<void>): Promise<Took> {
	const out = join(folder, 'out');
	await mkdir(out);
	const took = await way.run(out, join(folder, 'home'));
	await check(out, way.name);
	return took;
}

/** As many at once as there are cores: what a script for a shell says to `xargs -P`. */
export const CORES = String(availableParallelism());

export function median(numbers: readonly number[]): number {
	const sorted = [...numbers].sort((a, b) => a - b);
	const middle = Math.floor(sorted.length / 2);
	return sorted.length % 2 === 1 ? (sorted[middle] ?? Number.NaN) : ((sorted[middle - 1] ?? Number.NaN) + (sorted[middle] ?? Number.NaN)) / 2;
}

/** @throws Error with what was expected. */
export function expect(holds: boolean, what: string): void {
	if (!holds) throw new Error(`the results are not the same: ${what}`);
}
