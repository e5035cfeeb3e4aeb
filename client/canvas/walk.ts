/** Arrow keys walk the nodes: along the wires sideways, to the nearest neighbour up and down. */
import { endpoint, type Graph } from '../../nodes/graph.ts';

export type Direction = 'left' | 'right' | 'up' | 'down';

/** The node to go to, or null when there is none that way. */
export function neighbour(graph: Graph, places: Readonly<Record<string, readonly [number, number]>>, from: string | null, direction: Direction): string | null {
	const ids = Object.keys(graph.nodes);
	if (from === null || graph.nodes[from] === undefined) return topLeft(ids, places);
	if (direction === 'left' || direction === 'right') {
		const wired = graph.edges
			.filter((edge) => endpoint(direction === 'right' ? edge.from : edge.to).node === from)
			.map((edge) => endpoint(direction === 'right' ? edge.to : edge.from).node);
		const next = nearest(wired, places, from);
		if (next !== null) return next;
	}
	const [x, y] = places[from] ?? [0, 0];
	const beyond = ids.filter((id) => {
		const [left, top] = places[id] ?? [0, 0];
		if (direction === 'left') return left < x - 20;
		if (direction === 'right') return left > x + 20;
		return direction === 'up' ? top < y - 20 : top > y + 20;
	});
	return nearest(
		beyond.filter((id) => id !== from),
		places,
		from,
	);
}

function nearest(ids: readonly string[], places: Readonly<Record<string, readonly [number, number]>>, from: string): string | null {
	const [x, y] = places[from] ?? [0, 0];
	const far = (id: string) => Math.hypot((places[id]?.[0] ?? 0) - x, (places[id]?.[1] ?? 0) - y);
	return [...ids].sort((a, b) => far(a) - far(b))[0] ?? null;
}

function topLeft(ids: readonly string[], places: Readonly<Record<string, readonly [number, number]>>): string | null {
	const sum = (id: string) => (places[id]?.[0] ?? 0) + (places[id]?.[1] ?? 0);
	return [...ids].sort((a, b) => sum(a) - sum(b))[0] ?? null;
}
