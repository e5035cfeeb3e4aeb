import { describe, expect, it } from 'vitest';
import { copyNodes, pasteNodes, readFragment } from '../../client/canvas/clipboard.ts';
import type { Graph } from '../../nodes/graph.ts';

const graph = (): Graph => ({
	nodes: {
		file: { spec: 'io.file', version: 1, params: { kind: 'image' }, at: [0, 0] },
		resize: { spec: 'image.resize', version: 1, params: { width: 5 }, at: [300, 0] },
		other: { spec: 'gone.long-ago', version: 3, params: { kept: [1] }, at: [600, 40] },
	},
	edges: [
		{ from: 'file.value', to: 'resize.image' },
		{ from: 'resize.image', to: 'other.in' },
	],
});

function fragmentOf(text: string) {
	const fragment = readFragment(text);
	if (fragment === null) throw new Error('not read');
	return fragment;
}

describe('nodes as text', () => {
	it('pastes copies under fresh ids with the wires between them', () => {
		const target = graph();
		const names = pasteNodes(target, fragmentOf(copyNodes(target, ['resize', 'other'])), [1000, 500]);
		expect(names).toEqual({ resize: 'resize-2', other: 'long-ago' });
		expect(target.nodes['resize-2']?.at).toEqual([1000, 500]);
		expect(target.nodes['long-ago']).toMatchObject({ spec: 'gone.long-ago', version: 3, params: { kept: [1] }, at: [1300, 540] });
		expect(target.edges.slice(2)).toEqual([{ from: 'resize-2.image', to: 'long-ago.in' }]);
	});
	it('keeps incoming wires when asked', () => {
		const target = graph();
		pasteNodes(target, fragmentOf(copyNodes(target, ['resize'])), null, true);
		expect(target.edges.at(-1)).toEqual({ from: 'file.value', to: 'resize-2.image' });
	});
	it('reads nothing from other texts', () => {
		for (const text of ['', 'a,b\n1,2', '{"millwrightNodes":', '{"millwrightNodes":1}', '{"millwrightNodes":1,"graph":{"nodes":{"a b":{}}}}'])
			expect(readFragment(text)).toBeNull();
	});
});
