/** A batch: one recipe over many items. Each item is looked at, run and committed on its own; one that fails costs nothing but itself. */
import { basename } from 'node:path';
import type { Recipe } from '../../nodes/graph.ts';
import { Cancelled, type Problem, problemOf } from '../../nodes/problems.ts';
import type { Bindings, Engine, Output, RunEvent, RunResult } from '../engine/engine.ts';
import { foresee } from './foresee.ts';
import { chosenOf, hasOwnName, type Item, pathOf, stemOf } from './items.ts';
import { fileName, folderFor } from './names.ts';
import { Originals } from './originals.ts';
import { existing, type Predicted, type Saver, SaversByItem } from './predict.ts';
import type { BatchRequest, BatchResult, Counts, ItemResult, ItemState, WrittenFile } from './request.ts';
import { withParams } from './settings.ts';
import { Transaction } from './transaction.ts';

export type * from './request.ts';

/** Runs a batch. What goes wrong is in the result. */
export async function runBatch(request: BatchRequest, engine: Engine): Promise<BatchResult> {
	return engine.during(() => new Running(request, engine).go());
}

class Running {
	readonly #request: BatchRequest;
	readonly #engine: Engine;
	readonly #items: readonly Item[];
	readonly #savers: SaversByItem;
	readonly #results: ItemResult[];
	readonly #startedAt = performance.now();
	readonly #date = new Date();
	readonly #stop = new AbortController();
	readonly #tally: Record<ItemState, number> = { waiting: 0, running: 0, done: 0, cached: 0, failed: 0, skipped: 0 };
	readonly #originals: Originals;
	readonly #signal: AbortSignal;

	constructor(request: BatchRequest, engine: Engine) {
		this.#request = request;
		this.#engine = engine;
		this.#signal = request.signal === undefined ? this.#stop.signal : AbortSignal.any([request.signal, this.#stop.signal]);
		this.#savers = new SaversByItem(request.recipe, request.name);
		this.#items = chosenOf(request);
		const bound = Object.values(request.bindings).flat();
		const own = this.#items.flatMap(({ files }) => Object.values(files));
		this.#originals = new Originals(request.existing === 'overwrite' ? [...own, ...bound].map(({ path }) => path) : []);
		this.#results = this.#items.map(({ item }) => ({ item, state: 'waiting', files: [], answers: [], checks: [], problems: [] }));
		this.#tally.waiting = this.#results.length;
	}

