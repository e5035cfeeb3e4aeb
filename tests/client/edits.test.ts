import { describe, expect, it } from 'vitest';
import { addNode, connect, emptyDoc, freshId, reaches, removeNodes, rename, toggle } from '../../client/canvas/edits.ts';
import { SPECS, specOf } from '../../nodes/catalogue.ts';
import type { Spec } from '../../nodes/define.ts';
import type { Graph } from '../../nodes/graph.ts';

const spec = (id: string): Spec => {
	const found = specOf(id);
	if (found === undefined) throw new Error(`no spec ${id} among ${SPECS.length}`);
	return found;
};

/** File → resize → resize. */
function chain() {
	const doc = emptyDoc();
	const { graph } = doc.recipe;
	const file = addNode(graph, spec('io.file'), [0, 0]);
	const first = addNode(graph, spec('image.resize'), [300, 0], { width: 10 });
	const second = addNode(graph, spec('image.resize'), [600, 0]);
	connect(graph, `${file}.value`, `${first}.image`);
	connect(graph, `${first}.image`, `${second}.image`);
	return { doc, graph, file, first, second };
}

describe('edits of a graph', () => {
	it('gives ids that are free and can be written in an edge', () => {
		const graph: Graph = { nodes: {}, edges: [] };
		addNode(graph, spec('image.resize'), [0, 0]);
		expect(freshId(graph, 'image.resize')).toBe('resize-2');
		expect(freshId(graph, 'odd.na me!')).toMatch(/^[A-Za-z0-9_-]+$/);
	});
	it('replaces the wire of an input that takes one', () => {
		const { graph, file, first, second } = chain();
		connect(graph, `${file}.value`, `${second}.image`);
		expect(graph.edges).toEqual([
			{ from: `${file}.value`, to: `${first}.image` },
			{ from: `${file}.value`, to: `${second}.image` },
		]);
	});
	it('never closes a circle', () => {
		const { graph, first, second } = chain();
		expect(connect(graph, `${second}.image`, `${first}.image`)).toBe(false);
		expect(graph.edges).toHaveLength(2);
		expect(reaches(graph, first, second)).toBe(true);
	});
	it('deletes a node with its wires and its file, and nothing else', () => {
		const { doc, graph, file, first, second } = chain();
		doc.bindings[file] = ['a'];
		removeNodes(doc, [file]);
		expect(Object.keys(graph.nodes)).toEqual([first, second]);
		expect(graph.edges).toHaveLength(1);
		expect(doc.bindings).toEqual({});
	});
	it('bridges the gap when asked', () => {
		const { doc, graph, file, first, second } = chain();
		removeNodes(doc, [first], true);
		expect(graph.edges).toEqual([{ from: `${file}.value`, to: `${second}.image` }]);
	});
	it('mutes all unless all are muted, and takes empty names back', () => {
		const { graph, first, second } = chain();
		toggle(graph, [first], 'muted');
		toggle(graph, [first, second], 'muted');
		expect([graph.nodes[first]?.muted, graph.nodes[second]?.muted]).toEqual([true, true]);
		toggle(graph, [first, second], 'muted');
		expect(graph.nodes[first]).not.toHaveProperty('muted');
		rename(graph, first, '  Small  ');
		expect(graph.nodes[first]?.title).toBe('Small');
		rename(graph, first, ' ');
		expect(graph.nodes[first]).not.toHaveProperty('title');
	});
});
