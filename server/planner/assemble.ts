/** Steps in words of specs → a recipe: ports chosen by kind, gaps filled over conversions, files bound, everything type-checked. */
import { specOf } from '../../nodes/catalogue.ts';
import { checkGraph } from '../../nodes/check.ts';
import { type Params, type Port, type Ports, portsOf, type Spec } from '../../nodes/define.ts';
import type { Assumption, Edge, Graph, GraphNode } from '../../nodes/graph.ts';
import { elementOf } from '../../nodes/inference.ts';
import { KIND_TITLES, type Kind, type Seen } from '../../nodes/kinds.ts';
import { planner as messages } from '../../nodes/messages/planner.ts';
import { fill } from '../../nodes/messages/words.ts';
import { parseParams } from '../../nodes/params.ts';
import { GraphError, type Problem, problemOf } from '../../nodes/problems.ts';
import type { Source } from '../engine/engine.ts';
import { costTo, wayTo } from './gaps.ts';
import { validateParams } from './validate.ts';
import { seenOfSources } from './values.ts';

/** One step of a draft. */
export interface DraftStep {
	readonly id: string;
	readonly spec: string;
	readonly params: Params;
	/** What feeds it, in order: ids of earlier steps or sources, or `id.port`; `{ from, port }` names the input port. */
	readonly from: readonly (string | { readonly from: string; readonly port: string })[];
}

/** A source of a draft: which files it stands for and how they are read. */
export interface DraftSource {
	readonly id: string;
	readonly kind: Kind;
	/** Indexes into the request's sources. */
	readonly files: readonly number[];
	/** All its files at once, as a list. */
	readonly many?: boolean;
}

export interface Assembled {
	readonly graph: Graph;
	readonly bindings: Readonly<Record<string, readonly number[]>>;
	/** What is known of each source node's value, for `checkGraph`. */
	readonly known: Readonly<Record<string, Seen>>;
	readonly assumptions: readonly Assumption[];
	readonly problems: readonly Problem[];
	/** Id in the draft → id in the graph of the node itself (ids are kept; gaps get their own). */
	readonly inserted: readonly string[];
}

/** Builds the graph of a draft. Steps come after what feeds them. */
export function assemble(steps: readonly DraftStep[], from: readonly DraftSource[], sources: readonly Source[]): Assembled {
	const work = new Assembly(sources);
	for (const source of from) work.addSource(source);
	for (const step of steps) work.addStep(step);
	return work.result();
}

/** A graph under construction; `assemble` is the short way to use it. */
export class Assembly {
	readonly nodes: Record<string, GraphNode> = {};
	readonly edges: Edge[] = [];
	readonly known: Record<string, Seen> = {};
	readonly bindings: Record<string, readonly number[]> = {};
	readonly assumptions: Assumption[] = [];
	readonly problems: Problem[] = [];
	readonly inserted: string[] = [];
	readonly sources: readonly Source[];

	constructor(sources: readonly Source[]) {
		this.sources = sources;
	}

	addSource(source: DraftSource): void {
		const many = source.many === true;
		this.nodes[source.id] = {
			spec: many ? 'io.folder' : 'io.file',
			version: specOf(many ? 'io.folder' : 'io.file')?.version ?? 1,
			params: { kind: source.kind },
		};
		this.bindings[source.id] = source.files;
		const files = source.files.map((index) => this.sources[index]).filter((one) => one !== undefined);
		const seen = seenOfSources(files, source.kind, many);
		if (seen !== undefined) this.known[source.id] = seen;
	}

	addStep(step: DraftStep): void {
		const spec = specOf(step.spec);
		if (spec === undefined) {
			this.problems.push(new GraphError('graph.unknown-spec', { spec: step.spec }, { node: step.id }).problem);
			return;
		}
		const { params, problems } = validateParams(spec, step.params);
		this.problems.push(...problems.map((problem) => ({ ...problem, node: step.id })));
		this.nodes[step.id] = { spec: spec.id, version: spec.version, params: { ...params } };
		const inputs = inputsOf(spec, params);
		const filled = new Set<string>();
		for (const feed of step.from) this.feed(step.id, inputs, filled, feed);
		// Whatever was put in between stands before the node that needs it.
		const node = this.nodes[step.id];
		delete this.nodes[step.id];
		if (node !== undefined) this.nodes[step.id] = node;
	}

