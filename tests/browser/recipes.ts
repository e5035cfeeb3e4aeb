/** Recipes that the tests open on the canvas. */
import type { Edge, GraphNode } from '../../nodes/graph.ts';

export function recipe(
	name: string,
	nodes: Readonly<Record<string, Partial<GraphNode> & { readonly spec: string }>>,
	edges: readonly (readonly [string, string])[],
) {
	const wires: Edge[] = edges.map(([from, to]) => ({ from, to }));
	const full = Object.entries(nodes).map(([id, node], i): [string, GraphNode] => [id, { version: 1, params: {}, at: [i * 344, 0], ...node }]);
	return { millwright: 1, name, graph: { nodes: Object.fromEntries(full), edges: wires } };
}

/** A photo made smaller, blurred and saved. */
export const PHOTO = recipe(
	'Soft photo',
	{
		photo: { spec: 'io.file', params: { kind: 'image' } },
		smaller: { spec: 'image.resize', params: { width: 200 } },
		soft: { spec: 'image.blur', params: { radius: 3 } },
		save: { spec: 'image.save', params: { format: 'png' } },
	},
	[
		['photo.value', 'smaller.image'],
		['smaller.image', 'soft.image'],
		['soft.image', 'save.image'],
	],
);

/** Far more work than a test has patience for. */
export const LONG = recipe(
	'Long zoom',
	{
		photo: { spec: 'io.file', params: { kind: 'image' } },
		zoom: { spec: 'video.ken-burns', params: { duration: 120, width: 640, height: 360 } },
		save: { spec: 'video.save', params: { format: 'mp4' } },
	},
	[
		['photo.value', 'zoom.image'],
		['zoom.video', 'save.video'],
	],
);
