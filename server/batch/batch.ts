/** A batch: one recipe over many items. Each item is looked at, run and committed on its own; one that fails costs nothing but itself. */
import { rm } from 'node:fs/promises';
import { basename } from 'node:path';
import { Cancelled, type Problem, problemOf } from '../../nodes/problems.ts';
import type { Bindings, Engine, Output, RunEvent, RunResult, Source } from '../engine/engine.ts';
import { commit, openStage } from './commit.ts';
import { foresee, onlyItem, stemOf } from './foresee.ts';
import { fileName, folderFor } from './names.ts';
import { Originals } from './originals.ts';
import { existing, type Predicted, type Saver, saversOf } from './predict.ts';
import type { BatchRequest, BatchResult, Counts, ItemResult, ItemState, WrittenFile } from './request.ts';
import type { Found } from './walk.ts';

export type * from './request.ts';

/** Runs a batch. What goes wrong is in the result. */
export async function runBatch(request: BatchRequest, engine: Engine): Promise<BatchResult> {
	return new Running(request, engine).go();
}

class Running {
	readonly #request: BatchRequest;
	readonly #engine: Engine;
	readonly #savers: readonly Saver[];
	readonly #results: ItemResult[];
	readonly #startedAt = performance.now();
	readonly #date = new Date();
	readonly #stop = new AbortController();
	readonly #tally: Record<ItemState, number> = { waiting: 0, running: 0, done: 0, cached: 0, failed: 0, skipped: 0 };
	readonly #originals: Originals;
	#stage = '';

	constructor(request: BatchRequest, engine: Engine) {
		this.#request = request;
		this.#engine = engine;
		this.#savers = saversOf(request.recipe, request.name);
		const bound = Object.values(request.bindings).flatMap((sources) => sources.map(({ path }) => path));
		this.#originals = new Originals(request.existing === 'overwrite' ? [...request.items.map(({ path }) => path), ...bound] : []);
		this.#results = this.#items().map(({ item }) => ({ item, state: 'waiting', files: [], answers: [], checks: [], problems: [] }));
		this.#tally.waiting = this.#results.length;
	}

	async go(): Promise<BatchResult> {
		const { predicted, problems } = foresee({ ...this.#request, items: this.#items() });
		if (problems.length > 0) return this.#result(problems);
		try {
			this.#stage = await openStage(this.#request.out);
		} catch (error) {
			return this.#result([problemOf(error)]);
		}
		try {
			await this.#all(predicted);
			return this.#result([]);
		} finally {
			await rm(this.#stage, { recursive: true, force: true });
		}
	}

	#items(): readonly Found[] {
		return this.#request.node === null ? [onlyItem(this.#request)] : this.#request.items;
	}

	async #all(predicted: readonly Predicted[]): Promise<void> {
		const items = this.#items();
		let next = 0;
		const lane = async (): Promise<void> => {
			for (let i = next++; i < items.length; i = next++) {
				const found = items[i];
				if (found === undefined || this.#stopped()) return;
				this.#settle(i, { ...this.#blank(i), state: 'running' });
				this.#settle(i, await this.#one(i, found, predicted[i]));
				if (this.#results[i]?.state === 'failed' && this.#request.stopOnError === true) this.#stop.abort();
			}
		};
		await Promise.all(Array.from({ length: Math.min(items.length, this.#request.jobs ?? 4) }, lane));
	}

	#stopped(): boolean {
		return this.#stop.signal.aborted || this.#request.signal?.aborted === true;
	}

	async #one(i: number, found: Found, predicted: Predicted | undefined): Promise<ItemResult> {
		const blank = this.#blank(i);
		if (this.#request.existing === 'skip' && predicted !== undefined && predicted.paths.length > 0 && existing([predicted]).length === predicted.paths.length)
			return { ...blank, state: 'skipped' };
		try {
			const { node } = this.#request;
			const bindings = node === null ? this.#request.bindings : { ...this.#request.bindings, [node]: [await this.#look(found)] };
			const run = await this.#run(bindings);
			if (run.state === 'cancelled') throw new Cancelled();
			const { files, fresh } = await this.#write(i, found, run.outputs, predicted?.suffix ?? '');
			const answers = run.outputs.filter((output) => !this.#savers.some((saver) => saver.node === output.node));
			const problems = run.state === 'failed' ? run.problems : [];
			const state = problems.length > 0 ? 'failed' : run.counts.groups === 0 || !fresh ? 'cached' : 'done';
			return { ...blank, state, files, answers, checks: run.checks, problems };
		} catch (error) {
			const problem = problemOf(error);
			return { ...blank, state: problem.type === 'cancelled' ? 'waiting' : 'failed', problems: problem.type === 'cancelled' ? [] : [problem] };
		}
	}

	#look(found: Found): Promise<Source> {
		return this.#engine.look(found.path, basename(found.item));
	}

	#run(bindings: Bindings): Promise<RunResult> {
		const { recipe, signal, timeout, onEvent } = this.#request;
		const single = this.#results.length === 1;
		return this.#engine.run({
			recipe,
			bindings,
			signal: signal === undefined ? this.#stop.signal : AbortSignal.any([signal, this.#stop.signal]),
			priority: this.#request.priority ?? 'batch',
			...(timeout === undefined ? {} : { timeout }),
			...(single && onEvent !== undefined ? { onEvent: (event: RunEvent) => onEvent({ type: 'run', event }) } : {}),
		});
	}

	/** Writes an item's results; with several, all of them or (on an error) none of the new ones is left half written. */
	async #write(
		i: number,
		found: Found,
		outputs: readonly Output[],
		suffix: string,
	): Promise<{ readonly files: readonly WrittenFile[]; readonly fresh: boolean }> {
		const files: WrittenFile[] = [];
		let fresh = false;
		for (const saver of this.#savers) {
			const own = outputs.filter((output) => output.node === saver.node);
			for (const [index, output] of own.entries()) {
				const path = `${folderFor(this.#request.out, found.item, this.#request.keepFolders ?? true)}/${this.#name(i, found, saver, { output, index: output.index === null ? null : index, count: own.length, suffix })}`;
				this.#originals.guard(path);
				const made = await commit(output.artifact, path, this.#stage, this.#request.existing);
				fresh ||= made;
				files.push({ path, output });
			}
		}
		return { files, fresh: fresh || files.length === 0 };
	}

	#name(
		i: number,
		found: Found,
		saver: Saver,
		{ output, index, count, suffix }: { output: Output; index: number | null; count: number; suffix: string },
	): string {
		const { metadata } = output.artifact;
		const extension = (metadata.kind === 'file' ? metadata.format : null) ?? saver.extension;
		const own = this.#request.node !== null || Object.keys(this.#request.bindings).length === 0;
		const stem = own ? stemOf(found.item) : output.stem;
		return fileName(saver.template, {
			stem,
			item: found.item,
			number: i + 1,
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
		return ((performance.now() - this.#startedAt) / 1000 / finished) * (total - finished - skipped);
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
