import { execFileSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Kind } from '../../nodes/define.ts';
import { type Recipe, readRecipe } from '../../nodes/graph.ts';
import { sourceNodes } from '../../server/batch/inputs.ts';
import { type Bench, bench } from '../engine/harness.ts';
import { fixture } from '../fixtures/index.ts';
import { type Place, place, same } from './harness.ts';

const RECIPES = fileURLToPath(new URL('../recipes/', import.meta.url));
const IDS = readdirSync(RECIPES).flatMap((name) => (name.endsWith('.json') ? [name.slice(0, -5)] : []));

let engine: Bench;
let there: Place;
beforeAll(async () => {
	engine = await bench({ cores: 2 });
	there = place();
	execFileSync('ffmpeg', ['-v', 'error', '-stream_loop', '2', '-i', fixture('clip'), '-c', 'copy', join(engine.folder, 'long.mp4')]);
	const regions = ['North', 'South', 'East'];
	const sales = Array.from({ length: 12 }, (_, i) => `${regions[i % 3]},${100 + i}`);
	await writeFile(join(engine.folder, 'sales.csv'), `region,sales\n${sales.join('\n')}\n`);
	const countries = Array.from({ length: 20 }, (_, i) => `C${i},${500 * (i + 1)},${50 + i},${1000 * (i + 1)},${regions[i % 3]}`);
	await writeFile(join(engine.folder, 'countries.csv'), `country,income,health,population,region\n${countries.join('\n')}\n`);
});
afterAll(async () => {
	there.done();
	await engine.done();
});

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

function pathsFor(id: string, recipe: Recipe): string[] {
	const [source] = sourceNodes(recipe);
	return source === undefined ? [] : ((OWN[id] ?? BY_KIND[source.kind])?.() ?? []);
}

describe.each(IDS)('the ready recipe %s as a script', (id) => {
	it('makes the same as a run does', { timeout: 120_000 }, async () => {
		const recipe = readRecipe(readFileSync(join(RECIPES, `${id}.json`), 'utf8'));
		const paths = pathsFor(id, recipe);
		const bindings = Object.fromEntries(
			await Promise.all(sourceNodes(recipe).map(async (source) => [source.id, await Promise.all(paths.map((path) => engine.engine.look(path)))])),
		);
		const script = await engine.eject({ recipe, examples: bindings, as: 'node' });
		const ran = there.run(script, paths, ['--threads', '1']);
		expect(ran, ran.stderr).toMatchObject({ status: 0, stderr: '' });
		const ours = await engine.engine.run({ recipe, bindings });
		expect(ours.state).toBe('done');
		const files = ours.outputs.filter(({ artifact }) => artifact.metadata.kind === 'file');
		expect(ran.names.length).toBe(files.length);
		for (const [index, { artifact }] of files.entries()) {
			const name = ran.names[index] ?? '';
			expect(await same(join(ran.out, name), artifact.path, artifact.metadata.kind === 'file' ? (artifact.metadata.format ?? '') : ''), name).toBe(true);
		}
		for (const { artifact } of ours.outputs.filter((output) => !files.includes(output)))
			expect(ran.stdout).toContain(readFileSync(artifact.path, 'utf8').trim());
	});
});
