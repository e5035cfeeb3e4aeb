import { readdirSync, readFileSync } from 'node:fs';
import { copyFile, mkdir, writeFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import sharp from 'sharp';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Recipe } from '../../nodes/graph.ts';
import type { Bindings } from '../../server/engine/engine.ts';
import { type Bench, bench, recipe } from '../engine/harness.ts';
import { fixture } from '../fixtures/index.ts';
import { type Place, place, type Ran, same } from './harness.ts';

/** Everything that means something to a shell, to JavaScript, to SQL, to Pango or to ffmpeg. */
const NASTY = 'it\'s "5 % off" $(touch hacked) `touch hacked` $' + '{process.exit(3)} </span> */ \\ : , ; [x] 中文 🙂\nline two';

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

async function bound(files: Readonly<Record<string, readonly string[]>>): Promise<Bindings> {
	const entries = Object.entries(files).map(async ([node, paths]) => [node, await Promise.all(paths.map((path) => engine.engine.look(path)))] as const);
	return Object.fromEntries(await Promise.all(entries));
}

/** Runs the script and the recipe on the same files; every saved file must be the same. */
async function compared(
	graph: Recipe,
	files: Readonly<Record<string, readonly string[]>>,
	examples = files,
	as: 'node' | 'sh' = 'node',
): Promise<Ran & { readonly script: string }> {
	const script = await engine.eject({ recipe: graph, examples: await bound(examples), as });
	const named = Object.keys(files).length > 1;
	const inputs = Object.entries(files).flatMap(([node, paths]) => paths.map((path) => (named ? `${node}=${path}` : path)));
	const ran = there.run(script, inputs, as === 'sh' ? [] : ['--threads', '1']);
	expect(ran, ran.stderr).toMatchObject({ status: 0, stderr: '' });
	const ours = await engine.engine.run({ recipe: graph, bindings: await bound(files) });
	expect(ours.state, JSON.stringify(ours)).toBe('done');
	const saved = ours.outputs.filter(({ artifact }) => artifact.metadata.kind === 'file');
	expect(ran.names).toHaveLength(saved.length);
	for (const { artifact } of saved) {
		const ending = artifact.metadata.kind === 'file' ? (artifact.metadata.format ?? '') : '';
		const alike = await Promise.all(ran.names.map((name) => same(join(ran.out, name), artifact.path, ending, true).catch(() => false)));
		expect(alike, `${ending} of ${ran.names.join(', ')}`).toContain(true);
	}
	expect(readdirSync(there.folder)).not.toContain('hacked');
	return { ...ran, script };
}

