/** A worker as a process: started, kept, measured, ended. */
import { type ChildProcess, fork } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { codePath } from '../place.ts';
import type { Work } from './budget.ts';

export interface Worker {
	readonly process: ChildProcess;
	work: Work | null;
	/** Why it is about to be killed. */
	doom: 'memory' | 'timeout' | 'cancelled' | null;
	timers: NodeJS.Timeout[];
	/** Ids of specs whose code it has loaded. */
	readonly loaded: Set<string>;
}

export interface StartOptions {
	readonly artifacts: string;
	readonly temporary: string;
	/** Of libuv's pool. */
	readonly threads: number;
	/** File that a worker runs; beside this one unless told. */
	readonly script?: string;
}

/** It leads a process group, so that what it starts can be ended with it. */
export function startWorker({ artifacts, temporary, threads, script }: StartOptions): Worker {
	const child = fork(script ?? codePath('server/workers/main'), [], {
		serialization: 'advanced',
		detached: process.platform !== 'win32',
		stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
		execArgv: ['--disable-warning=ExperimentalWarning', '--min-semi-space-size=16'],
		env: { ...withoutSecrets(process.env), MILLWRIGHT_ARTIFACTS: artifacts, MILLWRIGHT_TEMPORARY: temporary, UV_THREADPOOL_SIZE: String(threads) },
	});
	return { process: child, work: null, doom: null, timers: [], loaded: new Set() };
}

/** Only busy workers keep this process from ending. */
export function keepAlive(worker: Worker, busy: boolean): void {
	if (busy) {
		worker.process.ref();
		worker.process.channel?.ref();
	} else {
		worker.process.unref();
		worker.process.channel?.unref();
	}
}

/** A worker leads a process group: what it started goes with it. */
export function killGroup(worker: Worker): void {
	const { pid } = worker.process;
	if (pid === undefined) return;
	try {
		process.kill(process.platform === 'win32' ? pid : -pid, 'SIGKILL');
	} catch {
		/* Gone already. */
	}
}

/** Resolves when the process is gone. */
export function end(worker: Worker): Promise<void> {
	return new Promise((resolve) => {
		if (worker.process.exitCode !== null || worker.process.signalCode !== null) return resolve();
		worker.process.once('exit', () => resolve());
		worker.process.ref();
		killGroup(worker);
	});
}

/** Resident memory of a process; null where that can't be seen. */
export function residentBytes(pid: number | undefined): number | null {
	if (pid === undefined || process.platform !== 'linux') return null;
	try {
		return Number(readFileSync(`/proc/${pid}/statm`, 'utf8').split(' ')[1]) * 4096;
	} catch {
		return null;
	}
}

function withoutSecrets(environment: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
	return Object.fromEntries(Object.entries(environment).filter(([name]) => !/KEY|TOKEN|SECRET|PASSWORD/i.test(name)));
}

/** What a process that is gone has left in the folder for temporary things. */
export async function removeFolders(temporary: string, pid: number | undefined): Promise<void> {
	const names = await readdir(temporary).catch(() => []);
	const own = names.filter((name) => name.startsWith(`${pid}-`));
	await Promise.all(own.map((name) => rm(join(temporary, name), { recursive: true, force: true })));
}
