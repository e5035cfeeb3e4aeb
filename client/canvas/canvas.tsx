/** The canvas: nodes, wires, and what hands do with them. */
import {
	applyNodeChanges,
	Background,
	BackgroundVariant,
	type Connection,
	type Edge,
	MiniMap,
	type Node,
	type NodeChange,
	type OnConnectEnd,
	ReactFlow,
} from '@xyflow/react';
import '@xyflow/react/dist/base.css';
import './canvas.css';
import './card.css';
import { useCallback, useEffect, useMemo, useState } from 'react';
import { SPECS, specOf } from '../../nodes/catalogue.ts';
import { endpoint } from '../../nodes/graph.ts';
import { sayNow, useSay } from '../app/language.ts';
import { notify, showPanel, useUi } from '../app/ui.ts';
import { accepts, conversions, inputFor, outputFor } from '../catalogue/fits.ts';
import { kindOfSpec } from '../catalogue/icons.tsx';
import { usePlan } from '../prompt/plan.ts';
import { editable, wire } from './acts.ts';
import { edit, noteId, noteIndex, select, useDoc } from './document.ts';
import { portsAt } from './edits.ts';
import { NodeCard } from './node-card.tsx';
import { NoteCard } from './note.tsx';
import { useScene } from './scene.ts';
import { closeSearch, fitAll, type Loose, openSearch, refit, setFlow, useView, viewMoved } from './view.ts';
import { Wire } from './wire.tsx';

const NODE_TYPES = { card: NodeCard, note: NoteCard };
const EDGE_TYPES = { wire: Wire };

export function Canvas() {
	const say = useSay();
	const [nodes, setNodes] = useNodes();
	const edges = useEdges();
	const mode = useScene((scene) => scene.mode);
	const empty = useScene((scene) => Object.keys(scene.graph.nodes).length === 0);

	const panelOpen = useUi((ui) => ui.panelOpen);
	const planning = usePlan((plan) => plan.phase);
	const count = nodes.length;
	// biome-ignore lint/correctness/useExhaustiveDependencies: the view follows while the room or the plan changes
	useEffect(refit, [panelOpen, planning, mode, mode === 'edit' ? 0 : count]);

	const onNodesChange = useCallback(
		(changes: NodeChange[]) => {
			const picked = changes.filter((change) => change.type === 'select');
			if (picked.length > 0) {
				const next = new Set(useDoc.getState().selected);
				for (const change of picked) {
					if (change.selected) next.add(change.id);
					else next.delete(change.id);
				}
				select([...next]);
			}
			setNodes((before) =>
				applyNodeChanges(
					changes.filter((change) => change.type !== 'remove'),
					before,
				),
			);
		},
		[setNodes],
	);

	return (
		<section
			className="canvas"
			aria-label={say('canvas.label')}
			onPointerMove={(event) => useView.setState({ pointer: { x: event.clientX, y: event.clientY } })}
			onFocus={(event) => {
				const { target } = event;
				const id = target.getAttribute('data-id');
				if (id !== null && target.classList.contains('react-flow__node') && target.matches(':focus-visible')) select([id]);
			}}
			onPointerLeave={() => useView.setState({ pointer: null })}
		>
			<ReactFlow
				nodes={nodes}
				edges={edges}
				nodeTypes={NODE_TYPES}
				edgeTypes={EDGE_TYPES}
				onInit={(instance) => {
					setFlow(instance);
					setTimeout(fitAll, 30);
				}}
				onNodesChange={onNodesChange}
				onEdgesChange={(changes) => {
					const wires = new Set(useDoc.getState().selectedWires);
					for (const change of changes) {
						if (change.type !== 'select') continue;
						if (change.selected) wires.add(change.id);
						else wires.delete(change.id);
					}
					useDoc.setState({ selectedWires: [...wires] });
				}}
				onMoveEnd={(event) => event !== null && viewMoved()}
				onNodeDragStop={(_, __, dragged) => keepPlaces(dragged)}
				onSelectionDragStop={(_, dragged) => keepPlaces(dragged)}
				onNodeClick={(_, node) => node.type === 'card' && showPanel('node')}
				onConnect={({ source, sourceHandle, target, targetHandle }) => wire(`${source}.${sourceHandle ?? ''}`, `${target}.${targetHandle ?? ''}`)}
				onConnectStart={(_, { nodeId, handleId, handleType }) =>
					useView.setState({ pulling: looseEnd(nodeId, handleId, handleType === 'source' ? 'out' : 'in') })
				}
				onConnectEnd={dropWire}
				isValidConnection={fits}
				onEdgeMouseEnter={(_, edge) => useView.setState({ hoveredWire: edge.id })}
				onEdgeMouseLeave={() => useView.setState({ hoveredWire: null })}
				onPaneClick={() => closeSearch()}
				onDoubleClick={(event) => {
					if (event.target instanceof Element && event.target.classList.contains('react-flow__pane') && editable())
						openSearch({ at: { x: event.clientX, y: event.clientY } });
				}}
				onNodeDoubleClick={(_, node) => node.type === 'card' && editable() && useView.setState({ renaming: node.id })}
				nodesDraggable={mode === 'edit'}
				nodesConnectable={mode === 'edit'}
				zoomOnDoubleClick={false}
				panOnDrag={[0, 1]}
				panActivationKeyCode="Space"
				selectionKeyCode="Shift"
				multiSelectionKeyCode={['Shift', 'Control', 'Meta']}
				deleteKeyCode={null}
				disableKeyboardA11y
				minZoom={0.15}
				maxZoom={2.5}
				connectionRadius={26}
				proOptions={{ hideAttribution: true }}
				onlyRenderVisibleElements={nodes.length > 60}
			>
				<Background variant={BackgroundVariant.Dots} gap={22} size={1.6} color="var(--ground-dot)" />
				{!empty && nodes.length > 4 && (
					<MiniMap pannable zoomable ariaLabel={say('canvas.map')} className="map" nodeColor={mapColour} nodeStrokeWidth={0} nodeBorderRadius={10} />
				)}
			</ReactFlow>
		</section>
	);
}

