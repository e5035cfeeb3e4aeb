import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import sharp from 'sharp';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { BatchPreview, BatchStreamEvent, BatchView, Input, Root } from '../../server/http/api.ts';
import { small, twoInputs } from '../cli/materials.ts';
import { fixture } from '../fixtures/index.ts';
import { resizeRecipe } from './requests.ts';
import { readEvents, startServer, type TestServer } from './server.ts';

let server: TestServer;
let root: string;
beforeAll(async () => {
	server = await startServer();
	const { shared } = server;
	for (const folder of ['photos', 'masks', 'mixed']) await mkdir(join(shared, folder));
	for (const name of ['a', 'b', 'c']) await writeFile(join(shared, 'photos', `${name}.png`), await small(name));
	for (const name of ['a', 'b', 'x']) await writeFile(join(shared, 'masks', `${name}.png`), await small(`mask ${name}`));
	for (let i = 1; i <= 3; i++) await writeFile(join(shared, 'mixed', `wide-${i}.png`), await small(`wide ${i}`));
	for (let i = 1; i <= 2; i++)
		await writeFile(
			join(shared, 'mixed', `tall-${i}.png`),
			await sharp(await small(`tall ${i}`))
				.rotate(90)
				.toBuffer(),
		);
	await writeFile(join(shared, 'mixed', 'broken.jpg'), (await readFile(fixture('photo'))).subarray(0, 300));
	await writeFile(join(shared, 'mixed', 'notes.txt'), 'not a picture');
	root = (await server.ask('GET', '/api/roots')).json<Root[]>()[0]?.id ?? '';
});
afterAll(() => server.close());

const body = (to: string, more: object) => ({ bindings: {}, recursive: true, to: { root, path: to }, existing: 'error', stopOnError: false, ...more });
const ask = (path: string, to: string, more: object) => server.ask('POST', `/api/batches${path}`, { body: body(to, more) });
const finished = async (view: BatchView) => {
	const last = (await readEvents<BatchStreamEvent>(server, `/api/batches/${view.id}/events`)).at(-1)?.event;
	if (last?.type !== 'end') throw new Error('the stream did not end');
	return last.batch;
};
const pairs = (pairing?: string) => ({
	recipe: twoInputs,
	node: 'base',
	from: { root, path: 'photos' },
	also: [{ node: 'logo', from: { root, path: 'masks' } }],
	...(pairing === undefined ? {} : { pairing }),
});

describe('a batch over two folders', () => {
	it('shows the pairs and what has no partner before it runs them', async () => {
		expect((await ask('/preview', 'pairs', pairs())).json().problem).toMatchObject({ key: 'batch.pair-unclear', values: { count: 2 } });
		const preview = (await ask('/preview', 'pairs', pairs('name'))).json<BatchPreview>();
		expect(preview.items).toEqual([
			{ item: 'a.png', outputs: ['a.png'] },
			{ item: 'b.png', outputs: ['b.png'] },
		]);
		expect(preview.passedOver).toEqual([
			{ item: 'c.png', input: 'photo', reason: 'partner' },
			{ item: 'x.png', input: 'mark', reason: 'partner' },
		]);
		const batch = await finished((await ask('', 'pairs', pairs('name'))).json<BatchView>());
		expect(batch).toMatchObject({ state: 'done', counts: { total: 2, done: 2 }, passedOver: [{ item: 'c.png' }, { item: 'x.png' }] });
		expect((await ask('/preview', 'zip', pairs('zip'))).json<BatchPreview>().items).toHaveLength(3);
		expect((await ask('/preview', 'all', pairs('product'))).json<BatchPreview>().items).toHaveLength(9);
	});
});

describe('a batch over the rows of a table', () => {
	const recipe = {
		millwright: 1,
		name: 'code',
		graph: {
			nodes: { qr: { spec: 'image.qr', params: { content: 'text', text: 'x', size: 64 } }, save: { spec: 'image.save', params: { format: 'png' } } },
			edges: [{ from: 'qr.image', to: 'save.image' }],
		},
	};
	it('makes one result a row, called after its values', async () => {
		const text = 'name,url,size\nDoor,https://example.com/1,80\nWall,https://example.com/2,none\nRoof,https://example.com/3,\n';
		const { id } = (await server.ask('POST', '/api/inputs/text', { body: { name: 'urls.csv', text } })).json<Input>();
		const rows = { recipe, from: { rows: id, settings: { 'qr.text': '{column:url}', 'qr.size': '{column:size}' } }, name: '{column:name}' };
		const preview = (await ask('/preview', 'codes', rows)).json<BatchPreview>();
		expect(preview.items.map(({ outputs }) => outputs)).toEqual([['Door.png'], [], ['Roof.png']]);
		const batch = await finished((await ask('', 'codes', rows)).json<BatchView>());
		expect(batch).toMatchObject({ state: 'partial', items: [{ item: 'Door', state: 'done' }, { item: 'Wall', problem: { param: 'size' } }, { item: 'Roof' }] });
		expect((await readdir(join(server.shared, 'codes'))).sort()).toEqual(['Door.png', 'Roof.png']);
		const wrong = await ask('/preview', 'codes', { ...rows, from: { rows: id, settings: { 'qr.text': '{column:link}' } } });
		expect([wrong.status, wrong.json().problem]).toMatchObject([422, { key: 'batch.column', values: { choices: ['name', 'url', 'size'] } }]);
	});
});

describe('a canary', () => {
	it('runs one of each kind, shows what came of it, and goes on when it is told to', async () => {
		const mixed = { recipe: resizeRecipe(20), node: 'photo', from: { root, path: 'mixed' } };
		const first = await finished((await ask('', 'tried', { ...mixed, canary: true })).json<BatchView>());
		expect(first.items.map(({ item }) => item)).toEqual(['wide-1.png', 'tall-1.png', 'broken.jpg']);
		expect(first.canary).toMatchObject([
			{ count: 3, item: 'wide-1.png', outcome: 'done', cluster: { en: 'Image · png · landscape' } },
			{ count: 2, item: 'tall-1.png', outcome: 'done' },
			{ count: 1, item: 'broken.jpg', outcome: 'failed', result: null, problem: {} },
		]);
		expect(first.passedOver).toEqual([{ item: 'notes.txt', input: 'photo', reason: 'kind' }]);
		const picture = first.canary?.[0]?.result;
		expect((await server.ask('GET', `/api/artifacts/${picture?.hash}?type=${picture?.format}`)).status).toBe(200);
		expect((await server.ask('GET', `/api/batches/${first.id}`)).json()).toEqual(first);

		const rest = await finished((await server.ask('POST', `/api/batches/${first.id}/continue`)).json<BatchView>());
		expect(rest).toMatchObject({ state: 'partial', counts: { total: 6, done: 5, cached: 2, failed: 1 } });
		expect(rest.canary).toBeUndefined();
		expect(await readdir(join(server.shared, 'tried'))).toHaveLength(5);
	});
});
