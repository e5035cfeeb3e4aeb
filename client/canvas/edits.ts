/** Edits of a graph, as changes of a draft: pure, so that tests and undo can rely on them. */
import { specOf } from '../../nodes/catalogue.ts';
import { type Params, type Ports, portsOf, type Spec } from '../../nodes/define.ts';
import { type Edge, endpoint, type Graph, type GraphNode, type Recipe } from '../../nodes/graph.ts';
import { parseParams } from '../../nodes/params.ts';

/** What the canvas edits: a recipe, and which of the user's files its sources take. */
export interface Doc {
	recipe: Recipe;
	bindings: Record<string, string[]>;
}

export const emptyDoc = (name = ''): Doc => ({
	recipe: { millwright: 1, name: name === '' ? 'Untitled' : name, graph: { nodes: {}, edges: [] } },
	bindings: {},
});

/** An id that is free: the last part of the spec's id, numbered when it is taken. */
export function freshId(graph: Graph, spec: string, taken: ReadonlySet<string> = new Set()): string {
	const base = (spec.split('.').pop() ?? 'node').replace(/[^A-Za-z0-9_-]/g, '-').slice(0, 48) || 'node';
	for (let n = 1; ; n += 1) {
		const id = n === 1 ? base : `${base}-${n}`;
		if (graph.nodes[id] === undefined && !taken.has(id)) return id;
	}
}

/** Ports of a node as it stands; those of a fresh one when its parameters don't parse; none when its spec is unknown. */
export function portsAt(node: GraphNode): { readonly inputs: Ports; readonly outputs: Ports } {
	const spec = specOf(node.spec);
	if (spec === undefined) return { inputs: {}, outputs: {} };
	try {
		return portsOf(spec, parseParams(spec, node.params, node.version));
	} catch {
		try {
			return portsOf(spec, node.params);
		} catch {
			return { inputs: spec.inputs, outputs: spec.outputs };
		}
	}
}

export function addNode(graph: Graph, spec: Spec, at: readonly [number, number], params: Params = {}): string {
	const id = freshId(graph, spec.id);
	graph.nodes[id] = { spec: spec.id, version: spec.version, params: { ...params }, at: [Math.round(at[0]), Math.round(at[1])] };
	return id;
}

/** Connects; an input that takes one wire loses the one that it had. A wire that would close a circle is not made. */
export function connect(graph: Graph, from: string, to: string): boolean {
	const target = endpoint(to);
	const origin = endpoint(from);
	const node = graph.nodes[target.node];
	if (node === undefined || graph.nodes[origin.node] === undefined || reaches(graph, target.node, origin.node)) return false;
	if (graph.edges.some((edge) => edge.from === from && edge.to === to)) return true;
	const many = portsAt(node).inputs[target.port]?.many === true;
	if (!many) graph.edges = graph.edges.filter((edge) => edge.to !== to);
	graph.edges.push({ from, to });
	return true;
}

export function disconnect(graph: Graph, from: string, to: string): void {
	graph.edges = graph.edges.filter((edge) => edge.from !== from || edge.to !== to);
}

/** Whether a wire path leads from one node to another (a node reaches itself). */
export function reaches(graph: Graph, from: string, to: string): boolean {
	const seen = new Set<string>();
	const open = [from];
	for (let id = open.pop(); id !== undefined; id = open.pop()) {
		if (id === to) return true;
		if (seen.has(id)) continue;
		seen.add(id);
		for (const edge of graph.edges) if (endpoint(edge.from).node === id) open.push(endpoint(edge.to).node);
	}
	return false;
}

/** Removes nodes and their wires. `bridge`: what fed a removed node's first input goes on to whoever read it, where the kinds agree. */
export function removeNodes(doc: Doc, ids: readonly string[], bridge = false): void {
	const { graph } = doc.recipe;
	for (const id of ids) {
		const node = graph.nodes[id];
		if (node === undefined) continue;
		if (bridge) bridgeOver(graph, id, node);
		delete graph.nodes[id];
		delete doc.bindings[id];
		graph.edges = graph.edges.filter((edge) => endpoint(edge.from).node !== id && endpoint(edge.to).node !== id);
	}
	const left = (node: string | undefined) => node === undefined || graph.nodes[node] !== undefined;
	if (doc.recipe.checks !== undefined) doc.recipe.checks = doc.recipe.checks.filter((check) => left(check.node));
	if (doc.recipe.assumptions !== undefined) doc.recipe.assumptions = doc.recipe.assumptions.filter((assumption) => left(assumption.node));
	for (const [name, input] of Object.entries(doc.recipe.inputs ?? {})) if (!left(input.node)) delete doc.recipe.inputs?.[name];
	for (const [name, parameter] of Object.entries(doc.recipe.parameters ?? {})) if (!left(parameter.node)) delete doc.recipe.parameters?.[name];
}

function bridgeOver(graph: Graph, id: string, node: GraphNode): void {
	const { inputs, outputs } = portsAt(node);
	for (const out of graph.edges.filter((edge) => endpoint(edge.from).node === id)) {
		const kind = outputs[endpoint(out.from).port]?.kind;
		const port = Object.keys(inputs).find((name) => inputs[name]?.kind === kind) ?? Object.keys(inputs)[0];
		const feed = graph.edges.find((edge) => edge.to === `${id}.${port}`);
		if (feed === undefined) continue;
		const bridged: Edge = { from: feed.from, to: out.to };
		graph.edges[graph.edges.indexOf(out)] = bridged;
	}
}

/** Sets a parameter; `undefined` takes it back to its default. Wires to ports that are gone with it are dropped. */
export function setParam(graph: Graph, id: string, name: string, value: unknown): void {
	const node = graph.nodes[id];
	if (node === undefined) return;
	if (value === undefined) delete node.params[name];
	else node.params[name] = value;
	dropLostWires(graph, id);
}

/** Replaces all parameters, as the change of a variant does. */
export function setParams(graph: Graph, id: string, params: Params): void {
	const node = graph.nodes[id];
	if (node === undefined) return;
	node.params = { ...params };
	dropLostWires(graph, id);
}

function dropLostWires(graph: Graph, id: string): void {
	const node = graph.nodes[id];
	if (node === undefined || specOf(node.spec)?.portsOf === undefined) return;
	const { inputs, outputs } = portsAt(node);
	graph.edges = graph.edges.filter((edge) => {
		const from = endpoint(edge.from);
		const to = endpoint(edge.to);
		return (from.node !== id || outputs[from.port] !== undefined) && (to.node !== id || inputs[to.port] !== undefined);
	});
}

/** Turns `muted` or `bypassed` on for all of them, or off when all have it. */
export function toggle(graph: Graph, ids: readonly string[], what: 'muted' | 'bypassed'): void {
	const nodes = ids.map((id) => graph.nodes[id]).filter((node) => node !== undefined);
	const on = !nodes.every((node) => node[what] === true);
	for (const node of nodes) {
		if (on) node[what] = true;
		else delete node[what];
	}
}

export function rename(graph: Graph, id: string, title: string): void {
	const node = graph.nodes[id];
	if (node === undefined) return;
	if (title.trim() === '') delete node.title;
	else node.title = title.trim();
}
