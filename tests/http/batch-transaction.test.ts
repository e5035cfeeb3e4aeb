import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { BatchStreamEvent, BatchView, Estimate, Root } from '../../server/http/api.ts';
import { small } from '../cli/materials.ts';
import { resizeRecipe } from './requests.ts';
import { readEvents, startServer, type TestServer } from './server.ts';

const MANY = 60;

let server: TestServer;
let root: string;
beforeAll(async () => {
	server = await startServer();
	await mkdir(join(server.shared, 'in'));
	await mkdir(join(server.shared, 'many'));
	await writeFile(join(server.shared, 'in', 'a.png'), await small('a'));
	await writeFile(join(server.shared, 'in', 'b.png'), await small('b'));
	for (const name of ['=empty-1.png', 'empty-2.png']) await writeFile(join(server.shared, 'in', name), '');
	for (let i = 0; i < MANY; i++) await writeFile(join(server.shared, 'many', `${i}.png`), await small(`many ${i}`));
	root = (await server.ask('GET', '/api/roots')).json<Root[]>()[0]?.id ?? '';
});
afterAll(() => server.close());

const body = (to: string, more: object = {}) => ({
	recipe: resizeRecipe(20),
	node: 'photo',
	bindings: {},
	from: { root, path: 'in' },
	pattern: '*.png',
	recursive: false,
	to: { root, path: to },
	existing: 'error',
	stopOnError: false,
	...more,
});
const start = async (to: string, more: object = {}) => (await server.ask('POST', '/api/batches', { body: body(to, more) })).json<BatchView>();
const ask = async <T = BatchView>(method: string, path: string, more?: unknown) =>
	(await server.ask(method, path, more === undefined ? {} : { body: more })).json<T>();
const finished = async ({ id }: BatchView) => {
	const last = (await readEvents<BatchStreamEvent>(server, `/api/batches/${id}/events`)).at(-1)?.event;
	if (last?.type !== 'end') throw new Error('the stream did not end');
	return last.batch;
};
const files = (folder: string) => readdir(join(server.shared, folder)).then((names) => names.sort());

describe('a batch that writes at its end', () => {
	it('writes what succeeded, or nothing where it stops on a failure', async () => {
		expect(await finished(await start('end', { commit: 'end' }))).toMatchObject({ state: 'partial', counts: { done: 2, failed: 2 } });
		expect(await files('end')).toHaveLength(2);
		const stopped = await finished(await start('none', { commit: 'end', stopOnError: true }));
		expect(stopped.items.every(({ outputs }) => outputs.length === 0)).toBe(true);
		expect(await files('none')).toEqual([]);
	});
});

describe('undo', () => {
	it('takes back what a batch and its retries wrote, and names what was changed', async () => {
		const first = await finished(await start('undone'));
		await writeFile(join(server.shared, 'in', 'empty-2.png'), await small('whole now'));
		const second = await finished(await ask('POST', `/api/batches/${first.id}/retry`));
		expect(await files('undone')).toHaveLength(3);
		await writeFile(join(server.shared, 'in', 'empty-2.png'), '');
		const a = first.items.find(({ item }) => item === 'a.png')?.outputs[0] ?? '';
		await writeFile(join(server.shared, 'undone', a), 'changed since');
		const undone = await ask('POST', `/api/batches/${second.id}/undo`);
		expect(undone.undone).toEqual({ removed: 2, restored: 0, kept: [{ path: a, reason: 'changed' }] });
		expect(await files('undone')).toEqual([a]);
		expect((await ask('GET', `/api/batches/${second.id}`)).undone).toEqual(undone.undone);
	});

	it('brings back what was replaced', async () => {
		const made = await finished(await start('replaced'));
		const [name = ''] = await files('replaced');
		await writeFile(join(server.shared, 'replaced', name), 'my own');
		const batch = await finished(await start('replaced', { existing: 'overwrite' }));
		expect(await readFile(join(server.shared, 'replaced', name), 'utf8')).not.toBe('my own');
		expect((await ask('POST', `/api/batches/${batch.id}/undo`)).undone).toMatchObject({ restored: 1, kept: [] });
		expect(await readFile(join(server.shared, 'replaced', name), 'utf8')).toBe('my own');
		expect((await server.ask('POST', `/api/batches/${batch.id}/undo`)).json().problem.key).toBe('undo.already');
		expect((await ask('POST', `/api/batches/${made.id}/undo`)).undone).toMatchObject({ removed: 1, kept: [{ path: name }] });
	});

	it('is refused while the batch runs', async () => {
		const batch = await start('busy', { from: { root, path: 'many' } });
		expect([(await server.ask('POST', `/api/batches/${batch.id}/undo`)).status]).toEqual([409]);
		await server.ask('DELETE', `/api/batches/${batch.id}`);
		await finished(batch);
	});
});

