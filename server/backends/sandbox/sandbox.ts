/** Runs a program of which nothing good is expected. */
import { type ChildProcess, spawn } from 'node:child_process';
import { Cancelled } from '../../../nodes/problems.ts';
import { type Boxed, sandboxCommand } from './arguments.ts';
import { memoryOf } from './memory.ts';

/** What a program may print, in bytes, on each of its two outputs. */
export const OUTPUT_LIMIT = 10 * 2 ** 20;
/** Milliseconds between two looks at its memory. */
const WATCH = 200;

export interface Ended {
	/** Exit code; above 128 a signal. */
	readonly code: number;
	/** Why it was stopped, if it was. */
	readonly stopped: 'time' | 'memory' | 'flood' | null;
	readonly stdout: string;
	readonly stderr: string;
}

/**
 * Runs a command in the sandbox until it ends, is stopped for going beyond its limits, or `signal` aborts. No process of it is left afterwards.
 * Whether there is a sandbox, `probeSandbox` says; without one this fails, and nothing runs outside.
 * @throws Cancelled
 */
export async function runBoxed(boxed: Boxed, signal: AbortSignal): Promise<Ended> {
	if (signal.aborted) throw new Cancelled();
	const [program, ...args] = sandboxCommand(boxed, process.getuid?.() === 0);
	const child = spawn(program, args, { detached: true, stdio: ['ignore', 'pipe', 'pipe'], env: { PATH: '/usr/bin:/bin' } });
	let stopped: Ended['stopped'] = null;
	const stop = (why: Ended['stopped']) => {
		stopped ??= why;
		killWhole(child);
	};
	const abort = () => stop(null);
	const stdout = collect(child.stdout, () => stop('flood'));
	const stderr = collect(child.stderr, () => stop('flood'));
	const clock = setTimeout(() => stop('time'), boxed.limits.seconds * 1000);
	const watch = setInterval(() => {
		if (child.pid !== undefined) void memoryOf(child.pid).then((bytes) => bytes > boxed.limits.memory && stop('memory'));
	}, WATCH);
	signal.addEventListener('abort', abort, { once: true });
	try {
		const code = await ending(child);
		if (isAborted(signal)) throw new Cancelled();
		return { code, stopped, stdout: stdout(), stderr: stderr() };
	} finally {
		clearTimeout(clock);
		clearInterval(watch);
		signal.removeEventListener('abort', abort);
		killWhole(child);
	}
}

/** Killing bubblewrap kills the first process of its namespace, and with that all others. */
function killWhole(child: ChildProcess): void {
	if (child.pid === undefined) return;
	try {
		process.kill(-child.pid, 'SIGKILL');
	} catch {
		// It has ended.
	}
}

function ending(child: ChildProcess): Promise<number> {
	return new Promise((resolve, reject) => {
		child.once('error', reject);
		child.once('close', (code, signal) => resolve(code ?? (signal === 'SIGKILL' ? 137 : 128)));
	});
}

/** Gathers what is printed, up to the limit, and calls `flood` beyond it. */
function collect(stream: NodeJS.ReadableStream, flood: () => void): () => string {
	const chunks: Buffer[] = [];
	let bytes = 0;
	stream.on('data', (chunk: Buffer) => {
		bytes += chunk.length;
		if (bytes > OUTPUT_LIMIT) flood();
		else chunks.push(chunk);
	});
	return () => Buffer.concat(chunks).toString('utf8');
}

/** A signal can abort while something is awaited, which the type checker doesn't expect. */
function isAborted(signal: AbortSignal): boolean {
	return signal.aborted;
}
