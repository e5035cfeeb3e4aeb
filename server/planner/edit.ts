/**
 * Edits: typed changes to a graph, applied by code. Nodes and wires that a change doesn't speak of come out as they went in (the same objects),
 * so that an edit can't break what nobody mentioned.
 */
import { specOf } from '../../nodes/catalogue.ts';
import { checkGraph } from '../../nodes/check.ts';
import type { Params, Seen } from '../../nodes/define.ts';
import { type Edge, endpoint, type Graph, type GraphNode } from '../../nodes/graph.ts';
import { GraphError, type Problem, problemOf } from '../../nodes/problems.ts';
import { freshId, portFor } from './assemble.ts';
import { wayTo } from './gaps.ts';
import { validateParams } from './validate.ts';

export type Change =
	/** Sets parameters; null takes one away, so that its default holds again. */
	| { readonly change: 'set_param'; readonly node: string; readonly params: Params }
	/** Puts a new node on the wire into `before` (the wire at its first connected port, unless `port` names one), or on all wires out of `after`. */
	| {
			readonly change: 'insert_between';
			readonly spec: string;
			readonly params: Params;
			readonly id?: string;
			readonly before?: string;
			readonly after?: string;
	  }
	/** Takes a node away and joins what fed it to what it fed. */
	| { readonly change: 'remove_and_bridge'; readonly node: string }
	/** Hangs new nodes, one after the other, on the output of a node. */
	| {
			readonly change: 'add_branch';
			readonly from: string;
			readonly nodes: readonly { readonly spec: string; readonly params: Params; readonly id?: string }[];
	  }
	/** Another spec in a node's place; its wires stay where ports of the same kind are. */
	| { readonly change: 'replace'; readonly node: string; readonly spec: string; readonly params: Params };

export interface Edited {
	readonly graph: Graph;
	/** Nodes that are new or different. */
	readonly touched: readonly string[];
	readonly problems: readonly Problem[];
}

/** Applies changes in order. A change that can't be applied is a problem, and leaves the graph as it was. */
export function applyChanges(graph: Graph, changes: readonly Change[], known: Readonly<Record<string, Seen>> = {}): Edited {
	let current = graph;
	const touched: string[] = [];
	const problems: Problem[] = [];
	for (const change of changes) {
		try {
			const next = apply(current, change, known);
			current = next.graph;
			touched.push(...next.touched);
		} catch (error) {
			problems.push(problemOf(error));
		}
	}
	return { graph: current, touched: [...new Set(touched)], problems: problems.length > 0 ? problems : checkGraph(current, known).problems };
}

type Applied = Pick<Edited, 'graph' | 'touched'>;

function apply(graph: Graph, change: Change, known: Readonly<Record<string, Seen>>): Applied {
	switch (change.change) {
		case 'set_param':
			return setParams(graph, change.node, change.params);
		case 'remove_and_bridge':
			return removeAndBridge(graph, change.node);
		case 'replace': {
			const node = nodeOf(graph, change.node);
			return {
				graph: { ...graph, nodes: { ...graph.nodes, [change.node]: { ...made(change.spec, change.params, change.node), ...placeOf(node) } } },
				touched: [change.node],
			};
		}
		case 'insert_between':
			return insert(graph, change, known);
		case 'add_branch': {
			const outputs: string[] = [change.from];
			let next = graph;
			for (const one of change.nodes) {
				const id = one.id ?? freshId(one.spec, next.nodes);
				next = { ...next, nodes: { ...next.nodes, [id]: made(one.spec, one.params, id) } };
				next = connect(next, outputs.at(-1) ?? change.from, id, known);
				outputs.push(id);
			}
			return { graph: next, touched: Object.keys(next.nodes).filter((id) => !(id in graph.nodes)) };
		}
	}
}

function setParams(graph: Graph, id: string, params: Params): Applied {
	const node = nodeOf(graph, id);
	const spec = specOf(node.spec);
	if (spec === undefined) throw new GraphError('graph.unknown-spec', { spec: node.spec }, { node: id });
	const dropped = Object.keys(params).filter((name) => params[name] === null);
	const kept = Object.fromEntries(Object.entries(node.params).filter(([name]) => !dropped.includes(name)));
	const checked = validateParams(spec, { ...kept, ...params });
	const problem = checked.problems[0];
	if (problem !== undefined) throw new GraphError(problem.key, problem.values, { ...problem, node: id });
	return { graph: { ...graph, nodes: { ...graph.nodes, [id]: { ...node, params: { ...checked.params } } } }, touched: [id] };
}

