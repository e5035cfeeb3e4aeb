/** What keys, menus and buttons do to the selected nodes. */
import { specOf } from '../../nodes/catalogue.ts';
import type { Params, Spec } from '../../nodes/define.ts';
import { endpoint } from '../../nodes/graph.ts';
import { notifyError } from '../app/explain-error.ts';
import { sayNow } from '../app/language.ts';
import { notify, showPanel } from '../app/ui.ts';
import { freshPorts, inputFor, outputFor } from '../catalogue/fits.ts';
import { copyNodes, pasteNodes, readFragment } from './clipboard.ts';
import { currentDoc, currentGraph, edit, noteIndex, select, useDoc } from './document.ts';
import { addNode, connect, portsAt, removeNodes, toggle } from './edits.ts';
import { freePlace, placed } from './place.ts';
import { useScene } from './scene.ts';
import { type Asked, fitAll, middle, reveal, sizeOf, toFlow } from './view.ts';
import { type Direction, neighbour } from './walk.ts';

const chosen = () => useDoc.getState().selected.filter((id) => noteIndex(id) === null);
/** The document can't be edited while a plan is made or a proposal waits. */
export const editable = () => useScene.getState().mode === 'edit';

/** Adds a node where the search was opened, and connects it as the search asked. */
export function place(spec: Spec, asked: Asked, params: Params = {}): string | null {
	if (!editable()) return null;
	let id: string | null = null;
	const { loose, between } = asked;
	const [x, y] = toFlow(asked.at);
	const graph = currentGraph();
	const free = freePlace([loose?.side === 'in' ? x - 248 : x, y - 40], placed(graph));
	edit((doc) => {
		const fresh = addNode(doc.recipe.graph, spec, free, params);
		id = fresh;
		const { inputs, outputs } = freshPorts(spec);
		if (loose !== undefined) {
			if (loose.side === 'out') {
				const input = inputFor(inputs, loose.kind, loose.seen);
				if (input !== null) connect(doc.recipe.graph, `${loose.node}.${loose.port}`, `${fresh}.${input}`);
			} else {
				const node = doc.recipe.graph.nodes[loose.node];
				const port = node === undefined ? undefined : portsAt(node).inputs[loose.port];
				const output = port === undefined ? null : outputFor(outputs, port);
				if (output !== null) connect(doc.recipe.graph, `${fresh}.${output}`, `${loose.node}.${loose.port}`);
			}
		}
		if (between !== undefined) {
			const input = inputFor(inputs, between.kind, between.seen);
			const output = Object.keys(outputs).find((name) => outputs[name]?.kind === between.wanted);
			if (input !== null && output !== undefined) {
				connect(doc.recipe.graph, between.from, `${fresh}.${input}`);
				connect(doc.recipe.graph, `${fresh}.${output}`, between.to);
			}
		}
		if (loose === undefined && between === undefined) attachToSelection(doc.recipe.graph, fresh, spec);
	});
	if (id !== null) {
		select([id]);
		showPanel('node');
		setTimeout(focusChosen, 60);
	}
	return id;
}

/** Takes the keyboard to the selected node on the canvas. */
export function focusChosen(): void {
	const [id] = chosen();
	if (id !== undefined) document.querySelector<HTMLElement>(`.react-flow__node[data-id="${id}"]`)?.focus({ preventScroll: true });
}

/** Takes the keyboard to the first thing that can be set at the selected node. */
export function focusParameters(): void {
	if (chosen().length !== 1) return;
	showPanel('node');
	const controls = '.inspector .part :is(input, textarea, button, [role="slider"]):not(:disabled)';
	setTimeout(() => document.querySelector<HTMLElement>(controls)?.focus(), 60);
}

/** A node added while exactly one is selected goes behind it, where it fits; that is how a graph grows from the keyboard. */
function attachToSelection(graph: ReturnType<typeof currentGraph>, fresh: string, spec: Spec): void {
	const [only, ...more] = chosen();
	const from = only === undefined || more.length > 0 ? undefined : graph.nodes[only];
	if (only === undefined || from === undefined) return;
	const { inputs } = freshPorts(spec);
	for (const [port, { kind }] of Object.entries(portsAt(from).outputs)) {
		const seen = useScene.getState().checked.seen[`${only}.${port}`];
		const input = inputFor(inputs, kind, seen);
		if (input === null) continue;
		connect(graph, `${only}.${port}`, `${fresh}.${input}`);
		const node = graph.nodes[fresh];
		const [x, y] = from.at ?? [0, 0];
		const { [fresh]: _, ...others } = placed(graph);
		const [left, top] = freePlace([x + 344, y], others);
		if (node !== undefined) node.at = [left, top];
		return;
	}
}

