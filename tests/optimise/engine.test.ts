/** The optimiser inside the engine: what is fused, what is told, who is blamed, and what stays the same. */
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Recipe } from '../../nodes/graph.ts';
import type { RunResult } from '../../server/engine/engine.ts';
import { open } from '../../server/open.ts';
import { difference } from '../backends/image/harness.ts';
import { type Bench, bench, recipe } from '../engine/harness.ts';
import { fixture } from '../fixtures/index.ts';

let quick: Bench;
let plain: Bench;
beforeAll(async () => {
	quick = await bench();
	plain = await bench({ optimise: false });
});
afterAll(async () => {
	await quick.done();
	await plain.done();
});

const turned: Recipe = recipe(
	{
		photo: ['io.file', { kind: 'image' }],
		invert: ['image.invert'],
		flip: ['image.flip', { direction: 'horizontal' }],
		crop: ['image.crop', { by: 'pixels', left: 10, top: 5, width: 200, height: 150 }],
		save: ['image.save', { format: 'png' }],
	},
	['photo.value > invert.image', 'invert.image > flip.image', 'flip.image > crop.image', 'crop.image > save.image'],
);

const file = (result: RunResult): string => {
	const path = result.outputs[0]?.artifact.path;
	if (result.state !== 'done' || path === undefined) throw new Error(JSON.stringify(result));
	return path;
};

describe('the optimiser in the engine', () => {
	it('brings nodes into one group that the order of the graph keeps apart, and says how', async () => {
		const fast = await quick.engine.explain(turned, await quick.bind({ photo: 'photo' }));
		const slow = await plain.engine.explain(turned, await plain.bind({ photo: 'photo' }));
		expect(slow.length).toBeGreaterThan(1);
		expect(slow.flatMap((one) => one.rules)).toEqual([]);
		expect(fast).toHaveLength(1);
		expect(fast[0]?.nodes).toEqual(['invert', 'flip', 'crop', 'save']);
		expect(fast[0]?.commands).toHaveLength(1);
		expect(fast[0]?.rules.map(({ name, nodes, tolerance }) => [name, nodes.toSorted(), tolerance])).toEqual([
			['image.crop-first', ['crop', 'flip', 'invert'], 'exact'],
			['image.turn-first', ['flip', 'invert'], 'exact'],
		]);
		expect(fast[0]?.rules[0]?.summary.zh).toMatch(/裁剪/);
	});

	it('makes the same file either way, under the same key', async () => {
		const made = await quick.run(turned, { photo: 'photo' });
		expect(await difference(file(made), file(await plain.run(turned, { photo: 'photo' })))).toEqual({ mean: 0, most: 0 });
		const again = open(quick.home.folder, { optimise: false });
		const bindings = { photo: [await again.engine.look(fixture('photo'))] };
		expect((await again.engine.run({ recipe: turned, bindings })).counts).toMatchObject({ groups: 0 });
		await again.engine.close();
	});

	it('blames the node whose step failed, though it was moved', async () => {
		const broken = join(quick.folder, 'cut-off.jpg');
		const bytes = await readFile(fixture('photo'));
		await writeFile(broken, bytes.subarray(0, bytes.length / 2));
		const graph = recipe(
			{
				photo: ['io.file', { kind: 'image' }],
				logo: ['io.file', { kind: 'image' }],
				invert: ['image.invert'],
				flip: ['image.flip', { direction: 'horizontal' }],
				mark: ['image.watermark-image'],
				save: ['image.save', { format: 'png' }],
			},
			['photo.value > invert.image', 'invert.image > flip.image', 'flip.image > mark.image', 'logo.value > mark.mark', 'mark.image > save.image'],
		);
		const bindings = { photo: [await quick.engine.look(fixture('photo'))], logo: [await quick.engine.look(broken)] };
		const explained = await quick.engine.explain(graph, bindings);
		expect(explained.flatMap((one) => one.rules.map((rule) => rule.name))).toEqual(['image.turn-first']);
		const result = await quick.engine.run({ recipe: graph, bindings });
		expect(result.state === 'failed' && result.problems.map((problem) => problem.node)).toEqual(['mark']);
	});

	it('names of rules stand in what is switched off', async () => {
		const some = await bench({ optimise: { without: ['image.turn-first'] } });
		const groups = await some.engine.explain(turned, await some.bind({ photo: 'photo' }));
		expect(groups.flatMap((one) => one.rules.map((rule) => rule.name))).toEqual(['image.crop-first']);
		await some.done();
	});
});
