/** Moving results into the user's folders: whole or not at all, and never over a file unasked. */
import { randomUUID } from 'node:crypto';
import { link, lstat, mkdir, open, rename, rm, unlink } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { RunError } from '../../nodes/problems.ts';
import { copyOut, hashFile, moveNew } from '../stores/artifacts.ts';

export interface Bytes {
	readonly content: string;
	readonly bytes: number;
}

/** Whether exactly these bytes are there. Files of another length aren't read. */
export async function sameBytes({ content, bytes }: Bytes, path: string): Promise<boolean> {
	const found = await lstat(path).catch(() => null);
	return found?.isFile() === true && found.size === bytes && (await hashFile(path)) === content;
}

/** Copies a result into a place of ours on the same disk, and waits until it is on it. */
export async function stageFile(from: string, to: string): Promise<void> {
	try {
		await copyOut(from, to);
		await sync(to);
	} catch (error) {
		await rm(to, { force: true });
		throw error;
	}
}

/** Gives a staged file its name. Without `replace` it fails with EEXIST where the name is taken. */
export async function place(from: string, to: string, replace: boolean): Promise<void> {
	if (replace) return rename(from, to);
	try {
		await link(from, to);
	} catch (error) {
		const code = error instanceof Error && 'code' in error ? error.code : null;
		if (code === 'EXDEV') return moveNew(from, to);
		if (typeof code !== 'string' || !NO_LINKS.has(code)) throw error;
		if (await isTaken(to)) throw Object.assign(new Error(`${to} exists`), { code: 'EEXIST' });
		return rename(from, to);
	}
	await unlink(from);
}

/** What disks say that know no links (exFAT, some network shares). */
const NO_LINKS: ReadonlySet<string> = new Set(['EPERM', 'ENOTSUP', 'EOPNOTSUPP', 'ENOSYS', 'EMLINK']);

/** Puts bytes back over whatever stands there: beside it first, so that a crash leaves one or the other. */
export async function putBack(from: string, to: string, stage: string): Promise<void> {
	const copy = join(stage, randomUUID());
	await stageFile(from, copy);
	await rename(copy, to);
}

/** Makes a folder and its parents. @returns those that were missing. */
export async function makeFolders(path: string): Promise<string[]> {
	const first = await mkdir(path, { recursive: true });
	if (first === undefined) return [];
	const made = [path];
	for (let folder = path; folder !== first && folder !== dirname(folder); folder = dirname(folder)) made.push(dirname(folder));
	return made;
}

/** Whether the name is taken, by whatever. */
export async function isTaken(path: string): Promise<boolean> {
	return lstat(path).then(
		() => true,
		() => false,
	);
}

/** What a person can do about a file that couldn't be written. */
export function writeError(error: unknown, path: string): unknown {
	const code = error instanceof Error && 'code' in error ? error.code : null;
	if (code === 'EEXIST') return new RunError('output.exists', { path });
	if (code === 'ENOSPC' || code === 'EDQUOT') return new RunError('run.disk-full', {}, { resource: true });
	return error;
}

async function sync(path: string): Promise<void> {
	const file = await open(path, 'r');
	try {
		await file.datasync();
	} finally {
		await file.close();
	}
}
