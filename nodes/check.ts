/**
 * Type-checks a graph and infers what is known of every value in it, without running anything.
 * The canvas, the planners and the engine all read the same answer.
 */
import { specOf } from './catalogue.ts';
import { type AnyMetadata, type Params, type Ports, portsOf, type Spec } from './define.ts';
import { type Endpoint, endpoint, type Graph } from './graph.ts';
import { elementOf, mapped, seenOf } from './inference.ts';
import { KIND_TITLES, type Seen, wideningTo } from './kinds.ts';
import { parseParams } from './params.ts';
import { GraphError, type Problem, problemOf } from './problems.ts';

/** A node of a checked graph: its spec, parsed parameters, ports and what feeds them. */
export interface CheckedNode {
	readonly id: string;
	readonly spec: Spec;
	/** Complete: defaults filled in. */
	readonly params: Params;
	readonly inputs: Ports;
	readonly outputs: Ports;
	/** What feeds each input port, in order; muted and bypassed nodes are seen through. */
	readonly feeds: Readonly<Record<string, readonly Endpoint[]>>;
	/** Input ports (of one value) at which a list arrives, so that the node is mapped over it. */
	readonly mapsOver: readonly string[];
}

export interface Checked {
	/** Nodes that can run, each after what feeds it. */
	readonly nodes: readonly CheckedNode[];
	/** `node.port` → what is known of the value. */
	readonly seen: Readonly<Record<string, Seen>>;
	/** Everything that is wrong, each with its node and, where it applies, port and parameter. */
	readonly problems: readonly Problem[];
}

/**
 * Checks a graph.
 * @param sources what is known of each source node's value, by node id; a source without an entry is described by its spec alone.
 */
export function checkGraph(graph: Graph, sources: Readonly<Record<string, Seen>> = {}): Checked {
	const problems: Problem[] = [];
	const seen: Record<string, Seen> = {};
	const nodes: CheckedNode[] = [];
	const wires = wiresOf(graph, problems);
	for (const id of inOrder(graph, wires, problems)) {
		try {
			const node = checkNode(id, graph, wires.get(id) ?? [], seen);
			if (node === null) continue;
			Object.assign(seen, describeNode(node, seen, sources[id]));
			nodes.push(node);
		} catch (error) {
			problems.push({ ...problemOf(error), node: id });
		}
	}
	return { nodes, seen, problems };
}

interface Wire {
	readonly from: Endpoint;
	readonly port: string;
}

/** Edges by the node that they lead to, with bypassed nodes replaced by what feeds their first input. */
function wiresOf(graph: Graph, problems: Problem[]): Map<string, Wire[]> {
	const wires = new Map<string, Wire[]>();
	for (const edge of graph.edges) {
		const to = endpoint(edge.to);
		if (graph.nodes[to.node] === undefined) {
			problems.push(new GraphError('graph.unknown-node', { node: to.node }, { node: endpoint(edge.from).node }).problem);
			continue;
		}
		const from = throughBypassed(graph, endpoint(edge.from));
		if (from === null) continue;
		if (graph.nodes[from.node] === undefined) {
			problems.push(new GraphError('graph.unknown-node', { node: from.node }, { node: to.node }).problem);
			continue;
		}
		const list = wires.get(to.node) ?? [];
		list.push({ from, port: to.port });
		wires.set(to.node, list);
	}
	return wires;
}

/** Where a value really comes from when the node there is bypassed; null when nothing feeds that one. */
function throughBypassed(graph: Graph, from: Endpoint, depth = 0): Endpoint | null {
	const node = graph.nodes[from.node];
	if (node?.bypassed !== true || depth > 1000) return from;
	const spec = specOf(node.spec);
	const first = spec === undefined ? undefined : Object.keys(spec.inputs)[0];
	const edge = graph.edges.find((one) => one.to === `${from.node}.${first}`);
	return edge === undefined ? null : throughBypassed(graph, endpoint(edge.from), depth + 1);
}

