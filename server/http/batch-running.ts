/** A batch under way: its view, its readers, its entry in the ledger. */
import { randomUUID } from 'node:crypto';
import { relative } from 'node:path';
import { problemOf } from '../../nodes/problems.ts';
import { type BatchEvent, type BatchResult, type ItemResult, runBatch } from '../batch/batch.ts';
import { type Cluster, clustersOf, tried } from '../batch/canary/cluster.ts';
import { failuresOf } from '../batch/failures.ts';
import { Gate } from '../batch/gate.ts';
import { sourceNodes } from '../batch/inputs.ts';
import { chosenOf, type Item } from '../batch/items.ts';
import type { PassedOver } from '../batch/pair.ts';
import { Recorder } from '../batch/record.ts';
import type { BatchBody, BatchStreamEvent, BatchView, ItemView, PassedOverView } from './api.ts';
import { canaryViews } from './batch-canary.ts';
import type { PlannedBatch } from './batch-plan.ts';
import { EventStream } from './events.ts';
import type { Context } from './services.ts';

/** The ledger's entry holds all items, so that it isn't written for each. What a crash loses of it is found again in the store. */
const RECORD_EVERY = 2000;

export class RunningBatch {
	readonly body: BatchBody;
	readonly stream: EventStream<BatchStreamEvent>;
	readonly #planned: PlannedBatch;
	readonly #context: Context;
	/** The batch under whose id is noted what it writes. */
	readonly writing: string;
	readonly #stop = new AbortController();
	readonly #gate = new Gate();
	#items: ItemView[] = [];
	#positions: ReadonlyMap<string, number> = new Map();
	#clusters: readonly Cluster[] = [];
	#head: Omit<BatchView, 'items'>;
	#recorded = 0;

	/** @param goesOn with the batch of this id: what both write is undone together */
	constructor(body: BatchBody, planned: PlannedBatch, context: Context, goesOn?: string) {
		this.body = body;
		this.#planned = planned;
		this.#context = context;
		const counts = { total: 0, done: 0, failed: 0, skipped: 0, cached: 0 };
		this.#head = {
			id: randomUUID(),
			name: planned.recipe.name,
			state: 'running',
			startedAt: new Date().toISOString(),
			counts,
			eta: null,
			seconds: null,
			...(planned.passedOver.length === 0 ? {} : { passedOver: passedOverViews(planned.passedOver) }),
		};
		this.writing = goesOn ?? this.#head.id;
		this.#show(chosenOf(planned));
		this.stream = new EventStream<BatchStreamEvent>({ state: () => ({ type: 'state', batch: this.view }) });
	}

	get view(): BatchView {
		return { ...this.#head, items: this.#items.slice() };
	}

	cancel(): void {
		this.#stop.abort();
	}

	/** What is under way ends; nothing new begins until it goes on. */
	pause(on: boolean): void {
		if (on) this.#gate.pause();
		else this.#gate.resume();
		this.#head = { ...this.#head, paused: on, eta: null };
		this.#record();
		this.stream.push({ type: 'state', batch: this.view });
	}

	async go(): Promise<void> {
		const { stores, engine } = this.#context;
		stores.written.begin({ id: this.writing, name: this.#head.name, out: this.#planned.out, likeness: this.writing });
		this.#record();
		try {
			const request = {
				...this.#planned,
				...(await this.#canary()),
				signal: this.#stop.signal,
				gate: this.#gate,
				record: new Recorder(this.writing, stores),
				onEvent: (event: BatchEvent) => this.#take(event),
			};
			this.#finish(await runBatch(request, engine));
		} catch (error) {
			this.#finish({ items: [], counts: this.#head.counts, seconds: 0, state: 'failed', problems: [problemOf(error)] });
		}
	}

	#show(items: readonly Item[]): void {
		this.#items = items.map(({ item }) => ({ item, state: 'waiting', outputs: [], problem: null }));
		this.#positions = new Map(items.map(({ item }, i) => [item, i]));
		this.#head = { ...this.#head, counts: { ...this.#head.counts, total: items.length } };
	}

	/** Looks at all items and chooses one of each kind. */
	async #canary(): Promise<Pick<PlannedBatch, 'only'>> {
		if (this.body.canary !== true) return {};
		const { engine } = this.#context;
		const kinds = Object.fromEntries(sourceNodes(this.#planned.recipe).map(({ id, kind }) => [id, kind]));
		this.#clusters = await clustersOf(chosenOf(this.#planned), kinds, engine, this.#stop.signal);
		this.#head = { ...this.#head, canary: canaryViews(this.#clusters, [], this.#context) };
		this.#show(tried(this.#clusters).map(({ item }) => item));
		this.stream.push({ type: 'state', batch: this.view });
		return { only: new Set(this.#items.map(({ item }) => item)) };
	}

	#take(event: BatchEvent): void {
		if (event.type !== 'item') return;
		const { result, counts, eta } = event;
		const item = this.#viewOf(result);
		const position = this.#positions.get(item.item);
		if (position !== undefined) this.#items[position] = item;
		this.#head = { ...this.#head, counts, eta };
		this.stream.push({ type: 'item', item, counts, eta }, item.item);
		if (performance.now() - this.#recorded > RECORD_EVERY) this.#record();
	}

	#finish({ state, counts, seconds, problems, items }: BatchResult): void {
		const [problem] = problems;
		// What stops a batch before its first item stops every item.
		if (problem !== undefined) for (const [i, item] of this.#items.entries()) this.#items[i] = { ...item, state: 'failed', problem };
		const failed = problem === undefined ? counts : { ...counts, failed: counts.total };
		const { paused: _, ...head } = this.#head;
		const failures = failuresOf(
			items.filter((item) => item.state === 'failed'),
			this.#planned.recipe,
		);
		const canary = this.body.canary === true ? { canary: canaryViews(this.#clusters, items, this.#context) } : {};
		this.#head = { ...head, state, counts: failed, seconds, eta: null, ...canary, ...(failures.length === 0 ? {} : { failures }) };
		this.#record();
		this.#noted();
		this.stream.end({ type: 'end', batch: this.view });
	}

	#viewOf({ item, state, files, problems, seconds }: ItemResult): ItemView {
		const outputs = files.map(({ path }) => relative(this.#planned.out, path));
		const problem = problems.find(({ key }) => key !== 'run.upstream') ?? problems[0] ?? null;
		return { item, state, outputs, problem, ...(seconds === undefined ? {} : { seconds }) };
	}

	#noted(): void {
		try {
			this.#context.stores.written.end(this.writing, 'ended');
		} catch (error) {
			console.error(error);
		}
	}

	/** The ledger's file may be closed before the batch has noticed that the server stops. */
	#record(): void {
		this.#recorded = performance.now();
		const { view, body } = this;
		try {
			this.#context.batches.put({ id: view.id, name: view.name, state: view.state, started: view.startedAt, body: { view, body, writing: this.writing } });
		} catch (error) {
			console.error(error);
		}
	}
}

export function passedOverViews(all: readonly PassedOver[]): PassedOverView[] {
	return all.map(({ found, input, reason }) => ({ item: found.item, input, reason }));
}
