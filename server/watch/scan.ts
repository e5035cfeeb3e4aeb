/** One look through a watched folder: the files that are neither done, nor results, nor somebody's unfinished business. */
import { existsSync, statSync } from 'node:fs';
import { realpath, stat } from 'node:fs/promises';
import { dirname, sep } from 'node:path';
import { RunError } from '../../nodes/problems.ts';
import { suits } from '../batch/inputs.ts';
import { type Found, filesOf } from '../batch/walk.ts';
import { identityOf } from './identity.ts';
import type { Memory } from './memory.ts';
import { isTemporary, unfinishedNames } from './names.ts';
import { openForWriting } from './open-files.ts';
import type { Seen } from './settling.ts';
import type { WatchPlan } from './watch.ts';

/** Real paths. */
export interface Place {
	readonly folder: string;
	readonly out: string;
}

export interface Waiting extends Seen {
	readonly found: Found;
}

/** Files that are looked at side by side. */
const AT_ONCE = 32;

export class Scan {
	readonly #plan: Pick<WatchPlan, 'kind' | 'pattern' | 'recursive' | 'allows'>;
	readonly #memory: Memory;
	/** Files of another kind, as they were. */
	readonly #passedOver = new Map<string, Waiting>();

	constructor(plan: Pick<WatchPlan, 'kind' | 'pattern' | 'recursive' | 'allows'>, memory: Memory) {
		this.#plan = plan;
		this.#memory = memory;
	}

	get passedOver(): readonly Found[] {
		return [...this.#passedOver.values()].map(({ found }) => found);
	}

	/**
	 * What there is to do, and the folders to listen at.
	 * @throws RunError `watch.gone`: there is no such folder now.
	 */
	async look(place: Place, leaves: (item: string) => boolean): Promise<{ readonly seen: readonly Waiting[]; readonly folders: ReadonlySet<string> }> {
		const { pattern, recursive } = this.#plan;
		if (statSync(place.folder, { throwIfNoEntry: false })?.isDirectory() !== true) throw new RunError('watch.gone', { path: place.folder });
		const except = place.out === place.folder ? [] : [place.out];
		const all = filesOf(place.folder, { recursive, except, ...(pattern === undefined ? {} : { pattern }) }).filter(
			(one) => one.listed && !isTemporary(one.item),
		);
		const folders = new Set([place.folder, ...all.map(({ path }) => dirname(path))]);
		const open = all.filter(({ item }) => !leaves(item));
		const seen: Waiting[] = [];
		for (let i = 0; i < open.length; i += AT_ONCE) {
			const some = await Promise.all(open.slice(i, i + AT_ONCE).map((found) => this.#seen(found)));
			seen.push(...some.filter((one) => one !== null));
		}
		return { seen, folders };
	}

	/** Of settled files those to take; how many are held open by a program that writes. */
	async sift(settled: readonly Waiting[], { folder }: Place): Promise<{ readonly taken: readonly Waiting[]; readonly held: number }> {
		if (settled.length === 0) return { taken: [], held: 0 };
		const ready = settled.filter(({ found }) => !unfinishedNames(found.path).some((path) => existsSync(path)));
		const real = new Map<string, string>();
		for (const { found } of ready) real.set(found.item, await realpath(found.path).catch(() => found.path));
		const open = await openForWriting(new Set(real.values()));
		const closed = ready.filter(({ item }) => !open.has(real.get(item) ?? ''));
		const taken: Waiting[] = [];
		for (const one of closed) {
			if (await this.#takes(one.found, folder)) taken.push(one);
			else this.#passedOver.set(one.item, one);
		}
		return { taken, held: settled.length - closed.length };
	}

	async #seen(found: Found): Promise<Waiting | null> {
		const facts = await stat(found.path, { bigint: true }).catch(() => null);
		if (facts === null) return null;
		const identity = identityOf(facts);
		const { item } = found;
		const known = this.#memory.get(item);
		if (known?.state !== 'running' && known?.identity === identity) return null;
		if (this.#passedOver.get(item)?.identity === identity || this.#memory.isOwn(found.path, identity)) return null;
		return { found, item, identity, bytes: Number(facts.size) };
	}

	async #takes(found: Found, folder: string): Promise<boolean> {
		if ((await this.#plan.allows?.(found, folder)) === false) return false;
		try {
			return this.#plan.pattern !== undefined || suits(found, this.#plan.kind);
		} catch {
			/* It is gone, or may not be read: the next look or the run will tell. */
			return true;
		}
	}
}

/** Whether results can come to lie among the files that are taken. */
export function placesIn({ folder, out }: Place): boolean {
	return out === folder || folder.startsWith(out + sep);
}
