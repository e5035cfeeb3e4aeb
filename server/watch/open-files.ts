/** Which files some program of this user's has open for writing. Linux tells; elsewhere nobody is asked. */
import { readdir, readFile, readlink } from 'node:fs/promises';

/** `O_WRONLY | O_RDWR`. */
const WRITING = 3;

/** @param paths real, absolute */
export async function openForWriting(paths: ReadonlySet<string>): Promise<ReadonlySet<string>> {
	const open = new Set<string>();
	if (process.platform !== 'linux' || paths.size === 0) return open;
	const processes = (await readdir('/proc').catch(() => [])).filter((name) => /^\d+$/.test(name));
	for (const pid of processes) {
		/* Processes of other users can't be read; others end while they are being read. */
		const handles = await readdir(`/proc/${pid}/fd`).catch(() => []);
		for (const handle of handles) {
			const path = await readlink(`/proc/${pid}/fd/${handle}`).catch(() => '');
			if (paths.has(path) && !open.has(path) && (await isWriting(pid, handle))) open.add(path);
		}
	}
	return open;
}

async function isWriting(pid: string, handle: string): Promise<boolean> {
	const facts = await readFile(`/proc/${pid}/fdinfo/${handle}`, 'utf8').catch(() => '');
	const flags = /^flags:\s*([0-7]+)/m.exec(facts)?.[1];
	return flags !== undefined && (Number.parseInt(flags, 8) & WRITING) !== 0;
}
