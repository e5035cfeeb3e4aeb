/** The scene as React Flow wants it: nodes that keep what was measured of them, and edges. */
import type { Edge, Node } from '@xyflow/react';
import { useEffect, useMemo, useState } from 'react';
import { specOf } from '../../nodes/catalogue.ts';
import { endpoint } from '../../nodes/graph.ts';
import { useUi } from '../app/ui.ts';
import { noteId, useDoc } from './document.ts';
import { portsAt } from './edits.ts';
import { useScene } from './scene.ts';

/** What nodes are called, by their ids. */
function useLabels(): Readonly<Record<string, string>> {
	const language = useUi((ui) => ui.language);
	const graph = useScene((scene) => scene.graph.nodes);
	return useMemo(
		() => Object.fromEntries(Object.entries(graph).map(([id, node]) => [id, node.title ?? specOf(node.spec)?.title[language] ?? node.spec])),
		[graph, language],
	);
}

/** Flow nodes that follow the scene, keeping what the flow has measured. */
export function useNodes() {
	const ids = useScene((scene) => Object.keys(scene.graph.nodes).join(' '));
	const notes = useScene((scene) => scene.graph.notes);
	const places = useScene((scene) => scene.places);
	const selected = useDoc((doc) => doc.selected);
	const labels = useLabels();
	const [nodes, setNodes] = useState<Node[]>([]);
	useEffect(() => {
		setNodes((before) => {
			const known = new Map(before.map((node) => [node.id, node]));
			const chosen = new Set(selected);
			const cards = ids
				.split(' ')
				.filter(Boolean)
				.map((id): Node => {
					const [x, y] = places[id] ?? [0, 0];
					return { ...known.get(id), id, type: 'card', data: {}, position: { x, y }, selected: chosen.has(id), ariaLabel: labels[id] ?? id };
				});
			const papers = (notes ?? []).map((note, i): Node => {
				const id = noteId(i);
				const [width, height] = note.size ?? [220, 120];
				return {
					...known.get(id),
					id,
					type: 'note',
					data: {},
					position: { x: note.at[0], y: note.at[1] },
					width,
					height,
					selected: chosen.has(id),
					zIndex: -1,
				};
			});
			return [...papers, ...cards];
		});
	}, [ids, notes, places, selected, labels]);
	return [nodes, setNodes] as const;
}

/** Wires whose two nodes are there. */
export function useEdges(): Edge[] {
	const wires = useScene((scene) => scene.graph.edges);
	const graph = useScene((scene) => scene.graph);
	const selected = useDoc((doc) => doc.selectedWires);
	const labels = useLabels();
	return useMemo(() => {
		const chosen = new Set(selected);
		return wires
			.filter((edge) => graph.nodes[endpoint(edge.from).node] !== undefined && graph.nodes[endpoint(edge.to).node] !== undefined)
			.map((edge): Edge => {
				const from = endpoint(edge.from);
				const to = endpoint(edge.to);
				const id = `${edge.from}>${edge.to}`;
				const node = graph.nodes[from.node];
				const kind = node === undefined ? 'file' : (portsAt(node).outputs[from.port]?.kind ?? 'file');
				return {
					id,
					type: 'wire',
					source: from.node,
					sourceHandle: from.port,
					target: to.node,
					targetHandle: to.port,
					selected: chosen.has(id),
					data: { kind },
					ariaLabel: `${labels[from.node] ?? from.node} → ${labels[to.node] ?? to.node}`,
					// The keyboard sees and changes wires in the panel's list of connections.
					focusable: false,
				};
			});
	}, [wires, graph, selected, labels]);
}