	private feed(id: string, inputs: Ports, filled: Set<string>, feed: DraftStep['from'][number]): void {
		const end = this.endOf(typeof feed === 'string' ? feed : feed.from);
		const seen = this.seen()[end];
		if (seen === undefined) return;
		const named = typeof feed === 'string' ? undefined : feed.port;
		const port = named ?? portFor(seen, inputs, filled);
		const taken = port === undefined ? undefined : inputs[port];
		if (port === undefined || taken === undefined) {
			this.problems.push(new GraphError('graph.unknown-port', { port: named ?? end, choices: Object.keys(inputs) }, { node: id }).problem);
			return;
		}
		if (taken.many !== true) filled.add(port);
		this.edges.push({ from: this.over(id, end, seen, taken), to: `${id}.${port}` });
	}

	/** Inserts what lies between a value and a port, and says so. */
	private over(id: string, end: string, seen: Seen, port: Port): string {
		const gap = wayTo(seen, port);
		if (gap.found === 'none') {
			const from = KIND_TITLES[elementOf(seen).kind].en;
			this.problems.push(new GraphError('graph.kind', { expected: KIND_TITLES[port.kind].en, port: port.title.en, got: from }, { node: id }).problem);
			return end;
		}
		const specs = gap.found === 'tie' ? (gap.ways[0]?.specs ?? []) : gap.specs;
		let at = end;
		for (const spec of specs) {
			const fresh = freshId(spec.id, this.nodes);
			this.nodes[fresh] = { spec: spec.id, version: spec.version, params: {} };
			const input = Object.entries(spec.inputs).find(([, one]) => one.optional !== true)?.[0] ?? '';
			this.edges.push({ from: at, to: `${fresh}.${input}` });
			at = `${fresh}.${Object.keys(spec.outputs)[0]}`;
			this.inserted.push(fresh);
			const words = messages['planner.inserted'];
			const text = { en: fill(words.en, { title: spec.title.en }, 'en'), zh: fill(words.zh, { title: spec.title.zh }, 'zh') };
			this.assumptions.push({ text, node: fresh });
		}
		return at;
	}

	/** `node.port` for an id or an `id.port`. */
	private endOf(from: string): string {
		if (from.includes('.')) return from;
		const node = this.nodes[from];
		const spec = node === undefined ? undefined : specOf(node.spec);
		if (node === undefined || spec === undefined) return `${from}.missing`;
		return `${from}.${Object.keys(outputsOf(spec, node.params))[0]}`;
	}

	/** What is known of the first output of a node added so far. */
	seenAt(id: string): Seen | undefined {
		return this.seen()[this.endOf(id)];
	}

	private seen(): Readonly<Record<string, Seen>> {
		return checkGraph({ nodes: this.nodes, edges: this.edges }, this.known).seen;
	}

	result(): Assembled {
		const graph = { nodes: this.nodes, edges: this.edges };
		const problems = this.problems.length > 0 ? this.problems : checkGraph(graph, this.known).problems;
		return { graph, bindings: this.bindings, known: this.known, assumptions: this.assumptions, problems, inserted: this.inserted };
	}
}

function outputsOf(spec: Spec, params: Params): Ports {
	try {
		return portsOf(spec, parseParams(spec, params)).outputs;
	} catch {
		return spec.outputs;
	}
}

function inputsOf(spec: Spec, params: Params): Ports {
	try {
		return portsOf(spec, parseParams(spec, params)).inputs;
	} catch (error) {
		void problemOf(error);
		return spec.inputs;
	}
}

/** The first free port that the value fits: required before optional, no conversion before a cheap one. */
export function portFor(seen: Seen, inputs: Ports, filled: ReadonlySet<string>): string | undefined {
	const value = elementOf(seen);
	const free = Object.entries(inputs).filter(([name]) => !filled.has(name));
	const cost = (port: Port) => costTo(value, port.kind) ?? (port.kind === 'file' ? 0 : Number.POSITIVE_INFINITY);
	const ranked = free
		.map(([name, port], index) => ({ name, rank: cost(port) * 10 + (port.optional === true ? 1 : 0) + index / 100 }))
		.sort((one, other) => one.rank - other.rank);
	return ranked[0]?.name;
}

/** A short, readable id for a node of this spec that isn't taken: `resize`, `resize-2`. */
export function freshId(spec: string, taken: Readonly<Record<string, unknown>>): string {
	const name = spec.slice(spec.indexOf('.') + 1);
	for (let i = 1; ; i++) {
		const id = i === 1 ? name : `${name}-${i}`;
		if (!(id in taken)) return id;
	}
}
