/** What a node's result depends on, as text: equal signatures, equal results. Tells which previews and run states still hold. */
import { endpoint, type Graph } from '../../nodes/graph.ts';

/** Signature of every node: its own parameters and everything upstream. Nodes on a circle get that of their parameters alone. */
export function signatures(graph: Graph, bindings: Readonly<Record<string, readonly string[]>>): Readonly<Record<string, string>> {
	const known: Record<string, string> = {};
	const open = new Set<string>();
	const visit = (id: string): string => {
		const before = known[id];
		if (before !== undefined) return before;
		const node = graph.nodes[id];
		if (node === undefined || open.has(id)) return id;
		open.add(id);
		const params = Object.entries(node.params).sort(([a], [b]) => (a < b ? -1 : 1));
		const feeds = graph.edges
			.filter((edge) => endpoint(edge.to).node === id)
			.map((edge) => [endpoint(edge.to).port, endpoint(edge.from).port, visit(endpoint(edge.from).node)]);
		const own = JSON.stringify([node.spec, node.version, params, node.muted === true, node.bypassed === true, bindings[id] ?? [], feeds]);
		open.delete(id);
		known[id] = digest(own);
		return known[id];
	};
	for (const id of Object.keys(graph.nodes)) visit(id);
	return known;
}

/** 106 bits of cyrb53, twice seeded: short, quick, and no two graphs of a user will ever meet in it. */
function digest(text: string): string {
	return `${hash(text, 1)}${hash(text, 2)}`;
}
function hash(text: string, seed: number): string {
	let a = 0xdeadbeef ^ seed;
	let b = 0x41c6ce57 ^ seed;
	for (let i = 0; i < text.length; i += 1) {
		const code = text.charCodeAt(i);
		a = Math.imul(a ^ code, 2654435761);
		b = Math.imul(b ^ code, 1597334677);
	}
	a = Math.imul(a ^ (a >>> 16), 2246822507) ^ Math.imul(b ^ (b >>> 13), 3266489909);
	b = Math.imul(b ^ (b >>> 16), 2246822507) ^ Math.imul(a ^ (a >>> 13), 3266489909);
	return (4294967296 * (2097151 & b) + (a >>> 0)).toString(36);
}
