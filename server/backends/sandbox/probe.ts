import { LIMITS } from './arguments.ts';
import { runBoxed } from './sandbox.ts';

export interface SandboxFound {
	readonly kind: 'bubblewrap' | 'none';
	readonly works: boolean;
	/** Why it doesn't work; what the program said. */
	readonly reason?: string;
}

let found: Promise<SandboxFound> | null = null;

/** Whether programs can be run in a sandbox on this machine. It is tried once. */
export function probeSandbox(): Promise<SandboxFound> {
	found ??= probe();
	return found;
}

async function probe(): Promise<SandboxFound> {
	if (process.platform !== 'linux') return { kind: 'none', works: false, reason: 'The sandbox (bubblewrap) is for Linux only.' };
	const limits = { ...LIMITS, seconds: 10 };
	try {
		const ended = await runBoxed({ command: ['/usr/bin/id', '-u'], readable: [], writable: [], limits }, new AbortController().signal);
		if (ended.code === 0 && ended.stdout.trim() === '65534') return { kind: 'bubblewrap', works: true };
		const reason = ended.stderr.trim().split('\n').at(-1) ?? '';
		return { kind: 'bubblewrap', works: false, reason: reason === '' ? `it ended with ${ended.code}` : reason };
	} catch (error) {
		const missing = error instanceof Error && 'code' in error && error.code === 'ENOENT';
		return { kind: 'none', works: false, reason: missing ? 'bubblewrap (bwrap) is not installed.' : String(error) };
	}
}
