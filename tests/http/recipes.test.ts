import { mkdir, readFile, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { writeRecipe } from '../../nodes/graph.ts';
import type { RecipeEntry, SavedRecipe, Settings } from '../../server/http/api.ts';
import { fixture } from '../fixtures/index.ts';
import { resizeRecipe } from './requests.ts';
import { startServer, type TestServer } from './server.ts';

let server: TestServer;
beforeAll(async () => {
	server = await startServer(({ home }) => ({ gallery: join(home.folder, 'gallery') }));
	const gallery = join(server.opened.home.folder, 'gallery');
	await mkdir(gallery);
	await writeFile(join(gallery, 'small.json'), writeRecipe({ ...resizeRecipe(100, 'Small'), goal: 'make it small' }));
	await writeFile(join(gallery, 'small.png'), await readFile(fixture('logo')));
	await writeFile(join(gallery, 'large.json'), writeRecipe(resizeRecipe(2000, 'Large')));
});
afterAll(() => server.close());

describe('a saved recipe', () => {
	it('is kept with all its revisions', async () => {
		const made = await server.ask('POST', '/api/recipes', { body: { recipe: resizeRecipe(100, 'Product photos') } });
		expect([made.status, made.json()]).toMatchObject([201, { id: 'product-photos', name: 'Product photos', goal: null, revision: 1 }]);
		const changed = await server.ask('PUT', '/api/recipes/product-photos', { body: { recipe: resizeRecipe(200, 'Photos'), revision: 1 } });
		expect(changed.json()).toMatchObject({ revision: 2, name: 'Photos' });
		expect((await server.ask('GET', '/api/recipes/product-photos')).json<SavedRecipe>().recipe).toEqual(resizeRecipe(200, 'Photos'));
		expect((await server.ask('GET', '/api/recipes')).json()).toMatchObject([{ id: 'product-photos', name: 'Photos' }]);
		expect((await server.ask('GET', '/api/recipes/product-photos/history')).json()).toMatchObject([
			{ revision: 1, name: 'Product photos' },
			{ revision: 2, name: 'Photos' },
		]);
		expect((await server.ask('GET', '/api/recipes/product-photos/history/1')).json<SavedRecipe>().recipe).toEqual(resizeRecipe(100, 'Product photos'));
		expect((await server.ask('GET', '/api/recipes/product-photos/history/9')).status).toBe(404);
	});

	it('is not overwritten by somebody who has not seen its newest revision', async () => {
		const { id } = (await server.ask('POST', '/api/recipes', { body: { recipe: resizeRecipe(1, 'Two tabs') } })).json<SavedRecipe>();
		const save = (width: number, revision: number) => server.ask('PUT', `/api/recipes/${id}`, { body: { recipe: resizeRecipe(width, 'Two tabs'), revision } });
		const replies = await Promise.all([save(2, 1), save(3, 1)]);
		expect(replies.map(({ status }) => status).sort()).toEqual([200, 409]);
		const won = replies.find(({ status }) => status === 200)?.json<SavedRecipe>();
		const lost = replies.find(({ status }) => status === 409)?.json();
		expect(lost).toMatchObject({ problem: { key: 'saved.conflict', values: { revision: 2 } }, current: { revision: 2, recipe: won?.recipe } });
	});

	it('that is deleted can be had from the history', async () => {
		await server.ask('POST', '/api/recipes', { body: { recipe: resizeRecipe(1, 'Gone') } });
		expect((await server.ask('DELETE', '/api/recipes/gone')).status).toBe(204);
		expect((await server.ask('GET', '/api/recipes/gone')).json().problem.key).toBe('saved.unknown');
		expect((await server.ask('DELETE', '/api/recipes/gone')).status).toBe(404);
		expect((await server.ask('GET', '/api/recipes/gone/history/1')).status).toBe(200);
	});

	it('is only ever a file in the folder of recipes', async () => {
		for (const id of ['..%2fledger', '%2e%2e%2fmodel', '..%5cx', '.hidden', 'a%00b', '..%2f..%2fetc%2fpasswd']) {
			expect([id, (await server.ask('GET', `/api/recipes/${id}`)).status]).toEqual([id, 404]);
			expect((await server.ask('PUT', `/api/recipes/${id}`, { body: { recipe: resizeRecipe(1), revision: 1 } })).status).toBe(404);
			expect((await server.ask('DELETE', `/api/recipes/${id}`)).status).toBe(404);
			expect((await server.ask('GET', `/api/recipes/${id}/history`)).status).toBe(404);
			expect((await server.ask('GET', `/api/gallery/${id}`)).status).toBe(404);
		}
	});

	it('that was damaged is listed and says so', async () => {
		await writeFile(join(server.opened.home.recipes, 'broken.json'), '{ "millwright": 1, ');
		const entry = (await server.ask('GET', '/api/recipes')).json<RecipeEntry[]>().find(({ id }) => id === 'broken');
		expect(entry?.description).toContain('not a recipe');
		expect((await server.ask('GET', '/api/recipes/broken')).status).toBe(422);
	});
});

describe('the gallery', () => {
	it('has recipes with pictures', async () => {
		const entries = (await server.ask('GET', '/api/gallery')).json<RecipeEntry[]>();
		expect(entries).toMatchObject([
			{ id: 'large', thumbnail: null },
			{ id: 'small', goal: 'make it small', thumbnail: '/api/gallery/small/picture' },
		]);
		expect((await server.ask('GET', '/api/gallery/small')).json()).toMatchObject({ revision: 1, recipe: { name: 'Small' } });
		const picture = await server.ask('GET', '/api/gallery/small/picture');
		expect([picture.headers['content-type'], picture.bytes.equals(await readFile(fixture('logo')))]).toEqual(['image/png', true]);
		expect((await server.ask('GET', '/api/gallery/large/picture')).status).toBe(404);
	});
});

describe('the settings', () => {
	it('take a key, keep it to this user, and never give it back', async () => {
		const put = await server.ask('PUT', '/api/settings/key', { body: { key: 'sk-secret', baseUrl: 'http://me:pass@localhost:1/v1', model: 'some-model' } });
		expect(put.status).toBe(204);
		const reply = await server.ask('GET', '/api/settings');
		expect(reply.json<Settings>()).toMatchObject({ key: true, model: 'some-model', home: server.opened.home.folder });
		expect(reply.text).not.toContain('secret');
		expect(reply.text).not.toContain('pass');
		expect((await stat(join(server.opened.home.folder, 'model.json'))).mode & 0o777).toBe(0o600);
		expect((await server.ask('PUT', '/api/settings/key', { body: { other: 1 } })).status).toBe(400);
	});
});
