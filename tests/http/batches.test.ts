import { mkdir, readdir, readFile, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { BatchPreview, BatchStreamEvent, BatchView, Input, Root } from '../../server/http/api.ts';
import { fixture } from '../fixtures/index.ts';
import { resizeRecipe } from './requests.ts';
import { readEvents, startServer, type TestServer } from './server.ts';

let server: TestServer;
let root: string;
beforeAll(async () => {
	server = await startServer();
	const { shared } = server;
	await mkdir(join(shared, 'in', 'deep'), { recursive: true });
	const photo = await readFile(fixture('photo'));
	await writeFile(join(shared, 'in', 'a.jpg'), photo);
	await writeFile(join(shared, 'in', 'deep', 'b.png'), await readFile(fixture('logo')));
	await writeFile(join(shared, 'in', 'broken.jpg'), photo.subarray(0, 300));
	await writeFile(join(shared, 'in', 'notes.txt'), 'not a picture');
	await writeFile(join(server.folder, 'private.jpg'), photo);
	await symlink(join(server.folder, 'private.jpg'), join(shared, 'in', 'private.jpg'));
	root = (await server.ask('GET', '/api/roots')).json<Root[]>()[0]?.id ?? '';
});
afterAll(() => server.close());

const body = (to: string, more: object = {}) => ({
	recipe: resizeRecipe(60),
	node: 'photo',
	bindings: {},
	from: { root, path: 'in' },
	recursive: true,
	to: { root, path: to },
	existing: 'error',
	stopOnError: false,
	...more,
});
const start = async (to: string, more: object = {}) => server.ask('POST', '/api/batches', { body: body(to, more) });
const finished = async (view: BatchView) => {
	const last = (await readEvents<BatchStreamEvent>(server, `/api/batches/${view.id}/events`)).at(-1)?.event;
	if (last?.type !== 'end') throw new Error('the stream did not end');
	return last.batch;
};

describe('a batch', () => {
	it('shows first what it would write, and writes nothing', async () => {
		const preview = (await server.ask('POST', '/api/batches/preview', { body: body('out') })).json<BatchPreview>();
		expect(preview.items.map(({ item }) => item)).toEqual(['a.jpg', 'broken.jpg', 'deep/b.png']);
		expect(preview.items[2]?.outputs[0]).toMatch(/^deep\/b\.\w+$/);
		expect(preview.problems).toEqual([]);
		expect(await readdir(server.shared)).toEqual(['in']);
	});

	it('runs over a granted folder; one broken file costs only itself, and can be tried again', async () => {
		const started = await start('out');
		expect([started.status, started.json()]).toMatchObject([201, { state: 'running', counts: { total: 3 } }]);
		const batch = await finished(started.json<BatchView>());
		expect(batch).toMatchObject({ state: 'partial', counts: { total: 3, done: 2, failed: 1 } });
		expect(batch.items.find(({ item }) => item === 'broken.jpg')).toMatchObject({ state: 'failed', outputs: [], problem: {} });
		expect(await readdir(join(server.shared, 'out'), { recursive: true })).toHaveLength(3);
		expect((await server.ask('GET', '/api/batches')).json<BatchView[]>()[0]).toEqual(batch);
		expect((await server.ask('GET', `/api/batches/${batch.id}`)).json()).toEqual(batch);

		await writeFile(join(server.shared, 'in', 'broken.jpg'), await readFile(fixture('portrait')));
		const again = await server.ask('POST', `/api/batches/${batch.id}/retry`);
		expect(again.json()).toMatchObject({ counts: { total: 1 } });
		expect(await finished(again.json<BatchView>())).toMatchObject({ state: 'done', counts: { done: 1 }, items: [{ item: 'broken.jpg' }] });
	});

	it('never replaces a file unasked', async () => {
		expect((await start('out')).json().problem.key).toBe('output.exists');
		expect(await finished((await start('out', { existing: 'skip' })).json<BatchView>())).toMatchObject({ state: 'done', counts: { skipped: 3 } });
	});

	it('takes chosen files, too', async () => {
		const { id } = (await server.ask('POST', '/api/inputs?name=one.png', { body: await readFile(fixture('logo')) })).json<Input>();
		const batch = await finished((await start('chosen', { from: { inputs: [id] }, name: 'x-{name}' })).json<BatchView>());
		expect(batch.items).toMatchObject([{ item: 'one.png', state: 'cached', outputs: [expect.stringMatching(/^x-one\.\w+$/)] }]);
	});

	it('stays within granted folders', async () => {
		for (const path of ['../out', '/tmp/out', 'a\\..\\..\\out', 'in/../../out']) expect([path, (await start(path)).status]).toEqual([path, 400]);
		await symlink(server.folder, join(server.shared, 'elsewhere'));
		expect((await start('elsewhere/new/folder')).json().problem.key).toBe('path.outside');
		expect((await start('ok', { from: { root, path: '..' } })).status).toBe(400);
		expect((await start('ok', { from: { root: 'other', path: '' } })).status).toBe(404);
		for (const name of ['../{name}', '/tmp/{name}', '..\\{name}']) {
			const { items } = (await server.ask('POST', '/api/batches/preview', { body: body('named', { name }) })).json<BatchPreview>();
			for (const { outputs } of items) expect(outputs.some((path) => path.startsWith('..') || path.startsWith('/'))).toBe(false);
		}
	});

	it('wants a node that takes files, and files for it', async () => {
		expect((await start('x', { node: 'small' })).json().problem.key).toBe('graph.unknown-node');
		expect((await start('x', { pattern: '*.mov' })).status).toBe(404);
		expect((await server.ask('POST', '/api/batches/none/retry')).json().problem.key).toBe('batch.unknown');
	});
});
