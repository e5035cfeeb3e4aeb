/** The canvas: nodes, wires, and what hands do with them. */
import { applyNodeChanges, Background, BackgroundVariant, MiniMap, type Node, type NodeChange, ReactFlow } from '@xyflow/react';
import '@xyflow/react/dist/base.css';
import './canvas.css';
import './card.css';
import './port.css';
import './face.css';
import './state.css';
import './grid.css';
import { useCallback, useEffect } from 'react';
import { specOf } from '../../nodes/catalogue.ts';
import { useSay } from '../app/language.ts';
import { showPanel, useUi } from '../app/ui.ts';
import { kindOfSpec } from '../catalogue/icons.tsx';
import { usePlan } from '../prompt/plan.ts';
import { editable, wire } from './acts.ts';
import { edit, noteIndex, select, useDoc } from './document.ts';
import { useEdges, useNodes } from './flow.ts';
import { dropWire, fits, looseEnd } from './loose.ts';
import { NodeCard } from './node-card.tsx';
import { NoteCard } from './note.tsx';
import { useScene } from './scene.ts';
import { closeSearch, fitAll, openSearch, refit, setFlow, useView, viewMoved } from './view.ts';
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
	const wide = useUi((ui) => ui.panel === 'explain');
	const planning = usePlan((plan) => plan.phase);
	const count = nodes.length;
	// biome-ignore lint/correctness/useExhaustiveDependencies: the view follows while the room or the plan changes
	useEffect(refit, [panelOpen, wide, planning, mode, mode === 'edit' ? 0 : count]);

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

function mapColour(node: Node): string {
	const spec = specOf(useScene.getState().graph.nodes[node.id]?.spec ?? '');
	return spec === undefined ? 'var(--line-strong)' : `color-mix(in oklab, var(--kind-${kindOfSpec(spec)}) 55%, var(--surface))`;
}
