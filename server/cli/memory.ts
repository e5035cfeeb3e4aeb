/** What the ledger knows of batches of the same recipe over the same input into the same folder: which items failed and why, and what was written. */
import { randomUUID } from 'node:crypto';
import { resolve } from 'node:path';
import type { Recipe } from '../../nodes/graph.ts';
import type { Problem } from '../../nodes/problems.ts';
import type { BatchEvent, ItemResult } from '../batch/batch.ts';
import { type Failure, failuresOf, itemsOfCause } from '../batch/failures.ts';
import type { Item } from '../batch/items.ts';
import { Recorder } from '../batch/record.ts';
import { hashOf } from '../engine/canonical.ts';
import { ItemLedger } from '../stores/ledger.ts';
import { WrittenLedger } from '../stores/written.ts';
import { type Arguments, UsageError } from './arguments.ts';
import type { Session } from './session.ts';

interface Body {
	readonly outputs: readonly string[];
	readonly problems?: readonly Problem[];
}

export interface MemoryOptions {
	/** As it is without `--set`: what changes a parameter to mend a failure goes on with the same batch. */
	readonly recipe: Recipe;
	readonly out: string;
	readonly source: unknown;
}

export class BatchMemory {
	readonly #likeness: string;
	readonly #items: ItemLedger<Body>;
	readonly #written: WrittenLedger;
	readonly #options: MemoryOptions;
	readonly #session: Pick<Session, 'database' | 'artifacts'>;

	constructor(options: MemoryOptions, session: Pick<Session, 'database' | 'artifacts'>) {
		this.#options = options;
		this.#session = session;
		this.#likeness = hashOf({ recipe: options.recipe.graph, out: resolve(options.out), node: options.source });
		this.#items = new ItemLedger(session.database);
		this.#written = new WrittenLedger(session.database);
	}

	/** Items that failed last time, by cause. */
	failures(): Failure[] {
		const failed = this.#items.list(this.#likeness).filter(({ state }) => state === 'failed');
		return failuresOf(
			failed.map(({ item, body }) => ({ item, problems: body.problems ?? [{ type: 'bug', key: 'bug', values: { reason: '' } }] })),
			this.#options.recipe,
		);
	}

	/** Of all items those that `--failed-only`, `--only-failed-of` and `--limit` leave. */
	chosen(all: readonly Item[], { values, limit }: Arguments): readonly Item[] {
		const cause = values['only-failed-of'];
		const failures = values['failed-only'] || cause !== undefined ? this.failures() : null;
		if (failures === null) return limit === null ? all : all.slice(0, limit);
		const failed = itemsOfCause(failures, cause ?? '');
		const causes = failures.map((failure) => failure.cause);
		if (cause !== undefined && failed.size === 0)
			throw new UsageError(
				causes.length === 0
					? `Nothing of this batch failed, so there is no cause ${cause}.`
					: `Expected ${causes.join(' or ')} for --only-failed-of, got ${cause}.`,
			);
		const wanted = all.filter(({ item }) => failed.has(item));
		return limit === null ? wanted : wanted.slice(0, limit);
	}

	hear(event: BatchEvent): void {
		if (event.type === 'item' && event.result.state !== 'running') this.#note(event.result);
	}

	/** Begins a batch that can be undone; `goesOn`: under the id of the one that it goes on with. */
	record(goesOn: boolean): Recorder {
		const { recipe, out } = this.#options;
		const last = goesOn ? this.#written.last(this.#likeness) : null;
		const id = last !== null && last.state === 'ended' ? last.id : randomUUID().slice(0, 8);
		this.#written.begin({ id, name: recipe.name, out: resolve(out), likeness: this.#likeness });
		return new Recorder(id, { written: this.#written, artifacts: this.#session.artifacts });
	}

	/** @returns its id, if it wrote anything. */
	end({ id }: Recorder): string | null {
		this.#written.end(id, 'ended');
		return this.#written.find(id)?.id ?? null;
	}

	#note({ item, state, files, problems }: ItemResult): void {
		const body: Body = { outputs: files.map(({ path }) => path), ...(state === 'failed' ? { problems } : {}) };
		this.#items.put(this.#likeness, [{ item, state, body }]);
	}
}
