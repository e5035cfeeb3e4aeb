import { readFileSync } from 'node:fs';

/** Whether a process is there and does something. One of another user counts, although it can't be signalled; one that ended and that nobody asked about yet doesn't. */
export function isAlive(pid: number): boolean {
	try {
		process.kill(pid, 0);
	} catch (error) {
		return error instanceof Error && 'code' in error && error.code === 'EPERM';
	}
	return process.platform !== 'linux' || !isZombie(pid);
}

/* `pid (name) S …`; a name may hold anything. */
function isZombie(pid: number): boolean {
	try {
		const text = readFileSync(`/proc/${pid}/stat`, 'latin1');
		return /^\) [ZX]/.test(text.slice(text.lastIndexOf(')')));
	} catch {
		/* It went meanwhile, or there is no such folder here. */
		return false;
	}
}
