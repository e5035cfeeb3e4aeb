/** Where nodes go that nobody has placed yet: columns from left to right, in the order in which values flow. */
import { endpoint, type Graph } from '../../nodes/graph.ts';

export const CARD_WIDTH = 248;
export const CARD_HEIGHT = 272;
const GAP_X = 96;
const GAP_Y = 44;

type Place = readonly [number, number];

/** Places for all nodes: those that have one keep it, unless a new node has to go between. */
export function placed(graph: Graph): Record<string, Place> {
	const places: Record<string, Place> = {};
	for (const [id, node] of Object.entries(graph.nodes)) if (node.at !== undefined) places[id] = node.at;
	const depth = depths(graph);
	const loose = Object.keys(graph.nodes)
		.filter((id) => places[id] === undefined)
		.sort((a, b) => (depth.get(a) ?? 0) - (depth.get(b) ?? 0));
	for (const id of loose) {
		const readers = downstream(graph, id);
		const others = Object.fromEntries(Object.entries(places).filter(([other]) => !readers.has(other)));
		places[id] = freePlace(wanted(graph, id, places, depth.get(id) ?? 0), others);
		makeRoom(graph, id, places);
	}
	return places;
}

/** What hangs on a new node moves to the right of it. */
function makeRoom(graph: Graph, from: string, places: Record<string, Place>, seen: ReadonlySet<string> = new Set()): void {
	const here = places[from];
	if (here === undefined || seen.has(from)) return;
	for (const edge of graph.edges) {
		const reader = endpoint(edge.to).node;
		const there = places[reader];
		if (endpoint(edge.from).node !== from || there === undefined || there[0] >= here[0] + CARD_WIDTH + GAP_X / 2) continue;
		places[reader] = [here[0] + CARD_WIDTH + GAP_X, there[1]];
		makeRoom(graph, reader, places, new Set([...seen, from]));
	}
}

function downstream(graph: Graph, from: string, found: Set<string> = new Set()): Set<string> {
	for (const edge of graph.edges) {
		const reader = endpoint(edge.to).node;
		if (endpoint(edge.from).node !== from || found.has(reader)) continue;
		found.add(reader);
		downstream(graph, reader, found);
	}
	return found;
}

function wanted(graph: Graph, id: string, places: Readonly<Record<string, Place>>, depth: number): Place {
	const feeders = graph.edges.filter((edge) => endpoint(edge.to).node === id).flatMap((edge) => placeOf(places, endpoint(edge.from).node));
	if (feeders.length > 0) {
		const x = Math.max(...feeders.map(([left]) => left)) + CARD_WIDTH + GAP_X;
		return [x, Math.round(feeders.reduce((sum, [, top]) => sum + top, 0) / feeders.length)];
	}
	const readers = graph.edges.filter((edge) => endpoint(edge.from).node === id).flatMap((edge) => placeOf(places, endpoint(edge.to).node));
	const first = readers[0];
	if (first !== undefined) return [first[0] - CARD_WIDTH - GAP_X, first[1]];
	return [depth * (CARD_WIDTH + GAP_X), 0];
}

const placeOf = (places: Readonly<Record<string, Place>>, id: string): Place[] => (places[id] === undefined ? [] : [places[id]]);

/** The nearest place below (or at) the wanted one that overlaps nothing. */
export function freePlace([x, y]: Place, places: Readonly<Record<string, Place>>): Place {
	const others = Object.values(places).filter(([left]) => Math.abs(left - x) < CARD_WIDTH + 24);
	let top = y;
	for (let moved = true; moved; ) {
		const hit = others.find(([, other]) => Math.abs(other - top) < CARD_HEIGHT + GAP_Y - 8);
		moved = hit !== undefined;
		if (hit !== undefined) top = hit[1] + CARD_HEIGHT + GAP_Y;
	}
	return [x, top];
}

/** Longest way from a node without inputs; nodes on a circle count as 0. */
export function depths(graph: Graph): ReadonlyMap<string, number> {
	const known = new Map<string, number>();
	const open = new Set<string>();
	const visit = (id: string): number => {
		const before = known.get(id);
		if (before !== undefined) return before;
		if (open.has(id)) return 0;
		open.add(id);
		let depth = 0;
		for (const edge of graph.edges) if (endpoint(edge.to).node === id) depth = Math.max(depth, visit(endpoint(edge.from).node) + 1);
		open.delete(id);
		known.set(id, depth);
		return depth;
	};
	for (const id of Object.keys(graph.nodes)) visit(id);
	return known;
}
