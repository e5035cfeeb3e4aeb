/** What a proposed graph changes of the present one, node by node, so that each change can be accepted or rejected. */
import { type Edge, endpoint, type Graph, type GraphNode, type Recipe } from '../../nodes/graph.ts';

export interface NodeChange {
	readonly node: string;
	readonly what: 'added' | 'changed' | 'removed';
	/** Names of the parameters that differ. */
	readonly params: readonly string[];
}

/** The changes that lead from one graph to the other. Where a node stands is no change. */
export function changesBetween(before: Graph, after: Graph): readonly NodeChange[] {
	const changes: NodeChange[] = [];
	for (const [id, node] of Object.entries(after.nodes)) {
		const old = before.nodes[id];
		if (old === undefined) changes.push({ node: id, what: 'added', params: [] });
		else if (meaning(old) !== meaning(node) || feeds(before, id) !== feeds(after, id))
			changes.push({ node: id, what: 'changed', params: paramsThatDiffer(old, node) });
	}
	for (const id of Object.keys(before.nodes)) if (after.nodes[id] === undefined) changes.push({ node: id, what: 'removed', params: [] });
	return changes;
}

const meaning = (node: GraphNode) => JSON.stringify([node.spec, node.version, sorted(node.params), node.title, node.muted === true, node.bypassed === true]);
const sorted = (params: GraphNode['params']) => Object.entries(params).sort(([a], [b]) => (a < b ? -1 : 1));
const feeds = (graph: Graph, id: string) =>
	graph.edges
		.filter((edge) => endpoint(edge.to).node === id)
		.map((edge) => `${edge.from}>${edge.to}`)
		.join();

function paramsThatDiffer(before: GraphNode, after: GraphNode): string[] {
	const names = new Set([...Object.keys(before.params), ...Object.keys(after.params)]);
	return [...names].filter((name) => JSON.stringify(before.params[name]) !== JSON.stringify(after.params[name]));
}

/** Both graphs in one, for showing the proposal: what is removed stays visible. */
export function overlaid(before: Graph, after: Graph): Graph {
	const removed = Object.fromEntries(Object.entries(before.nodes).filter(([id]) => after.nodes[id] === undefined));
	const lost = before.edges.filter(
		(edge) => !has(after.edges, edge) && (removed[endpoint(edge.from).node] !== undefined || removed[endpoint(edge.to).node] !== undefined),
	);
	return { ...after, nodes: { ...after.nodes, ...removed }, edges: [...after.edges, ...lost], ...(before.notes === undefined ? {} : { notes: before.notes }) };
}

const has = (edges: readonly Edge[], edge: Edge) => edges.some((one) => one.from === edge.from && one.to === edge.to);

/** The recipe after the accepted changes only. */
export function accepted(before: Recipe, after: Recipe, ids: ReadonlySet<string>): Recipe {
	const changes = changesBetween(before.graph, after.graph);
	if (changes.every((change) => ids.has(change.node))) {
		return { ...after, graph: { ...after.graph, ...(before.graph.notes === undefined ? {} : { notes: before.graph.notes }) } };
	}
	const nodes: Record<string, GraphNode> = { ...before.graph.nodes };
	for (const change of changes.filter((one) => ids.has(one.node))) {
		const node = after.graph.nodes[change.node];
		if (node === undefined) delete nodes[change.node];
		else nodes[change.node] = node;
	}
	const alive = (edge: Edge) => nodes[endpoint(edge.from).node] !== undefined && nodes[endpoint(edge.to).node] !== undefined;
	const taken = (edge: Edge) => ids.has(endpoint(edge.to).node) || (ids.has(endpoint(edge.from).node) && !rejected(edge));
	const rejected = (edge: Edge) => changes.some((change) => change.node === endpoint(edge.to).node && !ids.has(change.node));
	const kept = before.graph.edges.filter((edge) => alive(edge) && (has(after.graph.edges, edge) || !ids.has(endpoint(edge.to).node)));
	const fresh = after.graph.edges.filter((edge) => alive(edge) && !has(kept, edge) && taken(edge));
	return { ...before, graph: { ...before.graph, nodes, edges: [...kept, ...fresh] } };
}