describe('a pause', () => {
	it('lets what is under way end and begins nothing new, until it goes on; after a restart the rest can be run', async () => {
		const batch = await start('paused', { from: { root, path: 'many' } });
		expect(await ask('POST', `/api/batches/${batch.id}/pause`)).toMatchObject({ state: 'running', paused: true });
		let view = batch;
		do view = await ask('GET', `/api/batches/${batch.id}`);
		while (view.items.some(({ state }) => state === 'running'));
		expect(view).toMatchObject({ state: 'running', paused: true });
		expect(view.counts.done).toBeLessThan(MANY);
		expect((await ask('GET', `/api/batches/${batch.id}`)).counts).toEqual(view.counts);

		/* As its entry would be found by the next server. */
		server.opened.database.run(
			"INSERT INTO batches (id, name, state, started, pid, body) SELECT 'later', name, state, started, 99999999, body FROM batches WHERE id = ?",
			batch.id,
		);
		const later = await ask('GET', '/api/batches/later');
		expect(later.state).toBe('interrupted');
		expect(later.paused).toBeUndefined();

		expect((await ask('POST', `/api/batches/${batch.id}/resume`)).paused).toBe(false);
		expect(await finished(batch)).toMatchObject({ state: 'done', counts: { done: MANY } });
		const resumed = await ask('POST', '/api/batches/later/retry');
		expect(await finished(resumed)).toMatchObject({ state: 'done' });
	});

	it('can be cancelled', async () => {
		const batch = await start('cancelled', { from: { root, path: 'many' } });
		await ask('POST', `/api/batches/${batch.id}/pause`);
		await server.ask('DELETE', `/api/batches/${batch.id}`);
		expect((await finished(batch)).state).toBe('cancelled');
	});
});

describe('failures', () => {
	it('come by cause, and those of one cause are run again alone', async () => {
		const batch = await finished(await start('causes'));
		expect(batch.failures).toMatchObject([
			{ cause: expect.stringMatching(/^input\.empty/), count: 2, items: ['=empty-1.png', 'empty-2.png'], mend: { key: 'mend.get-again' } },
		]);
		const cause = batch.failures?.[0]?.cause ?? '';
		expect((await finished(await ask('POST', `/api/batches/${batch.id}/retry`, { cause }))).counts).toMatchObject({ total: 2, failed: 2 });
		expect((await server.ask('POST', `/api/batches/${batch.id}/retry`, { body: { cause: 'other' } })).status).toBe(404);
	});

	it('are mended as proposed: with what was there skipped', async () => {
		await mkdir(join(server.shared, 'partly'));
		const batch = await start('partly', { recipe: resizeRecipe(21), name: '{name}-{width}' });
		await finished(batch);
		const again = await finished(await start('partly', { recipe: resizeRecipe(22), name: '{name}-21', existing: 'skip' }));
		expect(again.counts).toMatchObject({ skipped: 2 });
		const failing = await finished(await start('partly', { recipe: resizeRecipe(21), name: '{name}-{width}' }));
		const cause = failing.failures?.find((failure) => failure.mend?.existing === 'skip')?.cause ?? '';
		expect(failing.failures?.map(({ count }) => count)).toEqual([2, 2]);
		expect((await finished(await ask('POST', `/api/batches/${failing.id}/retry`, { cause, mend: true }))).counts).toMatchObject({ failed: 0 });
	});
});

describe('the report', () => {
	it('is there as CSV without formulas, and as JSON, in the reader’s language', async () => {
		const batch = await finished(await start('reported'));
		const csv = await server.ask('GET', `/api/batches/${batch.id}/report.csv`);
		expect(csv.headers['content-disposition']).toContain('attachment');
		expect(csv.headers['content-type']).toContain('text/csv');
		expect(csv.text).toMatch(/\r\n"'=empty-1\.png",failed,/);
		const json = (await server.ask('GET', `/api/batches/${batch.id}/report.json?language=zh`)).json<{ items: { error: string | null }[] }>();
		expect(json.items.find(({ error }) => error !== null)?.error).toMatch(/\p{Script=Han}/u);
	});
});

describe('an estimate', () => {
	it('tells time and size before anything runs', async () => {
		const estimate = await ask<Estimate>('POST', '/api/batches/estimate', body('never', { from: { root, path: 'many' }, recipe: resizeRecipe(19) }));
		expect(estimate.sampled).toBe(5);
		expect(estimate.seconds).toBeGreaterThan(0);
		expect(estimate.bytes).toBeGreaterThan(0);
		expect(await readdir(server.shared)).not.toContain('never');
	});
});