describe('a script makes what the recipe makes', () => {
	it('of a picture that takes several pipelines, with any text on it', async () => {
		const graph = recipe(
			{
				photo: ['io.file', { kind: 'image' }],
				turn: ['image.rotate', { turn: 'by', angle: 20, background: '#00000000' }],
				size: ['image.resize', { width: 300 }],
				mark: ['image.watermark-text', { text: NASTY }],
				tint: ['image.tint', { tone: 'sepia' }],
				size2: ['image.resize', { width: 200 }],
				save: ['image.save', { format: 'png' }],
			},
			[
				'photo.value > turn.image',
				'turn.image > size.image',
				'size.image > mark.image',
				'mark.image > tint.image',
				'tint.image > size2.image',
				'size2.image > save.image',
			],
		);
		await compared(graph, { photo: [fixture('portrait')] });
	});

	it('of an animation, frame by frame', async () => {
		const graph = recipe(
			{
				gif: ['io.file', { kind: 'image' }],
				size: ['image.resize', { width: 60 }],
				blur: ['image.blur', {}],
				save: ['image.save', { format: 'webp', lossless: true }],
			},
			['gif.value > size.image', 'size.image > blur.image', 'blur.image > save.image'],
		);
		await compared(graph, { gif: [fixture('animation')] });
	});

	it('of a picture laid over another, saved in two sizes', async () => {
		const graph = recipe(
			{
				photo: ['io.file', { kind: 'image' }],
				logo: ['io.file', { kind: 'image' }],
				mark: ['image.watermark-image', {}],
				small: ['image.resize', { width: 100 }],
				one: ['image.save', { format: 'jpeg' }],
				two: ['image.save', { format: 'png', name: '{name}-small' }],
			},
			['photo.value > mark.image', 'logo.value > mark.mark', 'mark.image > one.image', 'mark.image > small.image', 'small.image > two.image'],
		);
		const { names } = await compared(graph, { photo: [fixture('photo')], logo: [fixture('logo')] });
		expect(names).toEqual(['photo-small.png', 'photo.jpg']);
	});

	it('of a film with any text on it, for Node and for a shell', async () => {
		const graph = recipe(
			{
				clip: ['io.file', { kind: 'video' }],
				trim: ['video.trim', { keep: 'first', seconds: 1 }],
				text: ['video.text', { text: NASTY }],
				grey: ['video.greyscale', {}],
				save: ['video.save', { format: 'mp4' }],
			},
			['clip.value > trim.video', 'trim.video > text.video', 'text.video > grey.video', 'grey.video > save.video'],
		);
		await compared(graph, { clip: [fixture('clip')] });
		const script = await engine.eject({ recipe: graph, examples: await bound({ clip: [fixture('clip')] }), as: 'sh' });
		const ran = there.run(script, [fixture('clip')]);
		expect(ran, ran.stderr).toMatchObject({ status: 0, names: ['clip.mp4'] });
		expect(readdirSync(there.folder)).not.toContain('hacked');
	});

	it('of two tables, whatever their encoding and the texts in the question', async () => {
		const folder = join(engine.folder, 'tables');
		await mkdir(folder);
		const cities = join(folder, "cities 'a'.csv");
		await writeFile(cities, Buffer.concat([Buffer.from('city;note\n'), Buffer.from([0xc9, 0xcf, 0xba, 0xa3]), Buffer.from(';1,5\nLyon;2,5\n')]));
		const graph = recipe(
			{
				people: ['io.file', { kind: 'table' }],
				cities: ['io.file', { kind: 'table' }],
				join: ['table.join', { on: ['city'], how: 'left' }],
				one: ['table.save', { format: 'csv', name: 'one' }],
				two: ['table.save', { format: 'json', name: 'two' }],
			},
			['people.value > join.left', 'cities.value > join.right', 'join.table > one.table', 'join.table > two.table'],
		);
		await compared(graph, { people: [fixture('people')], cities: [cities] });
	});

	it('of as many pictures as there are, not as many as there were', async () => {
		const folder = join(engine.folder, 'photos');
		await mkdir(folder);
		for (const name of ['a', 'b', 'c', 'd']) await copyFile(fixture('photo'), join(folder, `${name}.jpg`));
		const graph = recipe({ photos: ['io.folder', { kind: 'image' }], grey: ['image.greyscale', {}], save: ['image.save', { format: 'png' }] }, [
			'photos.values > grey.image',
			'grey.image > save.image',
		]);
		const paths = readdirSync(folder).map((name) => join(folder, name));
		const { names } = await compared(graph, { photos: paths }, { photos: paths.slice(0, 1) });
		expect(names).toEqual(['a-01.png', 'b-02.png', 'c-03.png', 'd-04.png']);
	});

	it('of pages that are made smaller, for documents of any length', async () => {
		const graph = recipe(
			{
				pdf: ['io.file', { kind: 'document' }],
				pages: ['document.pages', { dpi: 60 }],
				grey: ['image.greyscale', {}],
				save: ['image.save', { format: 'webp' }],
			},
			['pdf.value > pages.document', 'pages.images > grey.image', 'grey.image > save.image'],
		);
		const { script } = await compared(graph, { pdf: [fixture('pdf')] });
		expect(script).not.toContain('It was written for');
	});

	it('of a list that only a run can count', async () => {
		const graph = recipe(
			{ clip: ['io.file', { kind: 'video' }], frames: ['video.frames', { fps: 2 }], grey: ['image.greyscale', {}], save: ['image.save', { format: 'png' }] },
			['clip.value > frames.video', 'frames.images > grey.image', 'grey.image > save.image'],
		);
		await compared(graph, { clip: [fixture('clip')] });
	});
});

describe('a script for resizing', () => {
	it('fits pictures of any size and was shown none', { timeout: 60_000 }, async () => {
		const graph = recipe(
			{
				photo: ['io.file', { kind: 'image' }],
				size: ['image.resize', { width: 300, height: 250 }],
				grey: ['image.greyscale', {}],
				save: ['image.save', { format: 'png' }],
			},
			['photo.value > size.image', 'size.image > grey.image', 'grey.image > save.image'],
		);
		const folder = join(engine.folder, 'sizes');
		await mkdir(folder);
		await sharp({ create: { width: 1601, height: 37, channels: 4, background: '#ff884422' } })
			.png()
			.toFile(join(folder, 'wide.png'));
		for (const name of ['photo', 'portrait', 'logo', 'animation'] as const) await copyFile(fixture(name), join(folder, basename(fixture(name))));
		const script = await engine.eject({ recipe: graph, examples: {}, as: 'node' });
		const ran = there.run(script, [folder]);
		expect(ran, ran.stderr).toMatchObject({ status: 0, names: ['animation.png', 'logo.png', 'photo.png', 'portrait.png', 'wide.png'] });
		for (const file of readdirSync(folder)) {
			const ours = await engine.engine.run({ recipe: graph, bindings: await bound({ photo: [join(folder, file)] }) });
			const path = ours.outputs[0]?.artifact.path ?? '';
			expect(await same(join(ran.out, file.replace(/\.\w+$/, '.png')), path, 'png', true), file).toBe(true);
		}
	});
});

