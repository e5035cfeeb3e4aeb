import { chmodSync, mkdirSync, readdirSync, readFileSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { open } from '../../server/open.ts';
import { small } from '../cli/materials.ts';
import { type Bench, bench, recipe } from '../engine/harness.ts';

let engine: Bench;
beforeAll(async () => {
	engine = await bench({ cores: 1 });
	mkdirSync(join(engine.folder, 'in'));
	writeFileSync(join(engine.folder, 'in/a.png'), await small('a'));
});
afterAll(() => engine.done());

/** Two artifacts: one between (two nodes read it), one at each end. */
const forked = recipe(
	{
		photo: ['io.file', { kind: 'image' }],
		blur: ['image.blur', { radius: 3 }],
		one: ['image.save', { format: 'png' }],
		other: ['image.save', { format: 'webp' }],
	},
	['photo.value > blur.image', 'blur.image > one.image', 'blur.image > other.image'],
);
const DAMAGES: Readonly<Record<string, (path: string) => void>> = {
	'has a bit flipped at its beginning': (path) => writeFileSync(path, flipped(path, 3)),
	'has a bit flipped at its end': (path) => writeFileSync(path, flipped(path, -1)),
	'is cut off': (path) => truncateSync(path, Math.floor(readFileSync(path).length / 2)),
	'is empty': (path) => truncateSync(path, 0),
	'is full of zeros': (path) => writeFileSync(path, Buffer.alloc(readFileSync(path).length)),
	'is longer': (path) => writeFileSync(path, Buffer.concat([readFileSync(path), Buffer.from('more')])),
	'is gone': (path) => rmSync(path),
};
function flipped(path: string, at: number): Buffer {
	const bytes = readFileSync(path);
	const index = at < 0 ? bytes.length + at : at;
	bytes[index] = (bytes[index] ?? 0) ^ 0x10;
	return bytes;
}
const artifactsOf = (folder: string) => readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((name) => /^..\/.{62}$/.test(name));

describe('an artifact in the store that', () => {
	it.each(Object.keys(DAMAGES))('%s is noticed, put aside and made again: in the process that made it, and in the next one', async (name) => {
		const bindings = { photo: [await engine.engine.look(join(engine.folder, 'in/a.png'))] };
		const first = await engine.engine.run({ recipe: forked, bindings });
		const contents = first.outputs.map(({ artifact }) => artifact.content);
		for (const where of ['same', 'next'] as const) {
			const used = where === 'same' ? engine : open(join(engine.folder, 'home'), { cores: 1 });
			try {
				for (const path of artifactsOf(engine.home.artifacts).map((one) => join(engine.home.artifacts, one))) {
					chmodSync(path, 0o644);
					DAMAGES[name]?.(path);
				}
				const again = await used.engine.run({ recipe: forked, bindings });
				expect({ where, state: again.state, cached: again.counts.cached }).toEqual({ where, state: 'done', cached: 0 });
				expect(again.outputs.map(({ artifact }) => artifact.content)).toEqual(contents);
				const put = readdirSync(engine.home.artifacts, { recursive: true, encoding: 'utf8' }).filter((one) => one.endsWith('.damaged'));
				expect(put.length).toBe(name === 'is gone' ? 0 : contents.length);
				for (const one of put) rmSync(join(engine.home.artifacts, one), { force: true });
				const { counts } = await used.engine.run({ recipe: forked, bindings });
				expect(counts).toMatchObject({ groups: 0, cached: 2 });
			} finally {
				if (used !== engine) await used.engine.close();
			}
		}
	});
});

describe('a failure that says nothing about the file', () => {
	it('is never remembered: time-out, too little memory, a full disk', async () => {
		const bindings = await engine.bind({ photo: 'photo' });
		const long = recipe(
			{ photo: ['io.file', { kind: 'image' }], zoom: ['video.ken-burns', { duration: 20, width: 640, height: 360 }], save: ['video.save', { format: 'mp4' }] },
			['photo.value > zoom.image', 'zoom.video > save.video'],
		);
		const before = engine.database.all('SELECT key FROM results');
		expect(await engine.engine.run({ recipe: long, bindings, timeout: 0.2 })).toMatchObject({
			state: 'failed',
			problems: [{ key: 'run.timeout', resource: true }],
		});
		const tight = open(join(engine.folder, 'home'), { cores: 1, memory: 2 ** 20 });
		const tried = await tight.engine.run({ recipe: long, bindings });
		await tight.engine.close();
		expect(tried).toMatchObject({ state: 'failed', problems: [{ key: 'run.worker-died', values: { reason: 'memory' }, resource: true }] });
		/* The ledger has no room for the result: what was made is not remembered, and nothing says that it failed for good. */
		const blur = recipe({ photo: ['io.file', { kind: 'image' }], blur: ['image.blur', { radius: 4 }], save: ['image.save', { format: 'png' }] }, [
			'photo.value > blur.image',
			'blur.image > save.image',
		]);
		const pages = engine.database.one('PRAGMA page_count')?.page_count;
		engine.database.run(`PRAGMA max_page_count = ${Number(pages)}`);
		let full = await engine.engine.run({ recipe: blur, bindings });
		for (let radius = 5; full.state === 'done' && radius < 60; radius++) full = await engine.engine.run({ recipe: withRadius(radius), bindings });
		expect(full).toMatchObject({ state: 'failed', problems: [{ type: 'run', key: 'run.disk-full', resource: true }] });
		engine.database.run('PRAGMA max_page_count = 1000000');
		expect((await engine.engine.run({ recipe: blur, bindings })).state).toBe('done');
		expect(engine.database.all("SELECT key FROM results WHERE body LIKE '%problem%'")).toEqual([]);
		expect(engine.database.all('SELECT key FROM results').length).toBeGreaterThanOrEqual(before.length);
		expect(readdirSync(engine.home.temporary)).toEqual([]);
	});
});

function withRadius(radius: number) {
	return recipe({ photo: ['io.file', { kind: 'image' }], blur: ['image.blur', { radius }], save: ['image.save', { format: 'png' }] }, [
		'photo.value > blur.image',
		'blur.image > save.image',
	]);
}
