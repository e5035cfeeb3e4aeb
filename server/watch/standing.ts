/** A watch that stands while the server runs: it follows its folder, or goes through it when its time comes. */
import { type Problem, problemOf } from '../../nodes/problems.ts';
import { sourceNodes } from '../batch/inputs.ts';
import type { Found } from '../batch/walk.ts';
import type { Bindings, Engine } from '../engine/engine.ts';
import { Bell } from './bell.ts';
import { type Hand, nextTime, turn } from './cron.ts';
import type { Definition } from './definitions.ts';
import type { Memory } from './memory.ts';
import type { Place } from './scan.ts';
import { FolderWatch, PACE } from './watch.ts';

/** What the server knows of the world around a watch. Each throws what is wrong. */
export interface Around {
	places(definition: Definition): Promise<Place>;
	bindings(definition: Definition): Promise<Bindings>;
	allows(definition: Definition, found: Found): Promise<boolean>;
}

/** The clock is asked this often: it may be set, and the machine may sleep. */
const TICK = 10_000;

interface StandingParts {
	readonly memory: Memory;
	readonly engine: Engine;
	readonly around: Around;
	readonly keep: (definition: Definition) => void;
}

export class StandingWatch {
	readonly memory: Memory;
	readonly #watch: FolderWatch;
	readonly #keep: (definition: Definition) => void;
	#definition: Definition;
	readonly #bell = new Bell();
	#stop: AbortController | null = null;
	#over: Promise<void> = Promise.resolve();
	#hand: Hand | null = null;
	#running = false;
	#asked = false;
	#problem: Problem | null = null;

	/** @param keep writes down what changed of it */
	constructor(definition: Definition, { memory, engine, around, keep }: StandingParts) {
		const { recipe, node, pattern, recursive, name, existing, when } = definition;
		this.#definition = definition;
		this.memory = memory;
		this.#keep = keep;
		const plan = {
			recipe,
			node,
			kind: sourceNodes(recipe).find(({ id }) => id === node)?.kind ?? 'file',
			places: () => around.places(definition),
			bindings: () => around.bindings(definition),
			allows: (found: Found) => around.allows(definition, found),
			...(pattern === undefined ? {} : { pattern }),
			recursive,
			...(name === undefined ? {} : { name }),
			existing: existing === 'error' ? 'resume' : existing,
			pace: { settle: PACE.settle, every: when.type === 'folder' ? when.every * 1000 : PACE.every },
		} as const;
		this.#watch = new FolderWatch(plan, memory, engine, () => undefined);
	}

	get definition(): Definition {
		return this.#definition;
	}

	get state(): 'paused' | 'trouble' | 'working' | 'watching' | 'waiting' {
		if (this.definition.paused) return 'paused';
		if (this.#watch.counts.working > 0 || this.#running) return 'working';
		if (this.problem !== null) return 'trouble';
		return this.definition.when.type === 'schedule' ? 'waiting' : 'watching';
	}

	get counts(): { readonly done: number; readonly failed: number; readonly waiting: number } {
		const { waiting, working } = this.#watch.counts;
		return { ...this.memory.counts(), waiting: this.#stop === null ? 0 : Math.max(waiting, working) };
	}

	get problem(): Problem | null {
		return this.#watch.trouble ?? this.#problem;
	}

	/** When a schedule comes next. */
	get next(): Date | null {
		const { when, paused } = this.definition;
		if (when.type !== 'schedule' || paused) return null;
		try {
			return nextTime(when.cron, new Date());
		} catch {
			/* Its file was changed by hand; the problem is told. */
			return null;
		}
	}

	start(): void {
		if (this.definition.paused || this.#stop !== null) return;
		const stop = new AbortController();
		this.#stop = stop;
		const { when } = this.definition;
		const work = when.type === 'folder' ? this.#watch.follow(stop.signal) : this.#keepTime(when.cron, stop.signal);
		this.#over = work.catch((error) => {
			this.#problem = problemOf(error);
			if (this.#problem.type === 'bug') console.error(error);
		});
	}

	/** Nothing of it is under way when this ends. */
	async stop(): Promise<void> {
		this.#stop?.abort();
		this.#stop = null;
		await this.#over;
	}

	async pause(paused: boolean): Promise<void> {
		if (this.#definition.paused === paused) return;
		await this.stop();
		this.#change({ paused });
		this.start();
	}

	/** What failed is tried again; a schedule does so at once. */
	retry(): void {
		this.#watch.retry();
		this.now();
	}

	/** A schedule goes through its folder without waiting for its time. */
	now(): void {
		this.#asked = true;
		this.#bell.ring();
	}

	/* One after the other, so that a schedule never overlaps itself; a time that comes meanwhile is let pass. */
	async #keepTime(cron: string, signal: AbortSignal): Promise<void> {
		const next = (after: number) => nextTime(cron, new Date(after))?.getTime() ?? null;
		this.#hand = null;
		while (!signal.aborted) {
			const { due, hand } = turn(this.#hand, Date.now(), next);
			this.#hand = hand;
			if (due || this.#asked) await this.#go(signal);
			const left = hand.next === null ? TICK : hand.next - Date.now();
			await this.#bell.wait(10, Math.max(10, Math.min(TICK, left)), signal);
		}
	}

	async #go(signal: AbortSignal): Promise<void> {
		this.#asked = false;
		this.#running = true;
		try {
			await this.#watch.once(signal);
			this.#problem = null;
		} catch (error) {
			this.#problem = problemOf(error);
		} finally {
			this.#running = false;
			if (!signal.aborted) this.#change({ last: new Date().toISOString() });
		}
	}

	#change(change: Partial<Definition>): void {
		this.#definition = { ...this.#definition, ...change };
		this.#keep(this.#definition);
	}
}
