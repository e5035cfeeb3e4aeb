/** Runs our command line and looks at the memory of its processes meanwhile. */
import { spawn } from 'node:child_process';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { ROOT } from './measure.ts';

const EVERY = 100;

export interface Watched {
	readonly seconds: number;
	/** Megabytes: the most that one of its processes ever held. */
	readonly peak: number;
}

/** `sample` is called about ten times a second with the megabytes that the first process holds. */
export async function watched(home: string, args: readonly string[], sample: (resident: number) => Promise<void> = async () => {}): Promise<Watched> {
	const started = performance.now();
	const child = spawn(process.execPath, [join(ROOT, 'bin/millwright.mjs'), ...args], {
		env: { ...process.env, MILLWRIGHT_HOME: home },
		stdio: ['ignore', 'ignore', 'pipe'],
	});
	let said = '';
	child.stderr.on('data', (chunk: Buffer) => {
		said = (said + chunk.toString()).slice(-2000);
	});
	let ended: number | null = null;
	const end = new Promise<number | null>((resolve, reject) => {
		child.on('error', reject);
		child.on('close', (status) => {
			ended = performance.now();
			resolve(status);
		});
	});
	let peak = 0;
	while (ended === null) {
		for (const pid of await family(child.pid)) peak = Math.max(peak, (await memoryOf(pid, 'VmHWM')) ?? 0);
		const resident = await memoryOf(child.pid, 'VmRSS');
		if (resident !== null && ended === null) await sample(resident);
		await Promise.race([wait(EVERY), end]);
	}
	const status = await end;
	if (status !== 0) throw new Error(`millwright ${args.join(' ').slice(0, 200)} ended with ${status}: ${said}`);
	return { seconds: ((ended ?? performance.now()) - started) / 1000, peak };
}

/** Megabytes that a process holds now (`VmRSS`) or has held at most (`VmHWM`); null: it is gone. */
export async function memoryOf(pid: number | undefined, line: 'VmRSS' | 'VmHWM'): Promise<number | null> {
	const text = await readFile(`/proc/${pid}/status`, 'utf8').catch(() => '');
	const found = new RegExp(`${line}:\\s+(\\d+) kB`).exec(text)?.[1];
	return found === undefined ? null : Number(found) / 1024;
}

/** A process and all below it. */
async function family(root: number | undefined): Promise<number[]> {
	if (root === undefined) return [];
	const parents = new Map<number, number>();
	for (const name of await readdir('/proc')) {
		if (!/^\d+$/.test(name)) continue;
		const stat = await readFile(`/proc/${name}/stat`, 'utf8').catch(() => '');
		// The name of a program may hold brackets and spaces: what counts comes after the last bracket.
		const parent = Number(stat.slice(stat.lastIndexOf(')') + 2).split(' ')[1]);
		if (Number.isInteger(parent)) parents.set(Number(name), parent);
	}
	const found = [root];
	for (const pid of found) for (const [child, parent] of parents) if (parent === pid) found.push(child);
	return found;
}
