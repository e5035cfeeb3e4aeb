import { describe, expect, it } from 'vitest';
import { accepted, changesBetween, overlaid } from '../../client/canvas/changes.ts';
import type { Recipe } from '../../nodes/graph.ts';

const recipe = (nodes: Recipe['graph']['nodes'], edges: Recipe['graph']['edges']): Recipe => ({ millwright: 1, name: 'r', graph: { nodes, edges } });
const node = (width: number, at: [number, number] = [0, 0]) => ({ spec: 'image.resize', version: 1, params: { width }, at });

const before = recipe({ a: node(1), b: node(2), c: node(3) }, [
	{ from: 'a.image', to: 'b.image' },
	{ from: 'b.image', to: 'c.image' },
]);
/** b changes, x comes between b and c. */
const after = recipe({ a: node(1, [500, 500]), b: node(20), x: node(9), c: node(3) }, [
	{ from: 'a.image', to: 'b.image' },
	{ from: 'b.image', to: 'x.image' },
	{ from: 'x.image', to: 'c.image' },
]);

describe('a proposal', () => {
	it('names what is new, changed or gone; where a node stands is no change', () => {
		expect(changesBetween(before.graph, after.graph)).toEqual([
			{ node: 'b', what: 'changed', params: ['width'] },
			{ node: 'x', what: 'added', params: [] },
			{ node: 'c', what: 'changed', params: [] },
		]);
		expect(changesBetween(after.graph, before.graph)).toContainEqual({ node: 'x', what: 'removed', params: [] });
	});
	it('shows what is removed until it is accepted', () => {
		const shown = overlaid(after.graph, before.graph);
		expect(Object.keys(shown.nodes)).toContain('x');
		expect(shown.edges).toContainEqual({ from: 'x.image', to: 'c.image' });
	});
	it('is taken whole when everything is accepted', () => {
		expect(accepted(before, after, new Set(['b', 'x', 'c'])).graph).toEqual(after.graph);
	});
	it('changes nothing that was not accepted', () => {
		const only = accepted(before, after, new Set(['b'])).graph;
		expect(only.nodes['b']?.params).toEqual({ width: 20 });
		expect(only.nodes['x']).toBeUndefined();
		expect(only.edges).toEqual(before.graph.edges);
	});
	it('never leaves a wire without an end', () => {
		for (const ids of [[], ['x'], ['c'], ['b', 'c'], ['x', 'c']]) {
			const { nodes, edges } = accepted(before, after, new Set(ids)).graph;
			for (const edge of edges) for (const end of [edge.from, edge.to]) expect(nodes[end.split('.')[0] ?? '']).toBeDefined();
		}
	});
});
