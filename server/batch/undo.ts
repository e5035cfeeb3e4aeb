/** Takes back what a batch wrote: only what still is what it wrote. What it replaced comes back from the store. */
import { rm, rmdir } from 'node:fs/promises';
import { dirname } from 'node:path';
import { RunError } from '../../nodes/problems.ts';
import type { Writing, Written } from '../stores/written.ts';
import { isTaken, makeFolders, putBack, sameBytes } from './files.ts';
import type { Stores } from './record.ts';
import { closeStage, endLeftOvers, openStage } from './stage.ts';

/** Why a file stays: it was changed since, it can't be removed, or the bytes that it replaced are no longer in the store. */
export type KeptFor = 'changed' | 'failed' | 'lost';

export interface Undone {
	readonly batch: string;
	/** Absolute paths. */
	readonly removed: readonly string[];
	/** What the batch had replaced, and is there again. */
	readonly restored: readonly string[];
	/** Removed by somebody before, or never written: the batch was killed just then. */
	readonly gone: readonly string[];
	readonly kept: readonly { readonly path: string; readonly reason: KeptFor }[];
	/** Folders that the batch had made, and that were empty. */
	readonly folders: readonly string[];
}

export interface UndoOptions {
	/** Says what would be done, and does nothing. */
	readonly dry?: boolean;
}

/** @throws RunError `undo.none`, `undo.running`. @param id of a batch, the beginning of one, or `last`. */
export function findWriting(id: string, { written }: Stores): Writing {
	const found = id === 'last' ? written.last() : written.find(id);
	if (found === null) throw new RunError(id === 'last' ? 'undo.nothing' : 'undo.unknown', { batch: id });
	if (found.state === 'running') throw new RunError('undo.running', { name: found.name });
	if (found.state === 'undone' && written.list(found.id).length === 0) throw new RunError('undo.already', { name: found.name });
	return found;
}

export async function undo({ id, out }: Writing, stores: Stores, { dry = false }: UndoOptions = {}): Promise<Undone> {
	const removed: string[] = [];
	const restored: string[] = [];
	const gone: string[] = [];
	const kept: { path: string; reason: KeptFor }[] = [];
	/* A batch that was killed while it named its files is ended first. */
	if (!dry && (await isTaken(out))) await endLeftOvers(out).catch(() => undefined);
	const desk = new Desk(out);
	for (const written of stores.written.list(id)) {
		const what = await lookAt(written, stores);
		try {
			if (!dry) await takeBack({ id, written, what, stores, desk });
			if (what === 'remove') removed.push(written.path);
			else if (what === 'restore') restored.push(written.path);
			else if (what === 'gone') gone.push(written.path);
			else kept.push({ path: written.path, reason: what });
		} catch {
			kept.push({ path: written.path, reason: 'failed' });
		}
	}
	await desk.close();
	const folders = dry ? [] : await removeFolders(stores.written.folders(id));
	if (!dry) stores.written.end(id, 'undone');
	return { batch: id, removed, restored, gone, kept, folders };
}

/** Completes or takes back what processes that are gone were in the middle of. Folders that can't be had are left for later. */
export async function endInterrupted({ written }: Pick<Stores, 'written'>): Promise<void> {
	for (const { id, out } of written.interrupted()) {
		const ended =
			!(await isTaken(out)) ||
			(await endLeftOvers(out).then(
				() => true,
				() => false,
			));
		if (ended) written.end(id, 'ended');
	}
}

type Finding = 'remove' | 'restore' | 'gone' | 'changed' | 'lost';

async function lookAt(written: Written, { artifacts }: Stores): Promise<Finding> {
	const { path, replaced } = written;
	const there = await isTaken(path);
	if (there && !(await sameBytes(written, path))) return replaced !== null && (await sameBytes(replaced, path)) ? 'gone' : 'changed';
	if (replaced === null) return there ? 'remove' : 'gone';
	return artifacts.has(replaced.content, replaced.bytes) ? 'restore' : 'lost';
}

interface TakingBack {
	/** Of the batch. */
	readonly id: string;
	readonly written: Written;
	readonly what: Finding;
	readonly stores: Stores;
	readonly desk: Desk;
}

/** A stage beside the results, opened when something is to be put back. */
class Desk {
	readonly #out: string;
	#stage: string | null = null;

	constructor(out: string) {
		this.#out = out;
	}

	async stage(): Promise<string> {
		this.#stage ??= (await openStage(this.#out)).path;
		return this.#stage;
	}

	async close(): Promise<void> {
		if (this.#stage !== null) await closeStage(this.#stage);
	}
}

async function takeBack({ id, written: { path, replaced }, what, stores: { artifacts, written }, desk }: TakingBack): Promise<void> {
	if (what === 'changed' || what === 'lost') return;
	if (what === 'remove') await rm(path);
	if (what === 'restore' && replaced !== null) {
		await makeFolders(dirname(path));
		await putBack(artifacts.path(replaced.content), path, await desk.stage());
	}
	written.forget(id, path);
}

/** Deepest first; one that holds something stays. */
async function removeFolders(folders: readonly string[]): Promise<string[]> {
	const removed: string[] = [];
	for (const folder of folders) {
		const done = await rmdir(folder).then(
			() => true,
			() => false,
		);
		if (done) removed.push(folder);
	}
	return removed;
}
