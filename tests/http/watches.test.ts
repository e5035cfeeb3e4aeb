import { mkdir, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Root, WatchView } from '../../server/http/api.ts';
import { createApp, listen } from '../../server/http/app.ts';
import type { Services } from '../../server/http/services.ts';
import { Watches } from '../../server/watch/watches.ts';
import { small } from '../cli/materials.ts';
import { resizeRecipe } from './requests.ts';
import { startServer, type TestServer } from './server.ts';

let server: TestServer;
let root: string;
let services: Services;
beforeAll(async () => {
	server = await startServer((given) => {
		services = given;
		return {};
	});
	await mkdir(join(server.shared, 'in'));
	root = (await server.ask('GET', '/api/roots')).json<Root[]>()[0]?.id ?? '';
});
afterAll(() => server.close());

const body = (more: object = {}) => ({
	recipe: resizeRecipe(60),
	node: 'photo',
	bindings: {},
	from: { root, path: 'in' },
	recursive: true,
	to: { root, path: 'out' },
	existing: 'error',
	when: { type: 'folder', every: 1 },
	...more,
});
const add = async (more: object = {}) => server.ask('POST', '/api/watches', { body: body(more) });
const list = async () => (await server.ask('GET', '/api/watches')).json<WatchView[]>();
const one = async (id: string) => (await list()).find((watch) => watch.id === id);
const put = async (name: string) => writeFile(join(server.shared, 'in', name), await small(name));

/** The watch, when it has come so far. */
async function until(id: string, far: (watch: WatchView) => boolean): Promise<WatchView> {
	const end = performance.now() + 20_000;
	for (;;) {
		const watch = await one(id);
		if (watch !== undefined && far(watch)) return watch;
		if (performance.now() > end) throw new Error(`it stayed ${JSON.stringify(watch)}`);
		await wait(50);
	}
}

describe('a watched folder', () => {
	let id: string;

	it('has what comes into it run, and says what became of it', async () => {
		const added = await add();
		expect([added.status, added.json<WatchView>().state]).toEqual([201, 'watching']);
		id = added.json<WatchView>().id;
		await put('a.png');
		await writeFile(join(server.shared, 'in', 'broken.png'), (await small('b')).subarray(0, 50));
		const watch = await until(id, ({ counts }) => counts.done === 1 && counts.failed === 1);
		expect(watch.lastError).toMatchObject({ item: 'broken.png', problem: { key: 'input.broken' } });
		expect(watch.recent.find(({ item }) => item === 'a.png')).toMatchObject({ state: 'done', outputs: [expect.stringMatching(/^a\.\w+$/)] });
		expect((await readdir(join(server.shared, 'out'))).filter((name) => !name.startsWith('.'))).toHaveLength(1);
	});

	it('says so when it is gone, and goes on when it is back', async () => {
		await rename(join(server.shared, 'in'), join(server.shared, 'away'));
		expect((await until(id, ({ state }) => state === 'trouble')).problem).toMatchObject({ key: 'watch.gone', values: { path: join(server.shared, 'in') } });
		await rename(join(server.shared, 'away'), join(server.shared, 'in'));
		await put('b.png');
		expect((await until(id, ({ counts }) => counts.done === 2)).problem).toBeNull();
	});

	it('survives a restart of the server, and does nothing twice', async () => {
		await services.watches.close();
		const again = new Watches({ engine: server.opened.engine, database: server.opened.database, folder: join(server.opened.home.folder, 'watches') });
		const second = await listen(createApp({ ...services, watches: again }), { port: 0 });
		try {
			const [kept] = again.list();
			expect([kept?.definition.id, kept?.counts]).toMatchObject([id, { done: 2, failed: 1 }]);
			await put('c.png');
			const end = performance.now() + 20_000;
			while (kept?.counts.done !== 3 && performance.now() < end) await wait(50);
			expect(kept?.memory.newest(1)).toMatchObject([{ item: 'c.png' }]);
			expect(kept?.counts).toMatchObject({ done: 3, failed: 1 });
		} finally {
			await second.close();
			await again.close();
		}
	});

	it('that somebody damaged keeps no other from starting', async () => {
		const folder = join(server.opened.home.folder, 'watches');
		const text = await readFile(join(folder, `${id}.json`), 'utf8');
		const changed = (more: object) => JSON.stringify({ ...JSON.parse(text), id: '0000000a', ...more });
		const odd = {
			a: '{',
			b: changed({ recipe: {} }),
			c: changed({ when: { type: 'schedule', cron: 'soon' } }),
			d: changed({ node: 'nowhere', id: '0000000b' }),
		};
		for (const [name, bytes] of Object.entries(odd)) await writeFile(join(folder, `${name}.json`), bytes);
		const again = new Watches({ engine: server.opened.engine, database: server.opened.database, folder });
		const second = await listen(createApp({ ...services, watches: again }), { port: 0 });
		try {
			expect(again.list().map(({ definition }) => definition.id)).toContain(id);
			const bad = again.get('0000000a');
			const end = performance.now() + 5000;
			while (bad?.problem === null && performance.now() < end) await wait(20);
			expect([bad?.problem?.key, bad?.next]).toEqual(['watch.schedule', null]);
		} finally {
			await second.close();
			await again.close();
			for (const name of await readdir(folder)) if (name !== `${id}.json`) await rm(join(folder, name));
		}
	});

	it('can be paused, and removed; its results stay', async () => {
		const paused = await server.ask('PATCH', `/api/watches/${id}`, { body: { paused: true } });
		expect(paused.json()).toMatchObject({ state: 'paused' });
		const kept: string = await readFile(join(server.opened.home.folder, 'watches', `${id}.json`), 'utf8');
		expect(JSON.parse(kept)).toMatchObject({ paused: true });
		expect((await server.ask('DELETE', `/api/watches/${id}`)).status).toBe(204);
		expect(await list()).toEqual([]);
		expect(await readdir(join(server.opened.home.folder, 'watches'))).toEqual([]);
		expect(await readdir(join(server.shared, 'out'))).toHaveLength(3);
		expect((await server.ask('DELETE', `/api/watches/${id}`)).json().problem.key).toBe('watch.unknown');
	});
});

