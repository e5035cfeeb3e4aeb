/** One run: derive what is known, make what blocks the rest, until everything that somebody wants to see exists. */
import { specOf } from '../../nodes/catalogue.ts';
import type { Checked } from '../../nodes/check.ts';
import type { Metadata, Seen } from '../../nodes/define.ts';
import { endpoint, type Recipe } from '../../nodes/graph.ts';
import { listOf } from '../../nodes/inference.ts';
import { KIND_TITLES, wideningTo } from '../../nodes/kinds.ts';
import { GraphError, type Problem, problemOf } from '../../nodes/problems.ts';
import { checked } from './checked.ts';
import { testChecks } from './checks.ts';
import { type Derived, type Deriving, derive } from './derive.ts';
import type { Bindings, Output, RunRequest, RunResult, Source } from './engine.ts';
import { artifactOf } from './finished.ts';
import type { Making } from './making.ts';
import { materialise } from './materialise.ts';
import { excerpted, type Factors, proxied, scaledParams, viewed } from './preview.ts';
import type { Lineage } from './stores.ts';
import { Tracker } from './track.ts';
import { type Slot, sourceValue, type Value } from './values.ts';

export type Parts = Omit<Making, 'tracker' | 'signal' | 'priority' | 'timeout' | 'counts' | 'memory'> & { readonly lineage: Lineage };

/** More rounds than any sensible graph has lists of unknown length behind each other. */
const MAX_ROUNDS = 50;
const TIMEOUT = 3600;

export async function run(request: RunRequest, parts: Parts): Promise<RunResult> {
	const startedAt = performance.now();
	const tracker = new Tracker(request.onEvent ?? (() => {}));
	const making: Making = {
		...parts,
		tracker,
		signal: request.signal ?? new AbortController().signal,
		priority: request.priority ?? 'interactive',
		timeout: request.timeout ?? TIMEOUT,
		counts: { groups: 0, made: 0 },
		memory: request.priority === 'batch' || request.quality === 'preview' ? null : { recipe: request.recipe.name, lineage: parts.lineage },
	};
	const running = new Running(request, making);
	const problems = await running.go().catch((error: unknown) => [problemOf(error)]);
	for (const problem of problems) tracker.fail(problem);
	const outputs = running.outputs();
	const seconds = (performance.now() - startedAt) / 1000;
	const counts = { ...making.counts, cached: outputs.length === 0 || making.counts.groups > 0 ? 0 : outputs.length };
	const checks = problems.length > 0 || request.quality === 'preview' ? [] : await testChecks(request.recipe.checks ?? [], outputs, parts.workers);
	const base = { nodes: tracker.states, outputs, checks, seconds, counts };
	if (making.signal.aborted) return { ...base, state: 'cancelled' };
	const real = problems.filter((problem) => problem.type !== 'cancelled');
	return real.length > 0 ? { ...base, state: 'failed', problems: real } : { ...base, state: 'done' };
}

class Running {
	readonly #request: RunRequest;
	readonly #making: Making;
	readonly #checked: Checked;
	readonly #observed: ReadonlySet<string>;
	readonly #factors: Factors = new Map();
	#derived: Derived | null = null;

	constructor(request: RunRequest, making: Making) {
		this.#request = request;
		this.#making = making;
		this.#checked = checked(request.recipe.graph, seenOfBindings(request.recipe, request.bindings));
		this.#observed = new Set(request.observe ?? observersOf(this.#checked));
	}

