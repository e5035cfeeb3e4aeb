/** Tidy layout by ELK: layers from left to right. Loaded on demand. */
import ELK from 'elkjs/lib/elk.bundled.js';
import { endpoint, type Graph } from '../../nodes/graph.ts';
import { portsAt } from './edits.ts';

/** Places for all nodes. */
export async function tidied(
	graph: Graph,
	sizeOf: (id: string) => { readonly width: number; readonly height: number },
): Promise<Record<string, [number, number]>> {
	const elk = new ELK();
	const children = Object.entries(graph.nodes).map(([id, node]) => {
		const { inputs, outputs } = portsAt(node);
		const side = (names: readonly string[], where: 'WEST' | 'EAST') =>
			names.map((name, i) => ({
				id: `${id}.${where}.${name}`,
				layoutOptions: { 'elk.port.side': where, 'elk.port.index': String(where === 'WEST' ? -i : i) },
			}));
		return {
			id,
			...sizeOf(id),
			ports: [...side(Object.keys(inputs), 'WEST'), ...side(Object.keys(outputs), 'EAST')],
			layoutOptions: { 'elk.portConstraints': 'FIXED_ORDER' },
		};
	});
	const ports = new Set(children.flatMap((child) => child.ports.map((port) => port.id)));
	const end = (text: string, where: 'WEST' | 'EAST') => {
		const { node, port } = endpoint(text);
		const id = `${node}.${where}.${port}`;
		return ports.has(id) ? id : node;
	};
	const edges = graph.edges
		.filter((edge) => graph.nodes[endpoint(edge.from).node] !== undefined && graph.nodes[endpoint(edge.to).node] !== undefined)
		.map((edge, i) => ({ id: `e${i}`, sources: [end(edge.from, 'EAST')], targets: [end(edge.to, 'WEST')] }));
	const laid = await elk.layout({
		id: 'root',
		layoutOptions: {
			'elk.algorithm': 'layered',
			'elk.direction': 'RIGHT',
			'elk.spacing.nodeNode': '44',
			'elk.layered.spacing.nodeNodeBetweenLayers': '96',
			'elk.layered.nodePlacement.strategy': 'NETWORK_SIMPLEX',
			'elk.layered.considerModelOrder.strategy': 'NODES_AND_EDGES',
			'elk.separateConnectedComponents': 'true',
		},
		children,
		edges,
	});
	return Object.fromEntries((laid.children ?? []).map((child) => [child.id, [Math.round(child.x ?? 0), Math.round(child.y ?? 0)]]));
}