	async go(): Promise<BatchResult> {
		const { predicted, problems } = foresee(this.#request);
		if (problems.length > 0) return this.#result(problems);
		let transaction: Transaction;
		try {
			transaction = await Transaction.open(this.#request);
		} catch (error) {
			return this.#result([problemOf(error)]);
		}
		try {
			await this.#all(predicted, transaction);
			return this.#result(await this.#end(transaction));
		} finally {
			await transaction.close();
		}
	}

	/** Names what waits for the end. Where the batch was stopped, or that fails, none of it appears. */
	async #end(transaction: Transaction): Promise<readonly Problem[]> {
		const waiting = [...this.#results.entries()].filter(([, { files }]) => files.some(({ path }) => transaction.waits(path)));
		let problems: readonly Problem[] = [];
		try {
			if (!this.#signal.aborted) {
				await transaction.commit();
				for (const [, { item, files }] of waiting) for (const { path } of files) this.#request.earlier?.wrote(item, path);
				return [];
			}
		} catch (error) {
			problems = [problemOf(error)];
		}
		for (const [i, result] of waiting) {
			const files = result.files.filter(({ path }) => !transaction.waits(path));
			this.#settle(i, result.state === 'failed' ? { ...result, files } : { ...this.#blank(i), files });
		}
		return problems;
	}

	async #all(predicted: readonly Predicted[], transaction: Transaction): Promise<void> {
		const items = this.#items;
		let next = 0;
		const lane = async (): Promise<void> => {
			for (let i = next++; i < items.length; i = next++) {
				const item = items[i];
				await this.#request.gate?.passed(this.#signal);
				if (item === undefined || this.#signal.aborted) return;
				const since = performance.now();
				this.#settle(i, { ...this.#blank(i), state: 'running' });
				const result = await this.#one(i, item, predicted[i], transaction);
				this.#settle(i, { ...result, seconds: (performance.now() - since) / 1000 });
				if (this.#results[i]?.state === 'failed' && this.#request.stopOnError === true) this.#stop.abort();
			}
		};
		await Promise.all(Array.from({ length: Math.min(items.length, this.#request.jobs ?? 4) }, lane));
	}

	async #one(i: number, item: Item, predicted: Predicted | undefined, transaction: Transaction): Promise<ItemResult> {
		const blank = this.#blank(i);
		if (this.#request.existing === 'skip' && predicted !== undefined && this.#isThere(item, predicted)) return { ...blank, state: 'skipped' };
		try {
			const run = await this.#run(withParams(this.#request.recipe, item.settings ?? {}), { ...this.#request.bindings, ...(await this.#look(item)) });
			if (run.state === 'cancelled') throw new Cancelled();
			const { files, fresh } = await this.#write(i, item, run.outputs, { suffix: predicted?.suffix ?? '', transaction });
			const savers = this.#savers.of(item);
			const answers = run.outputs.filter((output) => !savers.some((saver) => saver.node === output.node));
			const problems = run.state === 'failed' ? run.problems : [];
			const state = problems.length > 0 ? 'failed' : run.counts.groups === 0 || !fresh ? 'cached' : 'done';
			return { ...blank, state, files, answers, checks: run.checks, problems };
		} catch (error) {
			const problem = problemOf(error);
			return { ...blank, state: problem.type === 'cancelled' ? 'waiting' : 'failed', problems: problem.type === 'cancelled' ? [] : [problem] };
		}
	}

	async #look({ files }: Item): Promise<Bindings> {
		const looks = Object.entries(files).map(async ([node, found]) => [node, [await this.#engine.look(found.path, basename(found.item))]] as const);
		return Object.fromEntries(await Promise.all(looks));
	}

	#run(recipe: Recipe, bindings: Bindings): Promise<RunResult> {
		const { timeout, onEvent } = this.#request;
		const single = this.#results.length === 1;
		return this.#engine.run({
			recipe,
			bindings,
			signal: this.#signal,
			priority: this.#request.priority ?? 'batch',
			...(timeout === undefined ? {} : { timeout }),
			...(single && onEvent !== undefined ? { onEvent: (event: RunEvent) => onEvent({ type: 'run', event }) } : {}),
		});
	}

	/** Writes an item's results; with several, all of them or (on an error) none of the new ones is left half written. */
	async #write(
		i: number,
		item: Item,
		outputs: readonly Output[],
		{ suffix, transaction }: { readonly suffix: string; readonly transaction: Transaction },
	): Promise<{ readonly files: readonly WrittenFile[]; readonly fresh: boolean }> {
		const files: WrittenFile[] = [];
		let fresh = false;
		for (const saver of this.#savers.of(item)) {
			const own = outputs.filter((output) => output.node === saver.node);
			for (const [index, output] of own.entries()) {
				const path = `${folderFor(this.#request.out, pathOf(item), this.#request.keepFolders ?? true)}/${this.#name(i, item, saver, { output, index: output.index === null ? null : index, count: own.length, suffix })}`;
				this.#originals.guard(path);
				const made = await this.#commit(item, output, { path, transaction });
				fresh ||= made;
				files.push({ path, output });
			}
		}
		return { files, fresh: fresh || files.length === 0 };
	}

	/** Whether all that an item would write is there, and isn't its own of earlier. */
	#isThere({ item }: Item, predicted: Predicted): boolean {
		const { paths } = predicted;
		return paths.length > 0 && existing([predicted]).length === paths.length && !paths.some((path) => this.#request.earlier?.ownerOf(path) === item);
	}

	async #commit({ item }: Item, { artifact }: Output, { path, transaction }: { readonly path: string; readonly transaction: Transaction }): Promise<boolean> {
		const { earlier, existing: rule } = this.#request;
		const renews = earlier?.ownerOf(path) === item;
		earlier?.writing(item, path);
		const made = await transaction.write(artifact, path, renews ? 'overwrite' : rule);
		if ((made || renews || rule === 'resume') && !transaction.waits(path)) earlier?.wrote(item, path);
		return made;
	}

	#name(
		i: number,
		item: Item,
		saver: Saver,
		{ output, index, count, suffix }: { output: Output; index: number | null; count: number; suffix: string },
	): string {
		const { metadata } = output.artifact;
		const extension = (metadata.kind === 'file' ? metadata.format : null) ?? saver.extension;
		const own = hasOwnName(item) || Object.keys(this.#request.bindings).length === 0;
		const stem = own ? stemOf(item) : output.stem;
		return fileName(saver.template, {
			stem,
			item: pathOf(item),
			...(item.columns === undefined ? {} : { columns: item.columns }),
			number: item.number ?? i + 1,
			index: index === null ? null : index + 1,
			count,
			extension,
			metadata,
			date: this.#date,
			suffix,
		});
	}

	#blank(i: number): ItemResult {
		return { item: this.#results[i]?.item ?? '', state: 'waiting', files: [], answers: [], checks: [], problems: [] };
	}

	#settle(i: number, result: ItemResult): void {
		const before = this.#results[i];
		if (before !== undefined) this.#tally[before.state]--;
		this.#tally[result.state]++;
		this.#results[i] = result;
		this.#request.onEvent?.({ type: 'item', result, counts: this.#counts(), eta: this.#eta() });
	}

	#counts(): Counts {
		const { done, cached, failed, skipped } = this.#tally;
		return { total: this.#results.length, done: done + cached, failed, skipped, cached };
	}

	#eta(): number | null {
		const { total, done, failed, skipped } = this.#counts();
		const finished = done + failed;
		if (finished < 2) return null;
		const running = performance.now() - this.#startedAt - (this.#request.gate?.held ?? 0);
		return (running / 1000 / finished) * (total - finished - skipped);
	}

	#result(problems: readonly Problem[]): BatchResult {
		const counts = this.#counts();
		const cancelled = this.#request.signal?.aborted === true;
		const state = cancelled
			? 'cancelled'
			: problems.length > 0 || (counts.failed > 0 && counts.done + counts.skipped === 0)
				? 'failed'
				: counts.failed > 0 || this.#stop.signal.aborted
					? 'partial'
					: 'done';
		return { items: this.#results, counts, seconds: (performance.now() - this.#startedAt) / 1000, state, problems };
	}
}