	async go(): Promise<readonly Problem[]> {
		const concerned = upstreamOf(this.#looking(), this.#request.recipe);
		const problems = this.#checked.problems.filter((problem) => problem.node === undefined || concerned.has(problem.node));
		if (problems.length > 0) return problems;
		if (this.#observed.size === 0) throw new GraphError('graph.empty');
		const sources = this.#sources(concerned);
		const checked = { ...this.#checked, nodes: this.#checked.nodes.filter((node) => concerned.has(node.id)) };
		for (let round = 0; round < MAX_ROUNDS; round++) {
			const derived = derive({ checked, sources, known: (key) => this.#making.results.get(key), ...this.#adjust() });
			this.#derived = derived;
			if (derived.problems.length > 0) return derived.problems;
			const waiting = [...derived.blockedBy, ...this.#pending(derived)];
			const blocked = waiting.length > 0;
			const wanted = blocked ? waiting : this.#wanted(derived).flatMap((one) => one.value);
			const failed = await materialise([...this.#lasting(sources, wanted), ...wanted], this.#making);
			if (failed.length > 0 || this.#making.signal.aborted) {
				this.#settle(derived, failed);
				return failed;
			}
			if (!blocked) {
				this.#settle(derived, []);
				return [];
			}
		}
		throw new Error('lists of unknown length do not settle');
	}

	/** Nodes whose problems matter: who looks, also where what is wrong keeps them from being checked; everything when nobody does. */
	#looking(): ReadonlySet<string> {
		const { nodes } = this.#request.recipe.graph;
		if (this.#request.observe !== undefined) return new Set(this.#request.observe);
		const savers = Object.entries(nodes).flatMap(([id, node]) => (specOf(node.spec)?.saves === true && node.muted !== true ? [id] : []));
		const answers = [...this.#observed].filter((id) => specOf(nodes[id]?.spec ?? '')?.answers === true);
		return savers.length + answers.length > 0 ? new Set([...savers, ...answers]) : new Set(Object.keys(nodes));
	}

	/** What was asked for, as far as it exists. */
	outputs(): Output[] {
		if (this.#derived === null) return [];
		return this.#wanted(this.#derived).flatMap(({ node, port, index, value }) => {
			const artifact = artifactOf(value, this.#making.results, this.#making.artifacts);
			return artifact === null ? [] : [{ node, port, index, artifact, stem: value.stem }];
		});
	}

	#adjust(): Pick<Deriving, 'adjust' | 'entering'> {
		return this.#request.quality === 'preview' ? { adjust: (node, inputs) => scaledParams(node, inputs, this.#factors), entering: excerpted } : {};
	}

	#wanted(derived: Derived): { node: string; port: string; index: number | null; value: Value }[] {
		const preview = this.#request.quality === 'preview';
		return this.#checked.nodes.flatMap((node) => {
			if (!this.#observed.has(node.id)) return [];
			return Object.keys(node.outputs).flatMap((port) => {
				const slot = derived.slots.get(`${node.id}.${port}`);
				if (slot === undefined || 'pending' in slot) return [];
				const values = 'value' in slot ? [slot.value] : slot.values;
				return values.map((value, i) => ({ node: node.id, port, index: slot.many ? i : null, value: preview ? viewed(value, node.id) : value }));
			});
		});
	}

	/** Stand-ins of sources that are kept, when something is to be made at all. */
	#lasting(sources: ReadonlyMap<string, Slot>, wanted: readonly Value[]): Value[] {
		const { results, artifacts } = this.#making;
		if (wanted.every((value) => artifactOf(value, results, artifacts) !== null)) return [];
		const values = [...sources.values()].flatMap((slot) => ('value' in slot ? [slot.value] : 'values' in slot ? slot.values : []));
		return values.filter(({ origin }) => origin.type === 'made' && origin.call.spec.lasting === true);
	}

	/** Lists that somebody looks at and whose length isn't known yet. */
	#pending(derived: Derived): Value[] {
		return this.#checked.nodes
			.filter((node) => this.#observed.has(node.id))
			.flatMap((node) => Object.keys(node.outputs).flatMap((port) => derived.slots.get(`${node.id}.${port}`) ?? []))
			.flatMap((slot) => ('pending' in slot ? slot.pending : []));
	}

	/** States of nodes that made nothing this time. */
	#settle(derived: Derived, failed: readonly Problem[]): void {
		const broken = new Set(failed.flatMap((problem) => problem.node ?? []));
		for (const { node, port, value } of this.#wanted(derived)) {
			const artifact = artifactOf(value, this.#making.results, this.#making.artifacts);
			const state = this.#making.tracker.state(node)?.state;
			if (artifact !== null && state === undefined) this.#making.tracker.cached(node, port, [artifact]);
		}
		for (const node of this.#checked.nodes) {
			const state = this.#making.tracker.state(node.id)?.state;
			const culprit = Object.values(node.feeds)
				.flat()
				.find((end) => broken.has(end.node));
			if (culprit !== undefined && !broken.has(node.id)) {
				broken.add(node.id);
				this.#making.tracker.set(node.id, { state: 'skipped', because: culprit.node });
			} else if (failed.length === 0 && (state === undefined || state === 'waiting') && derived.slots.has(`${node.id}.${Object.keys(node.outputs)[0]}`)) {
				this.#making.tracker.set(node.id, { state: 'done', from: 'cache', seconds: 0, outputs: {} });
			}
		}
	}

	#sources(concerned: ReadonlySet<string>): ReadonlyMap<string, Slot> {
		const nodes = this.#checked.nodes.filter((node) => concerned.has(node.id));
		const slots = sourcesOf({ ...this.#checked, nodes }, this.#request.bindings);
		if (this.#request.quality !== 'preview') return slots;
		return new Map([...slots].map(([node, slot]) => [node, proxied(slot, node, this.#factors)]));
	}
}

/**
 * The values of the source nodes.
 * @throws GraphError `input.missing` or `input.kind`.
 */
export function sourcesOf(checked: Checked, bindings: Bindings): ReadonlyMap<string, Slot> {
	const sources = checked.nodes.filter((node) => node.spec.medium === 'source');
	return new Map(sources.map((node) => [node.id, bound(node.id, node.outputs, bindings)]));
}

function bound(node: string, outputs: Checked['nodes'][number]['outputs'], bindings: Bindings): Slot {
	const port = Object.values(outputs)[0];
	const sources = bindings[node] ?? [];
	if (port === undefined || sources.length === 0) throw new GraphError('input.missing', { input: node }, { node });
	const values = sources.map((source) => sourceValue(source, readingAs(source, port.kind, node)));
	const [first] = values;
	if (port.many !== true && first !== undefined && values.length === 1) return { many: false, value: first };
	return { many: true, values };
}

function readingAs(source: Source, kind: Metadata['kind'], node: string): Metadata {
	if (kind === 'file') return { kind: 'file', format: source.format, bytes: source.bytes, content: null };
	const reading = source.readings.find((one) => one.kind === kind) ?? source.readings.find((one) => wideningTo(one, kind) !== undefined);
	if (reading !== undefined) return reading;
	const got = source.readings[0]?.kind ?? 'file';
	throw new GraphError('input.kind', { expected: KIND_TITLES[kind].en, input: node, name: source.name, got: KIND_TITLES[got].en }, { node });
}

/** What is known of the sources, for checking. A binding that doesn't fit is left out here and reported when the run begins. */
export function seenOfBindings(recipe: Recipe, bindings: Bindings): Record<string, Seen> {
	const { nodes } = checked(recipe.graph);
	const seen: Record<string, Seen> = {};
	for (const node of nodes) {
		const port = node.spec.medium === 'source' ? Object.values(node.outputs)[0] : undefined;
		const sources = bindings[node.id] ?? [];
		if (port === undefined || sources.length === 0) continue;
		try {
			const metadata = sources.map((source) => readingAs(source, port.kind, node.id));
			const [first] = metadata;
			seen[node.id] =
				port.many !== true && metadata.length === 1 && first !== undefined ? { many: false, metadata: first } : { many: true, ...listOf(metadata, port.kind) };
		} catch {
			/* Reported by `bound`, with the same words. */
		}
	}
	return seen;
}

/** Who looks, unless somebody says otherwise: nodes that save, and small answers that nobody reads; with neither, every value that nobody reads. */
export function observersOf(checked: Checked): string[] {
	const read = new Set(checked.nodes.flatMap((node) => Object.values(node.feeds).flatMap((from) => from.map((end) => end.node))));
	const ends = checked.nodes.filter((node) => !read.has(node.id) && node.spec.medium !== 'source');
	const savers = checked.nodes.filter((node) => node.spec.saves === true);
	const answers = ends.filter((node) => node.spec.answers === true);
	const chosen = [...savers, ...answers.filter((node) => node.spec.saves !== true)];
	const shown = chosen.length === 0 ? ends : chosen;
	return shown.map((node) => node.id);
}

/** These nodes and everything that feeds them, by the edges of the graph. */
function upstreamOf(looking: ReadonlySet<string>, recipe: Recipe): Set<string> {
	const found = new Set<string>();
	const queue = [...looking];
	for (let id = queue.pop(); id !== undefined; id = queue.pop()) {
		if (found.has(id)) continue;
		found.add(id);
		for (const edge of recipe.graph.edges) if (endpoint(edge.to).node === id) queue.push(endpoint(edge.from).node);
	}
	return found;
}
