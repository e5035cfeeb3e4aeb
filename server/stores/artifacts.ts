/** Content-addressed files: `artifacts/ab/cdef…`. Immutable; a name is the sha256 of the content. */
import { createHash, type Hash as Hasher } from 'node:crypto';
import { constants, createReadStream, mkdirSync, statSync } from 'node:fs';
import { chmod, copyFile, link, mkdir, mkdtemp, readFile, rename, rm, stat, unlink } from 'node:fs/promises';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { Worker as Thread } from 'node:worker_threads';
import { codePath } from '../place.ts';

export interface Adopted {
	readonly content: string;
	readonly bytes: number;
}

/** From this size on a thread of its own hashes a file. */
const LARGE = 8 * 2 ** 20;

/** Up to this size a file is read whole: a stream's buffers cost more than the bytes in them. */
const SMALL = 1 << 20;

/** sha256 of a file. */
export async function hashFile(path: string): Promise<string> {
	const { size } = await stat(path);
	if (size >= LARGE) return hashInThread(path);
	if (size <= SMALL)
		return createHash('sha256')
			.update(await readFile(path))
			.digest('hex');
	const hash: Hasher = createHash('sha256');
	await pipeline(createReadStream(path, { highWaterMark: 1 << 20 }), hash);
	return hash.digest('hex');
}

function hashInThread(path: string): Promise<string> {
	return new Promise((resolve, reject) => {
		const thread = new Thread(codePath('server/stores/hash-thread'), { workerData: path });
		thread.once('message', (hash: string) => resolve(hash));
		thread.once('error', reject);
		thread.once('exit', () => reject(new Error(`${path} was not hashed to its end`)));
	});
}

export class ArtifactFolder {
	readonly folder: string;
	readonly #temporary: string;
	readonly #made = new Set<string>();

	constructor(folder: string, temporary: string) {
		this.folder = folder;
		this.#temporary = temporary;
	}

	path(content: string): string {
		return join(this.folder, content.slice(0, 2), content.slice(2));
	}

	/** A new private folder on the same disk. */
	async temporary(): Promise<string> {
		return mkdtemp(join(this.#temporary, `${process.pid}-`));
	}

	/** Takes a finished file into the store; the file is gone from where it was. */
	async adopt(path: string): Promise<Adopted> {
		const { size } = await stat(path);
		const content = await hashFile(path);
		const target = this.path(content);
		await this.#folderOf(content);
		await chmod(path, 0o444);
		await rename(path, target);
		return { content, bytes: size };
	}

	/** Whether the bytes are there in their full length. */
	has(content: string, bytes: number): boolean {
		const found = statSync(this.path(content), { throwIfNoEntry: false });
		return found !== undefined && found.size === bytes;
	}

	async remove(content: string): Promise<void> {
		await rm(this.path(content), { force: true });
	}

	async #folderOf(content: string): Promise<void> {
		const folder = join(this.folder, content.slice(0, 2));
		if (this.#made.has(folder)) return;
		await mkdir(folder, { recursive: true, mode: 0o700 });
		this.#made.add(folder);
	}
}

/** Copies an artifact out of the store: a clone where the file system can, never a link, so that a later edit can't reach the store. */
export async function copyOut(from: string, to: string): Promise<void> {
	await copyFile(from, to, constants.COPYFILE_FICLONE);
	await chmod(to, 0o644);
}

/** Moves a finished file to its name without ever replacing another: fails with EEXIST when the name is taken. */
export async function moveNew(from: string, to: string): Promise<void> {
	try {
		await link(from, to);
		await unlink(from);
	} catch (error) {
		if (!(error instanceof Error && 'code' in error && (error.code === 'EPERM' || error.code === 'ENOTSUP' || error.code === 'EXDEV'))) throw error;
		await copyFile(from, to, constants.COPYFILE_EXCL);
		await unlink(from);
	}
}

/** Makes a folder and its parents. */
export function ensureFolder(path: string): void {
	mkdirSync(path, { recursive: true });
}
