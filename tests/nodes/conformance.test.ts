/** What must be true of every node type. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { SPECS } from '../../nodes/catalogue.ts';
import { type Fixture, fieldsOf, type Metadata, type Params, portsOf, type Spec, type TableMetadata } from '../../nodes/define.ts';
import { parseParams } from '../../nodes/params.ts';
import { type Bench, bench, recipe } from '../engine/harness.ts';

const KIND_OF: { readonly [F in Fixture]: Metadata['kind'] } = {
	photo: 'image',
	portrait: 'image',
	logo: 'image',
	animation: 'image',
	clip: 'video',
	'silent-clip': 'video',
	tone: 'audio',
	pdf: 'document',
	sales: 'table',
	people: 'table',
	numbers: 'table',
	text: 'text',
	chart: 'chart',
};
/** Seconds by which a duration may differ: a frame of the slowest fixture, or a packet of sound. */
const FRAME = 0.11;

const visible = SPECS.filter((spec) => spec.hidden !== true);

describe('every spec', () => {
	it.each(visible.map((spec) => [spec.id, spec] as const))('%s has words in both languages', (_, spec) => {
		for (const words of [spec.title, spec.summary]) {
			expect(words.en).toMatch(/\S/);
			expect(words.zh).toMatch(/\p{Script=Han}/u);
		}
		expect(spec.summary.en).toMatch(/^[A-Z].*\.$/);
		if (spec.medium === 'source') return;
		expect(spec.phrases.en.length).toBeGreaterThanOrEqual(12);
		expect(spec.phrases.zh.length).toBeGreaterThanOrEqual(8);
		expect(new Set(spec.phrases.en).size).toBe(spec.phrases.en.length);
	});

	it.each(visible.map((spec) => [spec.id, spec] as const))('%s describes each of its fields', (_, spec) => {
		for (const field of fieldsOf(spec.params)) {
			expect(field.title.en).toMatch(/\S/);
			expect(field.title.zh).toMatch(/\S/);
		}
	});

	it('has an id of its own', () => {
		expect(new Set(SPECS.map((spec) => spec.id)).size).toBe(SPECS.length);
	});
});

describe('the example of every spec', () => {
	let engine: Bench;
	beforeAll(async () => {
		engine = await bench();
	});
	afterAll(() => engine.done());

	it.each(SPECS.filter((spec) => spec.medium !== 'source').map((spec) => [spec.id, spec] as const))(
		'%s runs, and what was described is what came out',
		async (_, spec) => {
			const { graph, fixtures } = exampleOf(spec);
			const bindings = await engine.bind(fixtures);
			const { seen, problems } = engine.engine.describe(graph, bindings);
			expect(problems).toEqual([]);
			const result = await engine.engine.run({ recipe: graph, bindings, observe: ['node'] });
			expect(result.state === 'failed' ? result.problems : []).toEqual([]);
			for (const port of Object.keys(portsOf(spec, parseParams(spec, spec.example.params)).outputs)) {
				const described = seen[`node.${port}`];
				const made = result.outputs.filter((output) => output.port === port);
				expect(made.length).toBeGreaterThan(0);
				if (described === undefined) throw new Error(`${port} was not described`);
				if (described.many && described.count !== null) expect(made).toHaveLength(described.count);
				for (const [i, output] of made.entries())
					agree(described.many ? (described.elements?.[i] ?? described.element) : described.metadata, output.artifact.metadata);
			}
			const again = await engine.engine.run({ recipe: graph, bindings, observe: ['node'] });
			expect(again.counts).toMatchObject({ groups: spec.effects === 'impure' ? again.counts.groups : 0 });
			expect(again.outputs.map((output) => output.artifact.content)).toEqual(result.outputs.map((output) => output.artifact.content));
		},
	);
});

function exampleOf(spec: Spec) {
	const fixtures: Record<string, readonly Fixture[]> = {};
	const nodes: Record<string, readonly [string, Params]> = { node: [spec.id, spec.example.params] };
	const wires: string[] = [];
	for (const [port, named] of Object.entries(spec.example.inputs)) {
		const names = named === undefined ? [] : typeof named === 'string' ? [named] : named;
		for (const [i, name] of names.entries()) {
			const id = `${port}${i}`;
			fixtures[id] = [name];
			nodes[id] = ['io.file', { kind: KIND_OF[name] }];
			wires.push(`${id}.value > node.${port}`);
		}
	}
	return { graph: recipe(nodes, wires), fixtures };
}

/** What `describe` stated is so; what it left open may be anything. */
function agree(described: Metadata, actual: Metadata): void {
	expect(actual.kind).toBe(described.kind);
	for (const [field, value] of Object.entries(described)) {
		if (value === null || field === 'bytes') continue;
		const found = Object.entries(actual).find(([name]) => name === field)?.[1];
		if (field === 'content' && actual.kind === 'file' && described.kind === 'file' && described.content !== null) {
			if (actual.content !== null) agree(described.content, actual.content);
		} else if (field === 'columns')
			expect((found as TableMetadata['columns'])?.map(({ name, type }) => ({ name, type }))).toEqual(
				(value as TableMetadata['columns'])?.map(({ name, type }) => ({ name, type })),
			);
		else if (field === 'duration') expect(Math.abs(Number(found) - Number(value)), `duration ${found} instead of ${value}`).toBeLessThanOrEqual(FRAME);
		else if (field === 'fps') expect(Math.abs(Number(found) - Number(value)), `fps ${found} instead of ${value}`).toBeLessThanOrEqual(0.5);
		else expect(found, field).toEqual(value);
	}
}
