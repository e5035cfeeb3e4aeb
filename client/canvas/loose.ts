/** Wires in the hand: what they fit, and what happens where they are let go. */
import type { Connection, Edge, OnConnectEnd } from '@xyflow/react';
import { SPECS } from '../../nodes/catalogue.ts';
import { endpoint } from '../../nodes/graph.ts';
import { sayNow } from '../app/language.ts';
import { notify } from '../app/ui.ts';
import { accepts, conversions, inputFor, outputFor } from '../catalogue/fits.ts';
import { editable, wire } from './acts.ts';
import { portsAt } from './edits.ts';
import { useScene } from './scene.ts';
import { type Loose, openSearch, useView } from './view.ts';

/** The end of a wire that is in the hand. */
export function looseEnd(node: string | null, port: string | null, side: 'in' | 'out'): Loose | null {
	const { graph, checked } = useScene.getState();
	const at = node === null ? undefined : graph.nodes[node];
	if (node === null || port === null || at === undefined) return null;
	const kind = (side === 'out' ? portsAt(at).outputs : portsAt(at).inputs)[port]?.kind ?? 'file';
	return { node, port, side, kind, seen: side === 'out' ? checked.seen[`${node}.${port}`] : undefined };
}

/** Whether a wire may be made. */
export function fits(connection: Connection | Edge): boolean {
	const { graph } = useScene.getState();
	const target = graph.nodes[connection.target];
	const loose = looseEnd(connection.source, connection.sourceHandle ?? null, 'out');
	const port = target === undefined ? undefined : portsAt(target).inputs[connection.targetHandle ?? ''];
	return loose !== null && port !== undefined && connection.source !== connection.target && accepts(port, loose.kind, loose.seen);
}

/** A wire let go: on a node it finds the port that fits, on the empty canvas it asks what comes next; where kinds differ, what lies between. */
export const dropWire: OnConnectEnd = (event, state) => {
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
