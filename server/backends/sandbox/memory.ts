import { readFile } from 'node:fs/promises';

const PAGE = 4096;

/** Bytes of memory that a process and everything it started hold. What has ended meanwhile counts nothing. */
export async function memoryOf(pid: number): Promise<number> {
	const [statm, children] = await Promise.all([read(`/proc/${pid}/statm`), read(`/proc/${pid}/task/${pid}/children`)]);
	const own = Number(statm.split(' ')[1] ?? 0) * PAGE;
	const others = await Promise.all(
		children
			.split(' ')
			.filter(Boolean)
			.map((child) => memoryOf(Number(child))),
	);
	return others.reduce((sum, bytes) => sum + bytes, own);
}

async function read(path: string): Promise<string> {
	return readFile(path, 'utf8').catch(() => '');
}