describe('a schedule', () => {
	it('says when it comes, runs at once when asked, and keeps when it last ran', async () => {
		const { id, next, last, state } = (await add({ to: { root, path: 'nightly' }, when: { type: 'schedule', cron: '0 3 * * *' } })).json<WatchView>();
		expect([state, last, new Date(next ?? '').getMinutes(), new Date(next ?? '') > new Date()]).toEqual(['waiting', null, 0, true]);
		await server.ask('POST', `/api/watches/${id}/now`);
		const ran = await until(id, (watch) => watch.last !== null);
		expect(ran).toMatchObject({ counts: { done: 3, failed: 1 }, state: 'waiting' });
		await server.ask('DELETE', `/api/watches/${id}`);
	});

	it('says what was wrong when its time came, until it goes well', async () => {
		await mkdir(join(server.shared, 'later'));
		const { id } = (await add({ from: { root, path: 'later' }, to: { root, path: 'nightly' }, when: { type: 'schedule', cron: '@weekly' } })).json<WatchView>();
		await rename(join(server.shared, 'later'), join(server.shared, 'gone'));
		await server.ask('POST', `/api/watches/${id}/now`);
		expect((await until(id, ({ state }) => state === 'trouble')).problem).toMatchObject({ key: 'watch.gone' });
		await rename(join(server.shared, 'gone'), join(server.shared, 'later'));
		await server.ask('POST', `/api/watches/${id}/now`);
		expect((await until(id, ({ state }) => state === 'waiting')).problem).toBeNull();
		await server.ask('DELETE', `/api/watches/${id}`);
	});

	it('is refused when it is no time, or never comes', async () => {
		expect((await add({ when: { type: 'schedule', cron: 'soon' } })).json().problem.key).toBe('watch.schedule');
		expect((await add({ when: { type: 'schedule', cron: '0 0 30 2 *' } })).json().problem.key).toBe('watch.never');
	});
});

describe('a watch is refused', () => {
	it('outside of granted folders', async () => {
		for (const path of ['../in', '/tmp', 'a\\..\\..'])
			expect([(await add({ from: { root, path } })).status, (await add({ to: { root, path } })).status]).toEqual([400, 400]);
		expect((await add({ from: { root: 'other', path: '' } })).status).toBe(404);
		expect((await add({ from: { root, path: 'nowhere' } })).status).toBe(404);
	});

	it('where it could replace originals, or would never end', async () => {
		expect((await add({ to: { root, path: 'in' }, existing: 'overwrite' })).json().problem.key).toBe('watch.overwrite');
		await mkdir(join(server.shared, 'x'));
		const first = (await add({ to: { root, path: 'x' } })).json<WatchView>();
		expect((await add({ from: { root, path: 'x' }, to: { root, path: 'in/back' } })).json().problem).toMatchObject({ key: 'watch.circle' });
		await server.ask('DELETE', `/api/watches/${first.id}`);
		await rm(join(server.shared, 'x'), { recursive: true });
	});

	it('for a node that takes no file', async () => {
		expect((await add({ node: 'small' })).json().problem.key).toBe('graph.unknown-node');
		expect((await add({ when: { type: 'folder', every: 0 } })).status).toBe(400);
	});
});
