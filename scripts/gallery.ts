/**
 * Runs every ready recipe on files drawn for it, and keeps a picture of what came out: `node scripts/gallery.ts [id …]`.
 * The pictures go to `tests/recipes/pictures/`; the page and the README show them.
 */
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { readRecipe } from '../nodes/graph.ts';
import { sourceNodes } from '../server/batch/inputs.ts';
import type { Bindings } from '../server/engine/engine.ts';
import { open } from '../server/open.ts';
import { makeMaterials } from './gallery/materials.ts';
import { pictureOf } from './gallery/picture.ts';

const recipes = resolve(import.meta.dirname, '../tests/recipes');
const wanted = process.argv.slice(2);
const ids = readdirSync(recipes).flatMap((name) => (name.endsWith('.json') ? [name.slice(0, -5)] : []));
mkdirSync(join(recipes, 'pictures'), { recursive: true });

const folder = mkdtempSync(join(tmpdir(), 'millwright-gallery-'));
const { engine } = open(join(folder, 'home'));
try {
	const materials = await makeMaterials(folder);
	for (const id of ids.filter((one) => wanted.length === 0 || wanted.includes(one))) {
		const recipe = readRecipe(readFileSync(join(recipes, `${id}.json`), 'utf8'));
		const sources = await Promise.all((materials[id] ?? []).map((path) => engine.look(path)));
		const bindings: Bindings = Object.fromEntries(sourceNodes(recipe).map((source) => [source.id, sources]));
		const result = await engine.run({ recipe, bindings });
		const broken = result.checks.filter(({ ok }) => !ok);
		if (result.state !== 'done' || broken.length > 0) throw new Error(`${id}: ${JSON.stringify(result.state === 'failed' ? result.problems : broken)}`);
		const [first] = result.outputs;
		if (first === undefined) throw new Error(`${id} made nothing`);
		const { metadata } = first.artifact;
		const to = join(recipes, 'pictures', `${id}.webp`);
		await pictureOf(
			result.outputs.map(({ artifact }) => artifact.path),
			metadata.kind === 'file' ? (metadata.format ?? '') : 'txt',
			to,
		);
		console.log(`${id.padEnd(20)} ${(statSync(to).size / 1024).toFixed(0)} kB`);
	}
} finally {
	await engine.close();
	rmSync(folder, { recursive: true });
}
