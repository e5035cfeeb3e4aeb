/** What a batch writes: item by item, or everything at its end. A result appears whole or not at all. */
import { randomUUID } from 'node:crypto';
import { rm, rmdir } from 'node:fs/promises';
import { basename, dirname, join, resolve } from 'node:path';
import { RunError } from '../../nodes/problems.ts';
import { type Bytes, isTaken, makeFolders, place, sameBytes, stageFile, writeError } from './files.ts';
import { type Move, moveAll } from './journal.ts';
import type { Recorder } from './record.ts';
import { closeStage, openStage } from './stage.ts';

/** What happens where a file is already; `resume`: the same bytes are fine, others are an error. */
export type Existing = 'error' | 'skip' | 'overwrite' | 'resume';
/** When results get their names: each item's as soon as it is done, or all of them when the batch has ended. */
export type CommitAt = 'item' | 'end';

export interface TransactionOptions {
	readonly out: string;
	readonly existing: Existing;
	readonly commit?: CommitAt | undefined;
	/** Notes what is written; absent: it can't be undone. */
	readonly record?: Recorder | undefined;
}

interface Staged extends Bytes {
	/** Absolute, in the stage. */
	readonly from: string;
	readonly to: string;
	readonly replace: boolean;
	/** It replaces a file with the same bytes, so that there is nothing to undo. */
	readonly same: boolean;
}

export class Transaction {
	readonly #options: TransactionOptions;
	readonly #stage: string;
	/** By where they go. */
	readonly #waiting = new Map<string, Staged>();

	/** @throws RunError `output.readonly`. */
	static async open(options: TransactionOptions): Promise<Transaction> {
		const { path, folders } = await openStage(resolve(options.out));
		options.record?.folders(folders);
		return new Transaction(options, path);
	}

	private constructor(options: TransactionOptions, stage: string) {
		this.#options = options;
		this.#stage = stage;
	}

	/**
	 * Writes one result, or makes it ready for the end.
	 * @param existing of this result, where it differs from the rest
	 * @returns false when there is nothing to write: the same bytes are there (`resume`), or any (`skip`).
	 * @throws RunError `output.exists`, `run.disk-full`.
	 */
	async write(result: Bytes & { readonly path: string }, path: string, existing: Existing = this.#options.existing): Promise<boolean> {
		const to = resolve(path);
		const { commit = 'item' } = this.#options;
		const same = (existing === 'resume' || existing === 'overwrite') && (await sameBytes(result, to));
		if (same && existing === 'resume') return false;
		if (existing !== 'overwrite' && (commit === 'end' || existing === 'skip') && (await isTaken(to))) {
			if (existing === 'skip') return false;
			throw new RunError('output.exists', { path: to });
		}
		if (this.#waiting.has(to)) throw new RunError('output.exists', { path: to });
		const staged = { from: join(this.#stage, randomUUID()), to, same, replace: existing === 'overwrite', content: result.content, bytes: result.bytes };
		if (commit === 'end') this.#waiting.set(to, staged);
		try {
			await stageFile(result.path, staged.from);
			return commit === 'end' || (await this.#name(staged));
		} catch (error) {
			this.#waiting.delete(to);
			await rm(staged.from, { force: true });
			throw writeError(error, to);
		}
	}

	/** Whether this result waits for the end. */
	waits(path: string): boolean {
		return this.#waiting.has(resolve(path));
	}

	/** Gives everything that waits its name; where one can't get it, none has it, and the reason is thrown. */
	async commit(onMove?: (index: number) => void): Promise<void> {
		const moves: Move[] = [];
		const folders: string[] = [];
		let at = '';
		try {
			for (const staged of this.#waiting.values()) {
				const { from, to, content, bytes, replace } = staged;
				at = to;
				folders.push(...(await makeFolders(dirname(to))));
				moves.push({ from: basename(from), to, content, bytes, replace, before: await this.#note(staged) });
			}
			this.#options.record?.folders(folders);
			await moveAll(moves, this.#stage, (index) => {
				at = moves[index]?.to ?? at;
				onMove?.(index);
			});
			this.#waiting.clear();
		} catch (error) {
			for (const { to } of moves) this.#options.record?.forget(to);
			for (const folder of folders.toReversed()) await rmdir(folder).catch(() => undefined);
			throw writeError(error, at);
		}
	}

	/** Removes what has no name yet. */
	async close(): Promise<void> {
		await closeStage(this.#stage);
	}

	async #name(staged: Staged): Promise<boolean> {
		const { record } = this.#options;
		const folders = await makeFolders(dirname(staged.to));
		record?.folders(folders);
		if (record !== undefined && !staged.same) await this.#note(staged);
		try {
			await place(staged.from, staged.to, staged.replace);
			return true;
		} catch (error) {
			record?.forget(staged.to);
			throw error;
		}
	}

	/** Notes what will be written. @returns where the bytes are kept that it replaces. */
	async #note({ to, content, bytes, replace, same }: Staged): Promise<string | null> {
		const { record } = this.#options;
		if (record === undefined || same) return replace ? this.#copyOf(to) : null;
		const replaced = replace ? await record.keep(to) : null;
		record.note([{ path: to, content, bytes, replaced }]);
		return replaced === null ? null : record.placeOf(replaced);
	}

	/** Name of a copy in the stage, for a batch that keeps no record. */
	async #copyOf(path: string): Promise<string | null> {
		const name = randomUUID();
		return (await isTaken(path)) ? stageFile(path, join(this.#stage, name)).then(() => name) : null;
	}
}