describe('a script is honest', () => {
	const smaller = recipe(
		{ photo: ['io.file', { kind: 'image' }], crop: ['image.crop', { by: 'ratio', ratio: 'square' }], save: ['image.save', { format: 'png' }] },
		['photo.value > crop.image', 'crop.image > save.image'],
	);

	it('refuses a file that it was not written for, and says why', async () => {
		const script = await engine.eject({ recipe: smaller, examples: await bound({ photo: [fixture('photo')] }), as: 'node' });
		const ran = there.run(script, [fixture('portrait')]);
		expect(ran.status).toBe(1);
		expect(ran.stderr).toMatch(/written for a file whose width is 480, here it is 200/);
		expect(ran.names).toEqual([]);
	});

	it('fits every file that it was shown', async () => {
		const examples = await bound({ photo: [fixture('photo'), fixture('portrait')] });
		const script = await engine.eject({ recipe: smaller, examples, as: 'node' });
		const ran = there.run(script, [fixture('photo'), fixture('portrait')]);
		expect(ran, ran.stderr).toMatchObject({ status: 0, names: ['photo.png', 'portrait.png'] });
	});

	it('replaces nothing unless it is told to, and never its own input', async () => {
		const script = await engine.eject({ recipe: smaller, examples: await bound({ photo: [fixture('photo')] }), as: 'node' });
		const first = there.run(script, [fixture('photo')]);
		await writeFile(join(first.out, 'photo.png'), 'mine');
		const again = there.run(script, [fixture('photo')], [], first.out);
		expect(again.status).toBe(1);
		expect(again.stderr).toContain('is there already');
		expect(readFileSync(join(first.out, 'photo.png'), 'utf8')).toBe('mine');
		expect(there.run(script, [fixture('photo')], ['--overwrite'], first.out)).toMatchObject({ status: 0, names: ['photo.png'] });
	});

	it('says which packages it needs', async () => {
		const script = await engine.eject({ recipe: smaller, examples: await bound({ photo: [fixture('photo')] }), as: 'node' });
		const bare = place({ packages: false });
		try {
			const ran = bare.run(script, [fixture('photo')]);
			expect(ran.status).toBe(1);
			expect(ran.stderr).toContain('npm install sharp');
		} finally {
			bare.done();
		}
	});

	it('knows its table by the names of the columns', async () => {
		const graph = recipe({ table: ['io.file', { kind: 'table' }], one: ['table.distinct', {}], save: ['table.save', { format: 'csv' }] }, [
			'table.value > one.table',
			'one.table > save.table',
		]);
		const script = await engine.eject({ recipe: graph, examples: await bound({ table: [fixture('people')] }), as: 'node' });
		const other = there.run(script, [fixture('sales')]);
		expect(other.status).toBe(1);
		expect(other.stderr).toContain('with the columns name,city,age,joined');
	});

	it('is not written where it could not be right', async () => {
		const python = recipe({ code: ['code.python', { script: 'pass', inputs: [], outputs: [{ name: 'a', kind: 'text' }] }], save: ['text.save', {}] }, [
			'code.a > save.text',
		]);
		await expect(engine.eject({ recipe: python, examples: {}, as: 'node' })).rejects.toThrow(/code .*can not be written as a script/);
		await expect(engine.eject({ recipe: smaller, examples: {}, as: 'node' })).rejects.toThrow(/Give an example: --in photo=FILE/);
		await expect(engine.eject({ recipe: smaller, examples: await bound({ photo: [fixture('photo')] }), as: 'sh' })).rejects.toThrow(
			/save runs on image. Take --as node/,
		);
	});

	it('runs the groups that explain shows', async () => {
		const graph = recipe(
			{ clip: ['io.file', { kind: 'video' }], frame: ['video.thumbnail', {}], size: ['image.resize', { width: 40 }], save: ['image.save', { format: 'png' }] },
			['clip.value > frame.video', 'frame.image > size.image', 'size.image > save.image'],
		);
		const bindings = await bound({ clip: [fixture('clip')] });
		const explained = await engine.engine.explain(graph, bindings);
		const script = await engine.eject({ recipe: graph, examples: bindings, as: 'node' });
		const shown = [...script.matchAll(/^\/\*\* (.+) \((\w+)\) \*\/$/gm)].map(([, nodes = '', backend = '']) => ({ backend, nodes: nodes.split(' → ') }));
		expect(shown).toEqual(explained.map(({ backend, nodes }) => ({ backend, nodes })));
		expect(basename(fixture('clip'))).toBe('clip.mp4');
	});
});
