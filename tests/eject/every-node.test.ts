import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { SPECS } from '../../nodes/catalogue.ts';
import { type Kind, type Params, portsOf, type Spec } from '../../nodes/define.ts';
import type { Recipe } from '../../nodes/graph.ts';
import { parseParams } from '../../nodes/params.ts';
import { type Bench, bench, recipe } from '../engine/harness.ts';
import { fixture } from '../fixtures/index.ts';
import { type Place, place, same } from './harness.ts';

/** Examples that can't be scripts: Python, a table that a task makes, lists of files that differ in what the command depends on. */
const REFUSED = new Set(['code.python', 'image.palette', 'video.concat', 'table.union']);
/** Its fonts depend on whether the worker has opened a PDF before; `tests/eject/recipes.test.ts` has charts. */
const ELSEWHERE = new Set(['chart.save']);

let engine: Bench;
let there: Place;
beforeAll(async () => {
	engine = await bench({ cores: 2 });
	there = place();
});
afterAll(async () => {
	there.done();
	await engine.done();
});

const SAVERS: { readonly [K in Kind]?: readonly [spec: string, port: string, params: Params] } = {
	image: ['image.save', 'image', { format: 'png' }],
	video: ['video.save', 'video', { format: 'mp4' }],
	audio: ['audio.save', 'audio', { format: 'wav' }],
	table: ['table.save', 'table', { format: 'csv' }],
	text: ['text.save', 'text', {}],
	chart: ['chart.save', 'chart', { format: 'svg' }],
};

/** The node's example as a recipe that saves all it makes, and the files for it. */
function exampleOf(spec: Spec): { readonly graph: Recipe; readonly files: Readonly<Record<string, readonly string[]>> } {
	const ports = portsOf(spec, parseParams(spec, spec.example.params));
	const nodes: Record<string, readonly [string, Params]> = { it: [spec.id, spec.example.params] };
	const wires: string[] = [];
	const files: Record<string, readonly string[]> = {};
	for (const [port, { kind, many }] of Object.entries(ports.inputs)) {
		const given = spec.example.inputs[port];
		if (given === undefined) continue;
		nodes[`in-${port}`] = [many === true ? 'io.folder' : 'io.file', { kind }];
		wires.push(`in-${port}.${many === true ? 'values' : 'value'} > it.${port}`);
		files[`in-${port}`] = [given].flat().map((name) => fixture(name));
	}
	for (const [port, { kind }] of spec.saves === true ? [] : Object.entries(ports.outputs)) {
		const saver = SAVERS[kind];
		if (saver === undefined) continue;
		nodes[`save-${port}`] = [saver[0], { ...saver[2], name: port }];
		wires.push(`it.${port} > save-${port}.${saver[1]}`);
	}
	return { graph: recipe(nodes, wires), files };
}

const specs = SPECS.filter((spec) => spec.medium !== 'source' && spec.hidden !== true && !REFUSED.has(spec.id) && !ELSEWHERE.has(spec.id));

describe.each(specs.map((spec) => [spec.id, spec] as const))('the example of %s as a script', (_, spec) => {
	it('makes the same as a run does', { timeout: 120_000 }, async () => {
		const { graph, files } = exampleOf(spec);
		const looks = Object.entries(files).map(async ([node, paths]) => [node, await Promise.all(paths.map((path) => engine.engine.look(path)))] as const);
		const examples = Object.fromEntries(await Promise.all(looks));
		const script = await engine.eject({ recipe: graph, examples, as: 'node' });
		const inputs = Object.entries(files).flatMap(([node, paths]) => paths.map((path) => `${node}=${path}`));
		const ran = there.run(script, inputs, ['--threads', '1']);
		expect(ran, ran.stderr).toMatchObject({ status: 0, stderr: '' });
		const ours = await engine.engine.run({ recipe: graph, bindings: examples });
		const saved = ours.outputs.flatMap(({ artifact: { path, metadata } }) => (metadata.kind === 'file' ? [{ path, ending: metadata.format ?? '' }] : []));
		expect(ran.names).toHaveLength(saved.length);
		for (const { path, ending } of saved) {
			const alike = await Promise.all(ran.names.map((name) => same(join(ran.out, name), path, ending, true).catch(() => false)));
			expect(alike, `${ending} of ${ran.names.join(', ')}`).toContain(true);
		}
	});
});

describe.each(SPECS.filter((spec) => REFUSED.has(spec.id)).map((spec) => [spec.id, spec] as const))('the example of %s', (_, spec) => {
	it('is refused as a script, with the node and the reason', async () => {
		const { graph, files } = exampleOf(spec);
		const looks = Object.entries(files).map(async ([node, paths]) => [node, await Promise.all(paths.map((path) => engine.engine.look(path)))] as const);
		const ejecting = engine.eject({ recipe: graph, examples: Object.fromEntries(await Promise.all(looks)), as: 'node' });
		await expect(ejecting).rejects.toMatchObject({ problem: { key: expect.stringMatching(/^eject\./) } });
	});
});