/** Flow nodes that follow the scene, keeping what the flow has measured. */
function useNodes() {
	const ids = useScene((scene) => Object.keys(scene.graph.nodes).join(' '));
	const notes = useScene((scene) => scene.graph.notes);
	const places = useScene((scene) => scene.places);
	const selected = useDoc((doc) => doc.selected);
	const language = useUi((ui) => ui.language);
	const graph = useScene((scene) => scene.graph.nodes);
	const labels = useMemo(
		() => Object.fromEntries(Object.entries(graph).map(([id, node]) => [id, node.title ?? specOf(node.spec)?.title[language] ?? node.spec])),
		[graph, language],
	);
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

function useEdges(): Edge[] {
	const wires = useScene((scene) => scene.graph.edges);
	const graph = useScene((scene) => scene.graph);
	const selected = useDoc((doc) => doc.selectedWires);
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
				};
			});
	}, [wires, graph, selected]);
}

function keepPlaces(dragged: readonly Node[]): void {
	edit((doc) => {
		for (const { id, position } of dragged) {
			const at: [number, number] = [Math.round(position.x), Math.round(position.y)];
			const note = doc.recipe.graph.notes?.[noteIndex(id) ?? -1];
			const node = doc.recipe.graph.nodes[id];
			if (note !== undefined) note.at = at;
			else if (node !== undefined) node.at = at;
		}
	});
}

/** The end of a wire that is in the hand. */
export function looseEnd(node: string | null, port: string | null, side: 'in' | 'out'): Loose | null {
	const { graph, checked } = useScene.getState();
	const at = node === null ? undefined : graph.nodes[node];
	if (node === null || port === null || at === undefined) return null;
	const kind = (side === 'out' ? portsAt(at).outputs : portsAt(at).inputs)[port]?.kind ?? 'file';
	return { node, port, side, kind, seen: side === 'out' ? checked.seen[`${node}.${port}`] : undefined };
}

function fits(connection: Connection | Edge): boolean {
	const { graph } = useScene.getState();
	const target = graph.nodes[connection.target];
	const loose = looseEnd(connection.source, connection.sourceHandle ?? null, 'out');
	const port = target === undefined ? undefined : portsAt(target).inputs[connection.targetHandle ?? ''];
	return loose !== null && port !== undefined && connection.source !== connection.target && accepts(port, loose.kind, loose.seen);
}

/** A wire let go: on a node it finds the port that fits, on the empty canvas it asks what comes next; where kinds differ, what lies between. */
const dropWire: OnConnectEnd = (event, state) => {
	const { pulling } = useView.getState();
	useView.setState({ pulling: null });
	if (pulling === null || state.isValid === true || !editable()) return;
	const point = 'changedTouches' in event ? event.changedTouches[0] : event;
	if (point === undefined) return;
	const at = { x: point.clientX, y: point.clientY };
	const under = document.elementFromPoint(at.x, at.y);
	const id = state.toHandle?.nodeId ?? under?.closest('.react-flow__node')?.getAttribute('data-id') ?? null;
	if (id === pulling.node) return;
	if (id === null) {
		if (under?.closest('.react-flow__pane') != null) openSearch({ at, loose: pulling });
		return;
	}
	const { graph } = useScene.getState();
	const node = graph.nodes[id];
	if (node === undefined) return;
	const { inputs, outputs } = portsAt(node);
	const here = `${pulling.node}.${pulling.port}`;
	if (pulling.side === 'in') {
		const wanted = graph.nodes[pulling.node];
		const port = wanted === undefined ? undefined : portsAt(wanted).inputs[pulling.port];
		const output = port === undefined ? null : outputFor(outputs, port);
		if (output !== null) wire(`${id}.${output}`, here);
		return;
	}
	const taken = new Set(graph.edges.filter((edge) => edge.to.startsWith(`${id}.`)).map((edge) => endpoint(edge.to).port));
	const input = inputFor(inputs, pulling.kind, pulling.seen, taken);
	if (input !== null) return wire(here, `${id}.${input}`);
	const name = state.toHandle?.id ?? Object.keys(inputs)[0];
	const port = name === undefined ? undefined : inputs[name];
	if (port === undefined || conversions(SPECS, pulling.kind, pulling.seen, port.kind).length === 0) return notify(sayNow('canvas.misfit'));
	openSearch({ at, between: { from: here, to: `${id}.${name}`, kind: pulling.kind, wanted: port.kind, seen: pulling.seen } });
};

function mapColour(node: Node): string {
	const spec = specOf(useScene.getState().graph.nodes[node.id]?.spec ?? '');
	return spec === undefined ? 'var(--line-strong)' : `color-mix(in oklab, var(--kind-${kindOfSpec(spec)}) 55%, var(--surface))`;
}
