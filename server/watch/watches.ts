/** All watches of a home folder: kept as files, started with the server. */
import { randomUUID } from 'node:crypto';
import { sep } from 'node:path';
import { GraphError } from '../../nodes/problems.ts';
import type { Engine } from '../engine/engine.ts';
import type { Database } from '../stores/database.ts';
import { ItemLedger } from '../stores/ledger.ts';
import { nextTime } from './cron.ts';
import { type Definition, DefinitionFolder } from './definitions.ts';
import { Memory, type Remembered } from './memory.ts';
import { placesIn } from './scan.ts';
import { type Around, StandingWatch } from './standing.ts';

export type NewWatch = Omit<Definition, 'id' | 'created' | 'paused' | 'last'>;

export class Watches {
	readonly #engine: Engine;
	readonly #ledger: ItemLedger<Remembered>;
	readonly #folder: DefinitionFolder;
	readonly #standing = new Map<string, StandingWatch>();
	#around: Around | null = null;

	/** @param folder where the files lie */
	constructor({ engine, database, folder }: { readonly engine: Engine; readonly database: Database; readonly folder: string }) {
		this.#engine = engine;
		this.#ledger = new ItemLedger(database);
		this.#folder = new DefinitionFolder(folder);
	}

	/** Starts what is kept, but for what is paused. */
	start(around: Around): void {
		this.#around = around;
		for (const definition of this.#folder.list()) {
			try {
				this.#stand(definition);
			} catch (error) {
				/* One that can't be must not keep the others, or the server, from starting. */
				console.error(`the watch ${definition.id} could not be started:`, error);
			}
		}
	}

	/** Oldest first. */
	list(): readonly StandingWatch[] {
		return [...this.#standing.values()];
	}

	get(id: string): StandingWatch | null {
		return this.#standing.get(id) ?? null;
	}

	/**
	 * Keeps and starts a watch.
	 * @throws GraphError for a time that isn't one, for results that could replace originals, and for a circle of watches.
	 */
	add(watch: NewWatch): StandingWatch {
		const { when, shown, existing } = watch;
		if (when.type === 'schedule' && nextTime(when.cron, new Date()) === null) throw new GraphError('watch.never', { value: when.cron });
		if (existing === 'overwrite' && placesIn({ folder: shown.from, out: shown.to })) throw new GraphError('watch.overwrite', { path: shown.from });
		const circle = this.#circle(watch);
		if (circle !== null) throw new GraphError('watch.circle', { name: circle.recipe.name });
		const definition: Definition = { ...watch, id: randomUUID(), created: new Date().toISOString(), paused: false, last: null };
		this.#folder.put(definition);
		return this.#stand(definition);
	}

	/** What it did is forgotten; its results stay. */
	async remove(id: string): Promise<void> {
		const standing = this.get(id);
		this.#standing.delete(id);
		this.#folder.remove(id);
		await standing?.stop();
		this.#ledger.drop(id);
	}

	async close(): Promise<void> {
		await Promise.all(this.list().map((standing) => standing.stop()));
	}

	#stand(definition: Definition): StandingWatch {
		const around = this.#around;
		if (around === null) throw new Error('watches are added after the start');
		const memory = new Memory(this.#ledger, definition.id);
		const standing = new StandingWatch(definition, { memory, engine: this.#engine, around, keep: (changed) => this.#folder.put(changed) });
		this.#standing.set(definition.id, standing);
		standing.start();
		return standing;
	}

	/** The watch that would bring this one's results back into the folder that it takes its files from. */
	#circle(watch: NewWatch): Definition | null {
		const all = this.list().map(({ definition }) => definition);
		const reached = new Set<Definition>();
		const queue: NewWatch[] = [watch];
		for (let one = queue.pop(); one !== undefined; one = queue.pop()) {
			const from = one;
			const fed = all.filter((other) => !reached.has(other) && other !== from && feeds(from, other));
			for (const other of fed) {
				if (feeds(other, watch)) return other;
				reached.add(other);
				queue.push(other);
			}
		}
		return null;
	}
}

/** Whether results of one lie where the other takes files. */
function feeds(one: NewWatch, other: NewWatch): boolean {
	const { to } = one.shown;
	const { from } = other.shown;
	const isOut = other.shown.to !== from && (to === other.shown.to || to.startsWith(other.shown.to + sep));
	return to === from || (other.recursive && to.startsWith(from + sep) && !isOut);
}
