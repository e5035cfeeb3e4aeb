/** Random graphs of everything there is: they run, or fail with a reason for people that names the node; they never leave files behind. */
import { readdirSync } from 'node:fs';
import fc from 'fast-check';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { SPECS } from '../../nodes/catalogue.ts';
import { type Fixture, type Kind, type Params, portsOf, type Spec } from '../../nodes/define.ts';
import { parseParams } from '../../nodes/params.ts';
import { type Bench, bench, recipe } from './harness.ts';

const SOURCES: readonly (readonly [Fixture, Kind])[] = [
	['photo', 'image'],
	['logo', 'image'],
	['portrait', 'image'],
	['animation', 'image'],
	['sales', 'table'],
	['people', 'table'],
	['pdf', 'document'],
	['text', 'text'],
	['silent-clip', 'video'],
];
/** The sandbox has tests of its own, and these are slow. */
const LEFT_OUT = new Set(['code.python', 'video.reverse', 'video.ken-burns']);
const CHOICES = SPECS.filter((spec) => spec.medium !== 'source' && spec.hidden !== true && !LEFT_OUT.has(spec.id));

let engine: Bench;
beforeAll(async () => {
	engine = await bench();
});
afterAll(() => engine.done());

interface Drawn {
	readonly sources: readonly (readonly [Fixture, Kind])[];
	readonly picks: readonly number[];
	readonly ends: readonly number[];
}

const drawn: fc.Arbitrary<Drawn> = fc.record({
	sources: fc.array(fc.constantFrom(...SOURCES), { minLength: 1, maxLength: 2 }),
	picks: fc.array(fc.nat(), { minLength: 1, maxLength: 5 }),
	ends: fc.array(fc.nat(), { minLength: 12, maxLength: 12 }),
});

/** A graph in which each node takes what fits from the nodes before it. */
function graphOf({ sources, picks, ends }: Drawn) {
	const nodes: Record<string, readonly [string, Params]> = {};
	const fixtures: Record<string, Fixture> = {};
	const values: { readonly end: string; readonly kind: Kind }[] = [];
	const wires: string[] = [];
	for (const [i, [name, kind]] of sources.entries()) {
		nodes[`in${i}`] = ['io.file', { kind }];
		fixtures[`in${i}`] = name;
		values.push({ end: `in${i}.value`, kind });
	}
	for (const [i, pick] of picks.entries()) {
		const fitting = CHOICES.filter((spec) =>
			Object.values(spec.inputs).every((port) => port.optional === true || values.some((value) => value.kind === port.kind)),
		);
		const spec: Spec | undefined = fitting[pick % fitting.length];
		if (spec === undefined) continue;
		const { inputs, outputs } = portsOf(spec, parseParams(spec, spec.example.params));
		nodes[`n${i}`] = [spec.id, spec.example.params];
		for (const [j, [port, { kind }]] of Object.entries(inputs).entries()) {
			const candidates = values.filter((value) => value.kind === kind);
			const chosen = candidates[(ends[(i * 2 + j) % ends.length] ?? 0) % Math.max(1, candidates.length)];
			if (chosen !== undefined) wires.push(`${chosen.end} > n${i}.${port}`);
		}
		for (const [port, { kind }] of Object.entries(outputs)) values.push({ end: `n${i}.${port}`, kind });
	}
	return { graph: recipe(nodes, wires), fixtures };
}

it('runs or says what is wrong, and leaves nothing behind', async () => {
	let ran = 0;
	let total = 0;
	await fc.assert(
		fc.asyncProperty(drawn, async (draw) => {
			const { graph, fixtures } = graphOf(draw);
			const result = await engine.run(graph, fixtures);
			total++;
			if (result.state === 'done') ran++;
			if (result.state === 'failed')
				for (const problem of result.problems)
					expect(problem, JSON.stringify({ problem, graph: graph.graph })).toMatchObject({
						type: expect.stringMatching(/^(graph|run)$/),
						node: expect.any(String),
					});
			else expect(result.outputs.length, JSON.stringify(graph.graph)).toBeGreaterThan(0);
			expect(readdirSync(engine.home.temporary)).toEqual([]);
		}),
		{ seed: Number(process.env.RANDOM_SEED ?? 2026), numRuns: Number(process.env.RANDOM_GRAPHS ?? 60), endOnFailure: true },
	);
	expect(ran / total, 'most graphs make sense').toBeGreaterThan(0.6);
}, 300_000);
