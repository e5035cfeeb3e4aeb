import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import type { LookReply, WorkOptions } from '../../server/engine/workers.ts';
import { Pool } from '../../server/workers/pool.ts';

const BUDGET = 100;
const ended: (() => Promise<void>)[] = [];
afterEach(async () => {
	for (const end of ended.splice(0)) await end();
});

/** A pool whose work is done when we say so. */
async function bench(cores: number) {
	const folder = await mkdtemp(join(tmpdir(), 'millwright-pool-'));
	const pool = new Pool({ artifacts: folder, temporary: folder, cores, budget: BUDGET, script: join(import.meta.dirname, 'obedient.ts') });
	ended.push(async () => {
		await pool.close();
		await rm(folder, { recursive: true });
	});
	const started: string[] = [];
	const works = new Map<string, Promise<LookReply>>();
	return {
		started,
		start(name: string, memory: number, options: WorkOptions = {}): Promise<LookReply> {
			const work = pool.look({ type: 'look', path: join(folder, name), name }, { priority: 'batch', memory, onStart: () => started.push(name), ...options });
			work.catch(() => {});
			works.set(name, work);
			return work;
		},
		async finish(name: string): Promise<void> {
			await writeFile(join(folder, name), '');
			await works.get(name);
		},
	};
}

describe('the budget of memory', () => {
	it('lets work wait that does not fit, and lets work pass that does', async () => {
		const { start, finish, started } = await bench(4);
		start('large', 60);
		start('waits', 60);
		start('fits', 40);
		expect(started).toEqual(['large', 'fits']);
		await finish('large');
		expect(started).toEqual(['large', 'fits', 'waits']);
	});

	it('runs work alone that is larger than the whole budget', async () => {
		const { start, finish, started } = await bench(3);
		start('before', 1);
		start('too large', 5000);
		expect(started).toEqual(['before']);
		await finish('before');
		start('after', 1);
		expect(started).toEqual(['before', 'too large']);
		await finish('too large');
		await finish('after');
		expect(started).toEqual(['before', 'too large', 'after']);
	});

	it('does not let what waits be overtaken for ever', async () => {
		const { start, finish, started } = await bench(3);
		start('first', 50);
		start('large', 100);
		const small = Array.from({ length: 12 }, (_, i) => `small ${i}`);
		for (const name of small) start(name, 10);
		let ends = 0;
		while (started.includes(small[ends] ?? '')) await finish(small[ends++] ?? '');
		expect(started).not.toContain('large');
		expect(ends).toBeLessThan(small.length);
		await finish('first');
		expect(started.at(-1)).toBe('large');
		await finish('large');
		for (const name of small.slice(ends)) await finish(name);
		expect(started).toHaveLength(14);
	});

	it('goes on when work that others waited behind is cancelled', async () => {
		const { start, finish, started } = await bench(3);
		const abort = new AbortController();
		start('first', 50);
		const large = start('large', 100, { signal: abort.signal });
		const small = Array.from({ length: 9 }, (_, i) => `small ${i}`);
		for (const name of small) start(name, 10);
		for (const name of small.slice(0, 8)) await finish(name);
		expect(started).not.toContain('small 8');
		abort.abort();
		await expect(large).rejects.toThrow();
		expect(started.at(-1)).toBe('small 8');
	});

	it('frees the memory of work that is cancelled while it runs', async () => {
		const { start, finish, started } = await bench(2);
		const abort = new AbortController();
		start('runs', 100, { signal: abort.signal });
		const next = start('next', 100);
		abort.abort();
		await finish('next');
		await next;
		expect(started).toEqual(['runs', 'next']);
	});

	it('lets a small preview run beside work that holds all memory, and a large one be the next', async () => {
		const { start, finish, started } = await bench(4);
		start('film', 100);
		start('another film', 100);
		start('preview', 10, { priority: 'interactive' });
		start('large preview', 90, { priority: 'interactive' });
		start('look', 0, { priority: 'interactive' });
		expect(started).toEqual(['film', 'preview', 'look']);
		await finish('preview');
		await finish('film');
		expect(started).toEqual(['film', 'preview', 'look', 'large preview']);
		await finish('large preview');
		expect(started.at(-1)).toBe('another film');
	});

	it('tells workers how much they may hold: their share, or what was set aside for them', async () => {
		const { start, finish } = await bench(4);
		const small = start('small', 1);
		await finish('small');
		expect((await small).bytes).toBe(25);
		const large = start('large', 70);
		await finish('large');
		expect((await large).bytes).toBe(70);
	});
});
