/** Nodes as portable JSON text: copied here, pasted in another window, a chat or a file. */
import { endpoint, type Graph, graphSchema } from '../../nodes/graph.ts';
import { freshId } from './edits.ts';

interface Fragment {
	readonly millwrightNodes: 1;
	readonly graph: Graph;
	/** Wires that came in from nodes which were not copied; Shift-V keeps them. */
	readonly incoming: readonly { readonly from: string; readonly to: string }[];
}

/** The text for the clipboard. */
export function copyNodes(graph: Graph, ids: readonly string[]): string {
	const chosen = new Set(ids);
	const nodes = Object.fromEntries(Object.entries(graph.nodes).filter(([id]) => chosen.has(id)));
	const inside = graph.edges.filter((edge) => chosen.has(endpoint(edge.from).node) && chosen.has(endpoint(edge.to).node));
	const incoming = graph.edges.filter((edge) => !chosen.has(endpoint(edge.from).node) && chosen.has(endpoint(edge.to).node));
	const fragment: Fragment = { millwrightNodes: 1, graph: { nodes, edges: inside }, incoming };
	return JSON.stringify(fragment, null, 2);
}

/** Reads a copied fragment; null when the text is something else. */
export function readFragment(text: string): Fragment | null {
	if (!text.includes('millwrightNodes')) return null;
	try {
		const json: unknown = JSON.parse(text);
		if (typeof json !== 'object' || json === null || !('graph' in json)) return null;
		const read = graphSchema.safeParse(json.graph);
		if (!read.success) return null;
		const incoming = 'incoming' in json && Array.isArray(json.incoming) ? json.incoming.filter(isWire) : [];
		return { millwrightNodes: 1, graph: read.data, incoming };
	} catch {
		return null;
	}
}

function isWire(value: unknown): value is { from: string; to: string } {
	return typeof value === 'object' && value !== null && 'from' in value && 'to' in value && typeof value.from === 'string' && typeof value.to === 'string';
}

/**
 * Puts a fragment into the graph under fresh ids.
 * @param at where its top left corner goes; absent: a little beside where it was.
 * @returns old id → new id.
 */
export function pasteNodes(graph: Graph, fragment: Fragment, at: readonly [number, number] | null, keepIncoming = false): Record<string, string> {
	const places = Object.values(fragment.graph.nodes).map((node): readonly [number, number] => node.at ?? [0, 0]);
	const left = Math.min(...places.map(([x]) => x));
	const top = Math.min(...places.map(([, y]) => y));
	const [dx, dy] = at === null ? [32, 32] : [at[0] - left, at[1] - top];
	const names: Record<string, string> = {};
	const taken = new Set<string>();
	for (const [id, node] of Object.entries(fragment.graph.nodes)) {
		const fresh = freshId(graph, node.spec, taken);
		taken.add(fresh);
		names[id] = fresh;
		const [x, y] = node.at ?? [0, 0];
		graph.nodes[fresh] = { ...node, params: structuredClone(node.params), at: [Math.round(x + dx), Math.round(y + dy)] };
	}
	const renamed = (end: string) => `${names[endpoint(end).node] ?? endpoint(end).node}.${endpoint(end).port}`;
	for (const edge of fragment.graph.edges) graph.edges.push({ from: renamed(edge.from), to: renamed(edge.to) });
	if (keepIncoming)
		for (const edge of fragment.incoming) if (graph.nodes[endpoint(edge.from).node] !== undefined) graph.edges.push({ from: edge.from, to: renamed(edge.to) });
	return names;
}
