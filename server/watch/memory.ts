/** What a watch has done: by a file's path and identity, and by its content where it was only touched. Kept in the ledger, so that a restart does nothing twice. */
import { statSync } from 'node:fs';
import type { Problem } from '../../nodes/problems.ts';
import type { Earlier } from '../batch/batch.ts';
import type { ItemLedger } from '../stores/ledger.ts';
import { identityOf } from './identity.ts';

export interface Remembered {
	readonly identity: string;
	/** Null: could not be read. */
	readonly content: string | null;
	/** Results by path: as they were written; null: about to be. */
	readonly outputs: Readonly<Record<string, string | null>>;
	/** When it was done, for people. */
	readonly at: string;
	readonly problem: Problem | null;
}
export type Done = 'running' | 'done' | 'failed' | 'skipped';
interface Entry extends Remembered {
	readonly state: Done;
}

const NOTHING: Omit<Remembered, 'outputs'> = { identity: '', content: null, at: '', problem: null };

export class Memory implements Earlier {
	readonly #ledger: ItemLedger<Remembered>;
	readonly #watch: string;
	readonly #entries = new Map<string, Entry>();
	readonly #owners = new Map<string, string>();
	/** Results of batches that run: item → path → identity. */
	readonly #writing = new Map<string, Record<string, string | null>>();
	/** Of results that are being renewed: how they were. */
	readonly #before = new Map<string, string>();
	/** Intentions are written down at once: results lie where files are taken from. */
	careful = false;

	/** @param watch under which it is kept */
	constructor(ledger: ItemLedger<Remembered>, watch: string) {
		this.#ledger = ledger;
		this.#watch = watch;
		for (const { item, state, body } of ledger.list(watch)) this.#set(item, { ...body, state: doneOf(state) });
	}

	get(item: string): Entry | undefined {
		return this.#entries.get(item);
	}

	/** Newest first. */
	newest(count: number): readonly (Entry & { readonly item: string })[] {
		const all = [...this.#entries].flatMap(([item, entry]) => (entry.state === 'running' ? [] : [{ item, ...entry }]));
		return all.sort((a, b) => (a.at < b.at ? 1 : -1)).slice(0, count);
	}

	counts(): { readonly done: number; readonly failed: number } {
		let [done, failed] = [0, 0];
		for (const { state } of this.#entries.values()) {
			if (state === 'failed') failed++;
			else if (state !== 'running') done++;
		}
		return { done, failed };
	}

	/** Whether a file is a result of this watch, or is just becoming one. One that somebody changed since is theirs. */
	isOwn(path: string, identity: string): boolean {
		const written = this.#written(path);
		return written === null || written === identity;
	}

	ownerOf(path: string): string | null {
		const written = this.#written(path);
		return typeof written === 'string' && written === identityAt(path) ? (this.#owners.get(path) ?? null) : null;
	}

	/** Identity of a result; null: about to be written. */
	#written(path: string): string | null | undefined {
		const item = this.#owners.get(path);
		if (item === undefined) return undefined;
		const now = this.#writing.get(item)?.[path];
		return now === undefined ? this.#entries.get(item)?.outputs[path] : now;
	}

	/** Work on a file begins. */
	begin(item: string): void {
		this.#writing.set(item, {});
	}

	writing(item: string, path: string): void {
		const owner = this.#owners.get(path);
		if (owner !== undefined && owner !== item) return;
		const outputs = this.#writing.get(item) ?? {};
		const written = this.#written(path);
		if (typeof written === 'string') this.#before.set(path, written);
		outputs[path] = null;
		this.#writing.set(item, outputs);
		this.#owners.set(path, item);
		if (this.careful)
			this.#keep(item, { ...NOTHING, ...this.#entries.get(item), state: 'running', outputs: { ...this.#entries.get(item)?.outputs, ...outputs } });
	}

	wrote(item: string, path: string): void {
		const outputs = this.#writing.get(item) ?? {};
		outputs[path] = identityAt(path);
		this.#writing.set(item, outputs);
		this.#owners.set(path, item);
	}

	/** Work on a file is over; results of before that weren't written again stay its own. */
	finish(item: string, state: Done, facts: Omit<Remembered, 'outputs'>): void {
		this.#keep(item, { ...facts, state, outputs: this.#outputsOf(item) });
		this.#writing.delete(item);
	}

	/** Nothing is known of the file but what was known before. */
	abandon(item: string): void {
		const before = this.#entries.get(item);
		const outputs = this.#outputsOf(item);
		if (before !== undefined || Object.keys(outputs).length > 0) this.#keep(item, { ...NOTHING, ...before, state: 'running', outputs });
		this.#writing.delete(item);
	}

	/** The file was touched: the same content, seen at another time. */
	touch(item: string, identity: string): void {
		const entry = this.#entries.get(item);
		if (entry !== undefined) this.#keep(item, { ...entry, identity });
	}

	/** What failed may be tried again. */
	retry(): void {
		for (const [item, entry] of this.#entries) if (entry.state === 'failed') this.#keep(item, { ...entry, state: 'running', problem: null });
	}

	/** Written results, and those that were there before. An intention that came to nothing isn't one. */
	#outputsOf(item: string): Record<string, string | null> {
		const all = { ...this.#entries.get(item)?.outputs, ...this.#writing.get(item) };
		const written = Object.entries(all).flatMap(([path, identity]) => {
			const stays = identity ?? this.#before.get(path) ?? null;
			this.#before.delete(path);
			if (stays !== null && (identity !== null || identityAt(path) === stays)) return [[path, stays] as const];
			this.#owners.delete(path);
			return [];
		});
		return Object.fromEntries(written);
	}

	#keep(item: string, entry: Entry): void {
		this.#set(item, entry);
		const { state, ...body } = entry;
		this.#ledger.put(this.#watch, [{ item, state, body }]);
	}

	#set(item: string, entry: Entry): void {
		this.#entries.set(item, entry);
		for (const path of Object.keys(entry.outputs)) this.#owners.set(path, item);
	}
}

function doneOf(state: string): Done {
	return state === 'done' || state === 'failed' || state === 'skipped' ? state : 'running';
}

function identityAt(path: string): string | null {
	const found = statSync(path, { bigint: true, throwIfNoEntry: false });
	return found === undefined ? null : identityOf(found);
}
