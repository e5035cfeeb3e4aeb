/** A folder that is watched: each file that has settled there is run through a recipe once. What waits, waits by monotonic timers. */
import type { Kind } from '../../nodes/define.ts';
import type { Recipe } from '../../nodes/graph.ts';
import { type Problem, problemOf } from '../../nodes/problems.ts';
import type { BatchRequest, ItemResult } from '../batch/batch.ts';
import type { Found } from '../batch/walk.ts';
import type { Bindings, Engine } from '../engine/engine.ts';
import { Bell } from './bell.ts';
import { Ears } from './ears.ts';
import type { Memory } from './memory.ts';
import { type Place, placesIn, Scan } from './scan.ts';
import { Settling } from './settling.ts';
import { work } from './work.ts';

export interface WatchPlan extends Pick<BatchRequest, 'recipe' | 'name' | 'jobs' | 'timeout'> {
	readonly recipe: Recipe;
	/** The source node (of one value) that gets the files, and the kind that it reads. */
	readonly node: string;
	readonly kind: Kind;
	/** Where files come from and results go to, as real paths; asked each time. @throws what is wrong with them. */
	readonly places: () => Promise<Place>;
	/** Files of the other source nodes. */
	readonly bindings: () => Promise<Bindings>;
	readonly pattern?: string;
	readonly recursive: boolean;
	/** `resume`: a file that stands where a result would go is an error, unless it holds the same bytes or is an older result of the same file. */
	readonly existing: 'resume' | 'skip' | 'overwrite';
	/** Whether a file may be read at all. */
	readonly allows?: (found: Found, folder: string) => Promise<boolean>;
	/** Milliseconds. */
	readonly pace: Pace;
}

export interface Pace {
	/** A file is taken when it has been the same for so long. */
	readonly settle: number;
	/** The folder is looked through at least this often. */
	readonly every: number;
}

export const PACE: Pace = { settle: 2000, every: 10_000 };
/** Batches under way at once, so that a film doesn't hold up the pictures. */
const AT_ONCE = 3;
/** Events come in swarms: between two looks there is a pause, the longer the longer a look takes. */
const PAUSE = 250;
const SHARE = 4;

export type WatchEvent =
	| { readonly type: 'item'; readonly result: ItemResult }
	/** The watch as a whole can't do its work, and goes on trying; null: it can again. */
	| { readonly type: 'trouble'; readonly problem: Problem | null };

export class FolderWatch {
	readonly #plan: WatchPlan;
	readonly #memory: Memory;
	readonly #engine: Engine;
	readonly #hear: (event: WatchEvent) => void;
	readonly #settling: Settling;
	readonly #scan: Scan;
	readonly #bell = new Bell();
	readonly #busy = new Set<string>();
	readonly #batches = new Set<Promise<void>>();
	#trouble: Problem | null = null;

	constructor(plan: WatchPlan, memory: Memory, engine: Engine, hear: (event: WatchEvent) => void) {
		this.#plan = plan;
		this.#memory = memory;
		this.#engine = engine;
		this.#hear = hear;
		this.#settling = new Settling(plan.pace.settle);
		this.#scan = new Scan(plan, memory);
	}

	/** Files that haven't settled, and files that are being worked on. */
	get counts(): { readonly waiting: number; readonly working: number } {
		return { waiting: this.#settling.count, working: this.#busy.size };
	}

	/** Files of another kind than the recipe reads. */
	get passedOver(): readonly Found[] {
		return this.#scan.passedOver;
	}

	get trouble(): Problem | null {
		return this.#trouble;
	}

	/** What failed is tried again. */
	retry(): void {
		this.#memory.retry();
		this.#bell.ring();
	}

	/** Until stopped. Nothing is under way when it ends. */
	async follow(signal: AbortSignal): Promise<void> {
		const ears = new Ears(() => this.#bell.ring());
		try {
			while (!signal.aborted) {
				const { every } = this.#plan.pace;
				const startedAt = performance.now();
				try {
					const { next, folders } = await this.#round(signal, null);
					ears.at(folders);
					await this.#bell.wait(Math.max(PAUSE, SHARE * (performance.now() - startedAt)), Math.min(next ?? every, every), signal);
				} catch (error) {
					ears.at(new Set());
					this.#tell(problemOf(error));
				}
				if (this.#trouble !== null) await this.#bell.wait(every, every, signal);
			}
		} finally {
			ears.close();
			await Promise.all(this.#batches);
		}
	}

	/**
	 * What is there now, each file once it has settled. One that a program keeps open for writing is left for another time.
	 * @throws what keeps it from working at all.
	 */
	async once(signal: AbortSignal): Promise<void> {
		this.#tell(null);
		let only: ReadonlySet<string> | null = null;
		try {
			while (!signal.aborted && this.#trouble === null) {
				const round = await this.#round(signal, only ?? 'all');
				only ??= round.items;
				if (round.next === null && this.#batches.size === 0) break;
				await (round.next === null ? Promise.race(this.#batches) : this.#bell.wait(1, round.next, signal));
			}
		} finally {
			await Promise.all(this.#batches);
		}
	}

	/** @param only the items that count; `null`: all, and those that are held open are waited for. */
	async #round(
		signal: AbortSignal,
		only: ReadonlySet<string> | 'all' | null,
	): Promise<{ next: number | null; folders: ReadonlySet<string>; items: ReadonlySet<string> }> {
		const now = performance.now();
		const place = await this.#plan.places();
		this.#memory.careful = placesIn(place);
		const { seen, folders } = await this.#scan.look(place, (item) => this.#busy.has(item) || (only instanceof Set && !only.has(item)));
		const { settled, next } = this.#settling.look(seen, now);
		const { taken, held } = await this.#scan.sift(settled, place);
		const free = this.#batches.size < AT_ONCE ? taken : [];
		if (free.length > 0)
			this.#begin(
				free.map(({ found }) => found),
				place,
				signal,
			);
		const left = (only === null && held > 0) || free.length < taken.length;
		if (this.#batches.size === 0 && taken.length === 0) this.#tell(null);
		return { next: left ? Math.min(next ?? this.#plan.pace.settle, this.#plan.pace.settle) : next, folders, items: new Set(seen.map(({ item }) => item)) };
	}

	#begin(files: readonly Found[], place: Place, signal: AbortSignal): void {
		for (const { item } of files) this.#busy.add(item);
		const parts = { plan: this.#plan, memory: this.#memory, engine: this.#engine };
		const batch = work(files, place, parts, (result) => this.#hear({ type: 'item', result }), signal)
			.then((problem) => this.#tell(problem))
			.catch((error) => this.#tell(problemOf(error)))
			.finally(() => {
				for (const { item } of files) this.#busy.delete(item);
				this.#batches.delete(batch);
				this.#bell.ring();
			});
		this.#batches.add(batch);
	}

	#tell(problem: Problem | null): void {
		const same = problem?.key === this.#trouble?.key && JSON.stringify(problem?.values) === JSON.stringify(this.#trouble?.values);
		this.#trouble = problem;
		if (!same) this.#hear({ type: 'trouble', problem });
	}
}
