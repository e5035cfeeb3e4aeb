/** The folder beside the results for what isn't finished. What processes that are gone left in theirs is ended first. */
import { randomUUID } from 'node:crypto';
import { mkdir, readdir, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { RunError } from '../../nodes/problems.ts';
import { isAlive } from '../stores/alive.ts';
import { makeFolders, writeError } from './files.ts';
import { recover } from './journal.ts';

const PREFIX = '.millwright-';
/** Stages of this process. Its number may be one that a process before it had. */
const own = new Set<string>();

export interface Stage {
	readonly path: string;
	/** Folders that were made for it. */
	readonly folders: readonly string[];
}

/** @throws RunError `output.readonly`. */
export async function openStage(out: string): Promise<Stage> {
	try {
		const folders = await makeFolders(out);
		await endLeftOvers(out);
		const path = nameIn(out);
		await mkdir(path);
		return { path, folders };
	} catch (error) {
		const known = writeError(error, out);
		if (known instanceof RunError && known.problem.key !== 'output.exists') throw known;
		throw new RunError('output.readonly', { path: out, reason: error instanceof Error ? error.message : String(error) });
	}
}

/** What can't be removed is left to the next batch: nothing of the results depends on it. */
export async function closeStage(path: string): Promise<void> {
	own.delete(path);
	await rm(path, { recursive: true, force: true }).catch(() => undefined);
}

/** Completes or takes back what processes that are gone were in the middle of, and removes the rest. */
export async function endLeftOvers(out: string): Promise<void> {
	for (const name of await readdir(out)) {
		const pid = name.startsWith(PREFIX) ? Number.parseInt(name.slice(PREFIX.length), 10) : Number.NaN;
		if (!Number.isInteger(pid) || own.has(join(out, name)) || (pid !== process.pid && isAlive(pid))) continue;
		/* Several processes may find it; the one that gets to rename it has it. */
		const mine = nameIn(out);
		const taken = await rename(join(out, name), mine).then(
			() => true,
			() => false,
		);
		if (!taken) continue;
		await recover(mine);
		await closeStage(mine);
	}
}

function nameIn(out: string): string {
	const path = join(out, `${PREFIX}${process.pid}-${randomUUID().slice(0, 8)}`);
	own.add(path);
	return path;
}
