import { execFileSync } from 'node:child_process';
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import sharp from 'sharp';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { checkGraph } from '../../nodes/check.ts';
import type { Kind } from '../../nodes/define.ts';
import { type Recipe, readRecipe, writeRecipe } from '../../nodes/graph.ts';
import { sourceNodes } from '../../server/batch/inputs.ts';
import type { Bindings, Source } from '../../server/engine/engine.ts';
import { type Bench, bench } from '../engine/harness.ts';
import { fixture } from '../fixtures/index.ts';

const IDS = readdirSync(import.meta.dirname).flatMap((name) => (name.endsWith('.json') ? [name.slice(0, -5)] : []));
const textOf = (id: string) => readFileSync(join(import.meta.dirname, `${id}.json`), 'utf8');

let engine: Bench;
beforeAll(async () => {
	engine = await bench({ cores: 2 });
	execFileSync('ffmpeg', ['-v', 'error', '-stream_loop', '2', '-i', fixture('clip'), '-c', 'copy', join(engine.folder, 'long.mp4')]);
	const regions = ['North', 'South', 'East'];
	const sales = Array.from({ length: 12 }, (_, i) => `${regions[i % 3]},${100 + i}`);
	await writeFile(join(engine.folder, 'sales.csv'), `region,sales\n${sales.join('\n')}\n`);
	const countries = Array.from({ length: 20 }, (_, i) => `C${i},${500 * (i + 1)},${50 + i},${1000 * (i + 1)},${regions[i % 3]}`);
	await writeFile(join(engine.folder, 'countries.csv'), `country,income,health,population,region\n${countries.join('\n')}\n`);
});
afterAll(() => engine.done());

/** What a ready recipe is tried on, where the kind alone does not tell. */
const OWN: Readonly<Record<string, () => string[]>> = {
	'gif-to-mp4': () => [fixture('animation')],
	'gif-slow-zoom': () => [fixture('animation')],
	'square-loop-gif': () => [join(engine.folder, 'long.mp4')],
	'sales-bar-chart': () => [join(engine.folder, 'sales.csv')],
	scatter: () => [join(engine.folder, 'countries.csv')],
	'contact-sheet': () => [fixture('photo'), fixture('portrait'), fixture('logo')],
};
const BY_KIND: Readonly<Partial<Record<Kind, () => string[]>>> = {
	image: () => [fixture('photo')],
	video: () => [fixture('clip')],
	document: () => [fixture('pdf')],
	table: () => [fixture('people')],
	text: () => [fixture('text')],
};

async function bindingsFor(id: string, recipe: Recipe): Promise<Bindings> {
	const entries = sourceNodes(recipe).map(async (source): Promise<[string, Source[]]> => {
		const paths = (OWN[id] ?? BY_KIND[source.kind])?.() ?? [];
		return [source.id, await Promise.all(paths.map((path) => engine.engine.look(path)))];
	});
	return Object.fromEntries(await Promise.all(entries));
}

describe.each(IDS)('the ready recipe %s', (id) => {
	it('opens, stays the same when it is saved, and nothing is wrong with it', () => {
		const recipe = readRecipe(textOf(id));
		expect(writeRecipe(recipe)).toBe(textOf(id));
		expect(checkGraph(recipe.graph).problems).toEqual([]);
		expect(recipe).toMatchObject({ goal: expect.stringMatching(/.{10}/), description: expect.stringMatching(/.{10}\.$/), checks: expect.anything() });
		/* Laid out from left to right, along the wires. */
		for (const { from, to } of recipe.graph.edges) {
			const [left, right] = [from, to].map((end) => recipe.graph.nodes[end.split('.')[0] ?? '']?.at?.[0] ?? Number.NaN);
			expect(left).toBeLessThan(right ?? Number.NaN);
		}
	});

	it('runs, and every check passes', async () => {
		const recipe = readRecipe(textOf(id));
		const result = await engine.engine.run({ recipe, bindings: await bindingsFor(id, recipe) });
		expect(result.state, JSON.stringify(result)).toBe('done');
		expect(result.checks.filter(({ ok }) => !ok)).toEqual([]);
		expect(result.checks.length).toBeGreaterThan(0);
		expect(result.outputs.length).toBeGreaterThan(0);
	});

	it('has a small picture of what it makes', async () => {
		const path = join(import.meta.dirname, 'pictures', `${id}.webp`);
		const { format, width, pageHeight, height } = await sharp(path).metadata();
		expect({ format, ratio: (width ?? 0) / (pageHeight ?? height ?? 1) }).toEqual({ format: 'webp', ratio: 1.6 });
		expect(width).toBeLessThanOrEqual(480);
		expect(statSync(path).size).toBeLessThan(200_000);
	});
});