function removeAndBridge(graph: Graph, id: string): Applied {
	nodeOf(graph, id);
	const into = graph.edges.find((edge) => endpoint(edge.to).node === id);
	const { [id]: _, ...nodes } = graph.nodes;
	const edges = graph.edges.flatMap((edge): Edge[] => {
		if (endpoint(edge.to).node === id) return [];
		if (endpoint(edge.from).node !== id) return [edge];
		return into === undefined ? [] : [{ from: into.from, to: edge.to }];
	});
	return { graph: { ...graph, nodes, edges }, touched: [] };
}

function insert(graph: Graph, change: Extract<Change, { change: 'insert_between' }>, known: Readonly<Record<string, Seen>>): Applied {
	const id = change.id ?? freshId(change.spec, graph.nodes);
	const node = made(change.spec, change.params, id);
	const spec = specOf(change.spec);
	const wires = graph.edges.filter((edge) =>
		change.before === undefined ? endpoint(edge.from).node === change.after : endpoint(edge.to).node === change.before,
	);
	const first = wires[0];
	if (first === undefined || spec === undefined) throw new GraphError('graph.unknown-node', { node: change.before ?? change.after ?? '' }, { node: id });
	const moved = change.before === undefined ? wires.filter((wire) => wire.from === first.from) : [first];
	const output = Object.keys(spec.outputs)[0] ?? '';
	const edges = graph.edges.map((edge) => (moved.includes(edge) ? { from: `${id}.${output}`, to: edge.to } : edge));
	const next = connectFrom({ ...graph, nodes: { ...graph.nodes, [id]: node }, edges }, first.from, id, known);
	return { graph: next, touched: Object.keys(next.nodes).filter((one) => !(one in graph.nodes)) };
}

/** Wires the first output of a node to the port of another that fits, over conversions where it must be. */
function connect(graph: Graph, from: string, to: string, known: Readonly<Record<string, Seen>>): Graph {
	const seen = checkGraph(graph, known).seen;
	const end = Object.keys(seen).find((one) => endpoint(one).node === from);
	if (end === undefined) throw new GraphError('graph.unknown-node', { node: from }, { node: to });
	return connectFrom(graph, end, to, known);
}

function connectFrom(graph: Graph, from: string, to: string, known: Readonly<Record<string, Seen>>): Graph {
	const seen = checkGraph({ ...graph, edges: graph.edges.filter((edge) => endpoint(edge.from).node !== to) }, known).seen[from];
	const spec = specOf(graph.nodes[to]?.spec ?? '');
	if (seen === undefined || spec === undefined) return { ...graph, edges: [...graph.edges, { from, to: `${to}.${Object.keys(spec?.inputs ?? {})[0]}` }] };
	const port = portFor(seen, spec.inputs, new Set());
	const taken = port === undefined ? undefined : spec.inputs[port];
	const gap = taken === undefined ? undefined : wayTo(seen, taken);
	if (taken === undefined || gap === undefined || gap.found !== 'way' || gap.cost >= 6) {
		const kind = seen.many ? seen.element.kind : seen.metadata.kind;
		throw new GraphError('graph.kind', { expected: taken?.title.en ?? '', port: port ?? '', got: kind }, { node: to });
	}
	const nodes: Record<string, GraphNode> = { ...graph.nodes };
	const edges = [...graph.edges];
	let at = from;
	for (const conversion of gap.specs) {
		const id = freshId(conversion.id, nodes);
		nodes[id] = made(conversion.id, {}, id);
		edges.push({ from: at, to: `${id}.${Object.keys(conversion.inputs)[0]}` });
		at = `${id}.${Object.keys(conversion.outputs)[0]}`;
	}
	edges.push({ from: at, to: `${to}.${port}` });
	return { ...graph, nodes, edges };
}

function made(id: string, raw: Params, node: string): GraphNode {
	const spec = specOf(id);
	if (spec === undefined) throw new GraphError('graph.unknown-spec', { spec: id }, { node });
	const { params, problems } = validateParams(spec, raw);
	const problem = problems[0];
	if (problem !== undefined) throw new GraphError(problem.key, problem.values, { ...problem, node });
	return { spec: id, version: spec.version, params: { ...params } };
}

function placeOf(node: GraphNode): Pick<GraphNode, 'at' | 'title'> {
	return { ...(node.at === undefined ? {} : { at: node.at }), ...(node.title === undefined ? {} : { title: node.title }) };
}

function nodeOf(graph: Graph, id: string): GraphNode {
	const node = graph.nodes[id];
	if (node === undefined) throw new GraphError('graph.unknown-node', { node: id }, { node: id });
	return node;
}
