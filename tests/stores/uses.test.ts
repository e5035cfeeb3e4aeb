import { existsSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { open } from '../../server/open.ts';
import { type Bench, bench, recipe } from '../engine/harness.ts';

let engine: Bench;
beforeAll(async () => {
	engine = await bench();
});
afterAll(() => engine.done());

const resized = (width: number) =>
	recipe({ photo: ['io.file', { kind: 'image' }], resize: ['image.resize', { width }], save: ['image.save', { format: 'png' }] }, [
		'photo.value > resize.image',
		'resize.image > save.image',
	]);

async function made(width: number): Promise<string> {
	const result = await engine.run(resized(width), { photo: 'photo' });
	const path = result.outputs[0]?.artifact.path;
	if (result.state !== 'done' || path === undefined) throw new Error(`${width} was not made`);
	return path;
}

describe('the size of the store', () => {
	it('is kept by collecting what was used longest ago', async () => {
		const first = await made(40);
		const second = await made(41);
		engine.uses.close();
		await new Promise((resolve) => setTimeout(resolve, 5));
		await made(40);
		engine.uses.close();
		const collected = engine.uses.collect(engine.uses.size() - 1);
		expect(collected).toMatchObject({ removed: 1 });
		expect([existsSync(first), existsSync(second)]).toEqual([true, false]);
	});

	it('is made again when it is wanted after it was collected', async () => {
		const path = await made(42);
		engine.uses.close();
		engine.uses.collect(0);
		expect(existsSync(path)).toBe(false);
		const result = await engine.run(resized(42), { photo: 'photo' });
		expect(result.counts).toMatchObject({ groups: 1, made: 1 });
		expect(existsSync(path)).toBe(true);
	});

	it('never costs a run what it has touched', async () => {
		await engine.engine.during(async () => {
			const path = await made(43);
			expect(engine.uses.collect(0)).not.toBeNull();
			expect(existsSync(path)).toBe(true);
		});
	});

	it('is left alone while another process runs something', async () => {
		const path = await made(44);
		engine.uses.close();
		/* The process that started this one lives as long as the test. */
		engine.database.run('INSERT INTO sessions (pid, since) VALUES (?, ?)', process.ppid, Date.now());
		expect(engine.uses.collect(0)).toBeNull();
		expect(existsSync(path)).toBe(true);
		engine.database.run('DELETE FROM sessions');
		expect(engine.uses.collect(0)).toMatchObject({ left: 0 });
		expect(existsSync(path)).toBe(false);
	});

	it('forgets processes that are gone', async () => {
		const path = await made(45);
		engine.uses.close();
		engine.database.run('INSERT INTO sessions (pid, since) VALUES (?, ?)', 2 ** 30, Date.now());
		expect(engine.uses.collect(0)).not.toBeNull();
		expect(existsSync(path)).toBe(false);
	});

	it('stays below its quota by itself, however much is made', async () => {
		const small = open(`${engine.folder}/small`, { quota: 30_000 });
		try {
			const bindings = await engine.bind({ photo: 'photo' });
			for (let width = 50; width < 80; width++) {
				const result = await small.engine.run({ recipe: resized(width), bindings });
				expect(result.state).toBe('done');
				small.uses.close();
			}
			expect(small.uses.size()).toBeLessThanOrEqual(40_000);
		} finally {
			await small.engine.close();
		}
	});
});
