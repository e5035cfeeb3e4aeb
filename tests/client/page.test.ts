import { describe, expect, it } from 'vitest';
import { bytesText, secondsText } from '../../client/app/format.ts';
import { en } from '../../client/app/messages/en.ts';
import { zh } from '../../client/app/messages/zh.ts';
import { placed } from '../../client/canvas/place.ts';
import { neighbour } from '../../client/canvas/walk.ts';
import { rankSpecs } from '../../client/catalogue/rank.ts';
import { sourceFor } from '../../client/catalogue/sources.ts';
import { signatures } from '../../client/runs/signatures.ts';
import { describeMetadata } from '../../client/viewers/describe.ts';
import { SPECS } from '../../nodes/catalogue.ts';
import { KINDS, unknownOf } from '../../nodes/define.ts';
import type { Graph } from '../../nodes/graph.ts';

const graph: Graph = {
	nodes: {
		a: { spec: 'io.file', version: 1, params: {} },
		b: { spec: 'image.resize', version: 1, params: { width: 5 } },
		c: { spec: 'image.resize', version: 1, params: { width: 6 } },
	},
	edges: [
		{ from: 'a.value', to: 'b.image' },
		{ from: 'a.value', to: 'c.image' },
	],
};

describe('texts of the page', () => {
	it('are all there in both languages, with the same places to fill', () => {
		const places = (text: string) => (text.match(/\{\w+\}/g) ?? []).sort();
		expect(Object.keys(zh).sort()).toEqual(Object.keys(en).sort());
		for (const key of Object.keys(en) as (keyof typeof en)[]) {
			expect(zh[key], key).not.toBe('');
			expect(places(zh[key]), key).toEqual(places(en[key]));
			expect(`${en[key]}${zh[key]}`, key).not.toMatch(/!|！/);
		}
	});
	it('says sizes and times as people do', () => {
		expect([bytesText(0), bytesText(999), bytesText(1500), bytesText(12_345_678)]).toEqual(['0 B', '999 B', '1.5 kB', '12 MB']);
		expect([secondsText(0.01), secondsText(1.24), secondsText(59), secondsText(61), secondsText(3725)]).toEqual(['10 ms', '1.2 s', '59 s', '1:01', '1:02:05']);
	});
});

describe('the canvas', () => {
	it('places what nobody placed so that nothing overlaps', () => {
		const places = Object.values(placed(graph));
		for (const [i, [x, y]] of places.entries())
			for (const [left, top] of places.slice(i + 1)) expect(Math.abs(x - left) >= 248 || Math.abs(y - top) >= 272).toBe(true);
	});
	it('walks along wires, and to the side', () => {
		const places = placed(graph);
		expect(neighbour(graph, places, null, 'right')).toBe('a');
		expect(neighbour(graph, places, 'a', 'right')).toBe('b');
		expect(neighbour(graph, places, 'b', 'down')).toBe('c');
		expect(neighbour(graph, places, 'c', 'left')).toBe('a');
		expect(neighbour(graph, places, 'a', 'left')).toBeNull();
	});
	it('knows which results a change makes stale', () => {
		const first = signatures(graph, { a: ['x'] });
		const changed = structuredClone(graph);
		const b = changed.nodes['b'];
		if (b !== undefined) b.params = { width: 7 };
		const second = signatures(changed, { a: ['x'] });
		expect([first['a'] === second['a'], first['b'] === second['b'], first['c'] === second['c']]).toEqual([true, false, true]);
		expect(signatures(graph, { a: ['y'] })['c']).not.toBe(first['c']);
		expect(first['b']).not.toBe(first['c']);
	});
});

describe('the catalogue on the page', () => {
	it('is searched in both languages', () => {
		expect(rankSpecs('resize', SPECS)[0]?.id).toBe('image.resize');
		expect(rankSpecs('缩放', SPECS).map((spec) => spec.id)).toContain('image.resize');
		expect(rankSpecs('', SPECS).every((spec) => spec.hidden !== true)).toBe(true);
		expect(rankSpecs('zzqqxx', SPECS)).toEqual([]);
	});
	it('has a source for every kind, and a line for unknown metadata of each', () => {
		for (const kind of KINDS) {
			expect(sourceFor(kind), kind).not.toBeNull();
			expect(describeMetadata(unknownOf(kind), 'en')).toBe('');
		}
	});
});