/** Ids so that every node comes after what feeds it; nodes on a circle are reported and left out, muted and bypassed ones are left out. */
function inOrder(graph: Graph, wires: ReadonlyMap<string, readonly Wire[]>, problems: Problem[]): string[] {
	const state = new Map<string, 'open' | 'done'>();
	const order: string[] = [];
	const circles: string[][] = [];
	const visit = (id: string, path: readonly string[]): void => {
		if (state.get(id) === 'done') return;
		if (state.get(id) === 'open') {
			circles.push(path.slice(path.indexOf(id)));
			return;
		}
		state.set(id, 'open');
		for (const wire of wires.get(id) ?? []) visit(wire.from.node, [...path, id]);
		state.set(id, 'done');
		order.push(id);
	};
	for (const id of Object.keys(graph.nodes)) visit(id, []);
	for (const circle of circles) problems.push(new GraphError('graph.cycle', { nodes: circle }, circle[0] === undefined ? {} : { node: circle[0] }).problem);
	const turning = new Set(circles.flat());
	return order.filter((id) => !turning.has(id) && graph.nodes[id]?.muted !== true && graph.nodes[id]?.bypassed !== true);
}

/** Null: something that feeds it is missing for a reason already reported, or muted. */
function checkNode(id: string, graph: Graph, wires: readonly Wire[], seen: Readonly<Record<string, Seen>>): CheckedNode | null {
	const node = graph.nodes[id];
	if (node === undefined) return null;
	const spec = specOf(node.spec);
	if (spec === undefined) throw new GraphError('graph.unknown-spec', { spec: node.spec });
	const params = parseParams(spec, node.params, node.version);
	const { inputs, outputs } = portsOf(spec, params);
	const feeds: Record<string, Endpoint[]> = {};
	for (const wire of wires) {
		if (inputs[wire.port] === undefined) throw new GraphError('graph.unknown-port', { port: wire.port, choices: Object.keys(inputs) }, { port: wire.port });
		feeds[wire.port] = [...(feeds[wire.port] ?? []), wire.from];
	}
	const mapsOver: string[] = [];
	for (const [name, port] of Object.entries(inputs)) {
		const from = feeds[name] ?? [];
		if (from.length === 0) {
			if (port.optional === true) continue;
			throw new GraphError('graph.missing-input', { port: port.title.en, kind: KIND_TITLES[port.kind].en }, { port: name });
		}
		if (from.length > 1 && port.many !== true) throw new GraphError('graph.two-wires', { port: port.title.en, count: from.length }, { port: name });
		for (const end of from) {
			const value = seen[`${end.node}.${end.port}`];
			if (value === undefined) {
				const feeder = graph.nodes[end.node];
				const fed = feeder === undefined ? undefined : specOf(feeder.spec);
				if (feeder !== undefined && fed !== undefined && feeder.muted !== true) checkPort(fed, feeder.params, end);
				return null;
			}
			const { kind } = elementOf(value);
			if (port.kind !== 'file' && kind !== port.kind && wideningTo(elementOf(value), port.kind) === undefined)
				throw new GraphError('graph.kind', { expected: KIND_TITLES[port.kind].en, port: port.title.en, got: KIND_TITLES[kind].en }, { port: name });
			if (value.many && port.many !== true) mapsOver.push(name);
		}
	}
	return { id, spec, params, inputs, outputs, feeds, mapsOver };
}

/** @throws GraphError when the feeding node has no such output. */
function checkPort(spec: Spec, params: Params, end: Endpoint): void {
	let outputs: Ports;
	try {
		outputs = portsOf(spec, parseParams(spec, params)).outputs;
	} catch {
		return;
	}
	if (outputs[end.port] === undefined) throw new GraphError('graph.unknown-port', { port: `${end.node}.${end.port}`, choices: Object.keys(outputs) });
}

function describeNode(node: CheckedNode, seen: Readonly<Record<string, Seen>>, bound: Seen | undefined): Record<string, Seen> {
	if (node.spec.medium === 'source' && bound !== undefined) {
		const port = Object.keys(node.outputs)[0];
		return port === undefined ? {} : { [`${node.id}.${port}`]: bound };
	}
	const arriving: Record<string, readonly Seen[]> = {};
	for (const [port, from] of Object.entries(node.feeds)) arriving[port] = from.map((end) => seenAt(seen, end));
	const described = mapped(node, arriving, (inputs) => node.spec.describe(node.params, inputs));
	const result: Record<string, Seen> = {};
	for (const [port, value] of Object.entries(described)) result[`${node.id}.${port}`] = value;
	return result;
}

function seenAt(seen: Readonly<Record<string, Seen>>, end: Endpoint): Seen {
	const value = seen[`${end.node}.${end.port}`];
	if (value === undefined) throw new Error(`${end.node}.${end.port} was described before it is read`);
	return value;
}

export type { AnyMetadata };
export { seenOf };