export function removeChosen(bridge: boolean): void {
	if (!editable()) return;
	const { selected, selectedWires } = useDoc.getState();
	if (selected.length === 0 && selectedWires.length === 0) return;
	const notes = new Set(selected.map(noteIndex).filter((index) => index !== null));
	edit((doc) => {
		doc.recipe.graph.edges = doc.recipe.graph.edges.filter((wire) => !selectedWires.includes(`${wire.from}>${wire.to}`));
		removeNodes(doc, chosen(), bridge);
		if (notes.size > 0) doc.recipe.graph.notes = (doc.recipe.graph.notes ?? []).filter((_, i) => !notes.has(i));
	});
	useDoc.setState({ selectedWires: [], selected: [] });
}

export function toggleChosen(what: 'muted' | 'bypassed'): void {
	if (editable() && chosen().length > 0) edit((doc) => toggle(doc.recipe.graph, chosen(), what));
}

export function selectAll(): void {
	select(Object.keys(currentGraph().nodes));
}

export async function copyChosen(cut: boolean): Promise<void> {
	if (chosen().length === 0) return;
	try {
		await navigator.clipboard.writeText(copyNodes(currentGraph(), chosen()));
		if (cut) removeChosen(false);
	} catch (error) {
		notifyError(error);
	}
}

/** Pastes nodes; false when the text holds none. */
export function pasteText(text: string, keepIncoming: boolean): boolean {
	const fragment = readFragment(text);
	if (fragment === null) return false;
	if (!editable()) return true;
	let names: Record<string, string> = {};
	edit((doc) => {
		names = pasteNodes(doc.recipe.graph, fragment, keepIncoming ? null : toFlow(middle()), keepIncoming);
	});
	select(Object.values(names));
	return true;
}

export function duplicateChosen(): void {
	if (!editable() || chosen().length === 0) return;
	const fragment = readFragment(copyNodes(currentGraph(), chosen()));
	if (fragment === null) return;
	let names: Record<string, string> = {};
	edit((doc) => {
		names = pasteNodes(doc.recipe.graph, fragment, null, true);
		for (const [old, fresh] of Object.entries(names)) {
			const files = doc.bindings[old];
			if (files !== undefined) doc.bindings[fresh] = [...files];
		}
	});
	select(Object.values(names));
}

export function walk(direction: Direction): void {
	const { graph, places } = useScene.getState();
	const next = neighbour(graph, places, useDoc.getState().selected[0] ?? null, direction);
	if (next === null) return;
	select([next]);
	reveal(next);
	document.querySelector<HTMLElement>(`.react-flow__node[data-id="${next}"]`)?.focus({ preventScroll: true });
}

export function nudge(dx: number, dy: number): void {
	if (!editable() || chosen().length === 0) return;
	edit((doc) => {
		for (const id of chosen()) {
			const node = doc.recipe.graph.nodes[id];
			if (node !== undefined) node.at = [(node.at?.[0] ?? 0) + dx, (node.at?.[1] ?? 0) + dy];
		}
	}, 'nudge');
}

export function addNote(): void {
	if (!editable()) return;
	const [x, y] = toFlow(middle());
	const index = currentGraph().notes?.length ?? 0;
	edit((doc) => {
		doc.recipe.graph.notes = [...(doc.recipe.graph.notes ?? []), { text: '', at: [Math.round(x), Math.round(y)], size: [220, 120] }];
	});
	select([`note:${index}`]);
}

/** Lays the graph out anew; the layout engine is only loaded when somebody asks for it. */
export async function tidyUp(): Promise<void> {
	if (!editable()) return;
	const { tidied } = await import('./tidy.ts');
	const graph = currentGraph();
	const places = await tidied(graph, sizeOf);
	edit((doc) => {
		for (const [id, at] of Object.entries(places)) {
			const node = doc.recipe.graph.nodes[id];
			if (node !== undefined) node.at = at;
		}
	});
	setTimeout(fitAll, 60);
}

/** Makes a wire by hand; says so when it would close a circle. */
export function wire(from: string, to: string): void {
	if (!editable()) return;
	let made = true;
	edit((doc) => {
		made = connect(doc.recipe.graph, from, to);
	});
	if (!made) notify(sayNow('canvas.circle'));
}

/** Ids of nodes whose every output is read by nobody: the ends. */
export function ends(): string[] {
	const { nodes, edges } = currentDoc().recipe.graph;
	return Object.keys(nodes).filter((id) => specOf(nodes[id]?.spec ?? '') !== undefined && !edges.some((edge) => endpoint(edge.from).node === id));
}
