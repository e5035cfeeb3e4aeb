/** The document on the canvas: recipe, bindings, undo, selection, and where it is saved. */
import type { Draft } from 'immer';
import { create } from 'zustand';
import type { Recipe } from '../../nodes/graph.ts';
import { sayNow } from '../app/language.ts';
import { type Doc, emptyDoc } from './edits.ts';
import { begin, changed, redone, type Timeline, undone } from './history.ts';
import { placed } from './place.ts';

export interface SavedAs {
	readonly id: string;
	readonly revision: number;
}

interface DocState {
	readonly timeline: Timeline<Doc>;
	readonly selected: readonly string[];
	readonly selectedWires: readonly string[];
	/** null: a draft that lives in this browser only. */
	readonly saved: SavedAs | null;
}

export const useDoc = create<DocState>(() => ({ timeline: begin(emptyDoc()), selected: [], selectedWires: [], saved: null }));

export const currentDoc = (): Doc => useDoc.getState().timeline.value;
export const currentGraph = () => currentDoc().recipe.graph;

/** Changes the document; one entry of undo. `merge`: see `changed`. */
export function edit(change: (draft: Draft<Doc>) => void, merge: string | null = null): void {
	useDoc.setState(({ timeline }) => ({ timeline: changed(timeline, change, merge) }));
	forgetLost();
}

export function undo(): void {
	useDoc.setState(({ timeline }) => ({ timeline: undone(timeline) }));
	forgetLost();
}

export function redo(): void {
	useDoc.setState(({ timeline }) => ({ timeline: redone(timeline) }));
	forgetLost();
}

/** Selection never names what is gone. */
function forgetLost(): void {
	const { selected } = useDoc.getState();
	const { nodes, notes } = currentGraph();
	const left = selected.filter((id) => nodes[id] !== undefined || isNote(id, notes?.length ?? 0));
	if (left.length !== selected.length) useDoc.setState({ selected: left });
}

export const noteId = (index: number) => `note:${index}`;
export const noteIndex = (id: string) => (id.startsWith('note:') ? Number(id.slice(5)) : null);
function isNote(id: string, count: number): boolean {
	const index = noteIndex(id);
	return index !== null && index < count;
}

export function select(ids: readonly string[]): void {
	const before = useDoc.getState().selected;
	if (before.length === ids.length && before.every((id, i) => id === ids[i])) return;
	useDoc.setState({ selected: [...ids] });
}

/** Opens another recipe in place of this one; undo starts anew. */
export function openRecipe(recipe: Recipe, bindings: Readonly<Record<string, readonly string[]>> = {}, saved: SavedAs | null = null): void {
	const known = Object.entries(bindings).filter(([id]) => recipe.graph.nodes[id] !== undefined);
	const doc: Doc = { recipe: withPlaces(recipe), bindings: Object.fromEntries(known.map(([id, inputs]) => [id, [...inputs]])) };
	useDoc.setState({ timeline: begin(doc), selected: [], selectedWires: [], saved });
}

export function newRecipe(): void {
	useDoc.setState({ timeline: begin(emptyDoc(sayNow('recipe.untitled'))), selected: [], selectedWires: [], saved: null });
}

/** The recipe with a place for every node. */
export function withPlaces(recipe: Recipe): Recipe {
	const places = placed(recipe.graph);
	const nodes = Object.entries(recipe.graph.nodes).map(([id, node]) => {
		const at = places[id];
		if (at === undefined || (node.at?.[0] === at[0] && node.at[1] === at[1])) return [id, node] as const;
		const moved: [number, number] = [at[0], at[1]];
		return [id, { ...node, at: moved }] as const;
	});
	return { ...recipe, graph: { ...recipe.graph, nodes: Object.fromEntries(nodes) } };
}
