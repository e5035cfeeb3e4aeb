/** The budget that all work shares: cores, and memory as it was estimated. It says what starts next, and with how much. */

import type { WorkOptions } from '../engine/workers.ts';
import type { Reply, Request } from './messages.ts';

export interface Work {
	readonly id: number;
	readonly request: Request;
	readonly options: WorkOptions;
	/** Asked for, and once it has started: granted. */
	threads: number;
	/** Bytes that it is counted with. */
	readonly memory: number;
	readonly resolve: (reply: Reply) => void;
	readonly reject: (error: Error) => void;
}

/** How much there is to share. */
export interface Means {
	readonly cores: number;
	/** Bytes. */
	readonly memory: number;
}

/** How often work that came later may start before one that waits for memory. */
const PATIENCE = 8;
/** Share of the memory that interactive work may take beside everything else. */
const BESIDE = 1 / 8;

export class Budget {
	readonly #means: Means;
	readonly #running = new Set<Work>();
	readonly #waiting: { readonly interactive: Work[]; readonly batch: Work[] } = { interactive: [], batch: [] };
	readonly #overtaken = new WeakMap<Work, number>();

	constructor(means: Means) {
		this.#means = means;
	}

	/** What work is counted with: never more than there is, so that what is too large runs, but alone. */
	counted(options: WorkOptions): Pick<Work, 'threads' | 'memory'> {
		const { cores, memory } = this.#means;
		return { threads: Math.min(cores, Math.max(1, options.threads ?? 1)), memory: Math.min(memory, Math.max(0, options.memory ?? 0)) };
	}

	wait(work: Work): void {
		this.#waiting[work.options.priority ?? 'interactive'].push(work);
	}

	/** Takes out what waits no longer. */
	forget(work: Work): void {
		for (const queue of Object.values(this.#waiting)) if (queue.includes(work)) queue.splice(queue.indexOf(work), 1);
	}

	/** Takes out all that waits. */
	clear(): Work[] {
		return Object.values(this.#waiting).flatMap((queue) => queue.splice(0));
	}

	/**
	 * What starts now, which counts as running from here on; undefined: nothing may. Interactive work first, and it never waits for long work of
	 * others that holds all cores, or all memory: one of it may run beside. Work that could use more cores than are free takes those.
	 */
	next(): Work | undefined {
		const { interactive, batch } = this.#waiting;
		const work = this.#firstOf(interactive) ?? (interactive.length === 0 ? this.#firstOf(batch) : undefined);
		if (work === undefined) return undefined;
		this.forget(work);
		work.threads = Math.max(1, Math.min(work.threads, this.#freeCores()));
		this.#running.add(work);
		return work;
	}

	/** It has ended. */
	release(work: Work): void {
		this.#running.delete(work);
	}

	/* In the order in which they came; but work that fits needn't wait for work that doesn't, unless that has been overtaken too often. */
	#firstOf(queue: readonly Work[]): Work | undefined {
		const passed: Work[] = [];
		for (const work of queue) {
			if (!this.#hasCore(work)) continue;
			if (work.memory === 0) return work;
			if (passed.some((one) => this.#timesOvertaken(one) >= PATIENCE)) continue;
			if (this.#hasMemory(work)) {
				for (const one of passed) this.#overtaken.set(one, this.#timesOvertaken(one) + 1);
				return work;
			}
			passed.push(work);
		}
		return undefined;
	}

	#timesOvertaken(work: Work): number {
		return this.#overtaken.get(work) ?? 0;
	}

	#hasCore(work: Work): boolean {
		const free = this.#freeCores();
		return free > 0 || (free === 0 && this.#mayRunBeside(work));
	}

	#hasMemory(work: Work): boolean {
		const { memory } = this.#means;
		const used = sumOf(this.#running, (one) => one.memory);
		return used + work.memory <= memory || (used <= memory && work.memory <= memory * BESIDE && this.#mayRunBeside(work));
	}

	/* One run's pieces share the budget. */
	#mayRunBeside({ options }: Work): boolean {
		if ((options.priority ?? 'interactive') === 'batch') return false;
		return options.run === undefined || ![...this.#running].some((one) => one.options.run === options.run);
	}

	#freeCores(): number {
		return this.#means.cores - sumOf(this.#running, (one) => one.threads);
	}
}

function sumOf(all: Iterable<Work>, amount: (work: Work) => number): number {
	let sum = 0;
	for (const work of all) sum += amount(work);
	return sum;
}
