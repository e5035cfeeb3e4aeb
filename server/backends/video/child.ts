import { spawn } from 'node:child_process';
import { Cancelled, RunError } from '../../../nodes/problems.ts';
import { reasonOf } from './reasons.ts';

export interface ChildOptions {
	readonly cwd?: string;
	readonly signal?: AbortSignal;
	/** Called with each line of standard output. */
	readonly onLine?: (line: string) => void;
	/** The file that is being worked on, for messages. */
	readonly name?: string;
}

const TAIL_CHARACTERS = 4_000;
const KEPT_OUTPUT_CHARACTERS = 4_000_000;
const PATIENCE_MS = 700;

/**
 * Runs ffmpeg or ffprobe in a process group of its own, which dies as a whole: with TERM and then KILL when the signal aborts,
 * and with KILL when this process dies (where the system has `setpriv`). Gives standard output.
 * @throws Cancelled, or RunError with the end of standard error in `detail`.
 */
export async function runChild(program: 'ffmpeg' | 'ffprobe', args: readonly string[], options: ChildOptions = {}): Promise<string> {
	if (options.signal?.aborted === true) throw new Cancelled();
	const dies = await diesWithParent();
	const [command, ...words] = dies ? ['setpriv', '--pdeathsig', 'KILL', '--', program, ...args] : [program, ...args];
	return new Promise((resolve, reject) => {
		const child = spawn(command ?? program, words, {
			...(options.cwd === undefined ? {} : { cwd: options.cwd }),
			detached: true,
			stdio: ['ignore', 'pipe', 'pipe'],
			env: { ...process.env, LC_ALL: 'C.UTF-8', AV_LOG_FORCE_NOCOLOR: '1' },
		});
		let tail = '';
		let output = '';
		let rest = '';
		const kill = (signal: NodeJS.Signals) => {
			if (child.pid === undefined || child.exitCode !== null) return;
			try {
				process.kill(-child.pid, signal);
			} catch {
				/* It has ended in the meantime. */
			}
		};
		let timer: NodeJS.Timeout | undefined;
		const stop = () => {
			kill('SIGTERM');
			timer = setTimeout(() => kill('SIGKILL'), PATIENCE_MS);
		};
		options.signal?.addEventListener('abort', stop, { once: true });
		child.stderr.setEncoding('utf8').on('data', (text: string) => {
			tail = (tail + text).slice(-TAIL_CHARACTERS);
		});
		child.stdout.setEncoding('utf8').on('data', (text: string) => {
			if (options.onLine === undefined) output = (output + text).slice(0, KEPT_OUTPUT_CHARACTERS);
			else {
				const lines = (rest + text).split('\n');
				rest = lines.pop() ?? '';
				lines.forEach(options.onLine);
			}
		});
		const settle = () => {
			clearTimeout(timer);
			options.signal?.removeEventListener('abort', stop);
		};
		child.once('error', (error: NodeJS.ErrnoException) => {
			settle();
			reject(error.code === 'ENOENT' ? new RunError('video.no-ffmpeg', {}, { resource: true }, error) : error);
		});
		child.once('close', (code, signal) => {
			settle();
			if (options.signal?.aborted === true) reject(new Cancelled());
			else if (code === 0) resolve(output);
			else reject(reasonOf(tail, options.name ?? '', signal));
		});
	});
}

let setpriv: Promise<boolean> | undefined;

/** Whether this system can tie a child's life to ours. */
function diesWithParent(): Promise<boolean> {
	setpriv ??= new Promise((resolve) => {
		const probe = spawn('setpriv', ['--pdeathsig', 'KILL', '--', 'true'], { stdio: 'ignore' });
		probe.once('error', () => resolve(false));
		probe.once('close', (code) => resolve(code === 0));
	});
	return setpriv;
}
