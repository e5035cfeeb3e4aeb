/** Results reach the user's folder whole or not at all: copied beside their place first, synced, then named. */
import { randomUUID } from 'node:crypto';
import { mkdir, open, readdir, rename, rm, stat } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { RunError } from '../../nodes/problems.ts';
import { copyOut, hashFile, moveNew } from '../stores/artifacts.ts';

export type Existing = 'error' | 'skip' | 'overwrite' | 'resume';

const STAGE = '.millwright-';

/** A folder on the disk of the results, for what isn't finished. Left-overs of processes that are gone are removed. */
export async function openStage(out: string): Promise<string> {
	try {
		await mkdir(out, { recursive: true });
		for (const name of await readdir(out)) {
			const pid = name.startsWith(STAGE) ? Number.parseInt(name.slice(STAGE.length), 10) : Number.NaN;
			if (Number.isInteger(pid) && pid !== process.pid && !isAlive(pid)) await rm(join(out, name), { recursive: true, force: true });
		}
		const stage = join(out, `${STAGE}${process.pid}-${randomUUID().slice(0, 8)}`);
		await mkdir(stage);
		return stage;
	} catch (error) {
		throw new RunError('output.readonly', { path: out, reason: error instanceof Error ? error.message : String(error) });
	}
}

/**
 * Writes one result.
 * @returns false when the same bytes were there already (`resume`, `skip`).
 * @throws RunError `output.exists`, `run.disk-full`.
 */
export async function commit(
	from: { readonly path: string; readonly content: string; readonly bytes: number },
	to: string,
	stage: string,
	existing: Existing,
): Promise<boolean> {
	if (existing === 'resume' && (await sameBytes(from, to))) return false;
	const temporary = join(stage, randomUUID());
	try {
		await copyOut(from.path, temporary);
		await sync(temporary);
		await mkdir(dirname(to), { recursive: true });
		if (existing === 'overwrite') await rename(temporary, to);
		else await moveNew(temporary, to);
		return true;
	} catch (error) {
		await rm(temporary, { force: true });
		const code = error instanceof Error && 'code' in error ? error.code : null;
		if (code === 'EEXIST' && existing === 'skip') return false;
		if (code === 'EEXIST') throw new RunError('output.exists', { path: to });
		if (code === 'ENOSPC' || code === 'EDQUOT') throw new RunError('run.disk-full', {}, { resource: true });
		throw error;
	}
}

async function sameBytes(from: { readonly content: string; readonly bytes: number }, to: string): Promise<boolean> {
	const found = await stat(to).catch(() => null);
	return found?.isFile() === true && found.size === from.bytes && (await hashFile(to)) === from.content;
}

async function sync(path: string): Promise<void> {
	const file = await open(path, 'r');
	try {
		await file.datasync();
	} finally {
		await file.close();
	}
}

function isAlive(pid: number): boolean {
	try {
		process.kill(pid, 0);
		return true;
	} catch {
		return false;
	}
}
