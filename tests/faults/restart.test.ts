import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { BatchView, Input, Root, RunView } from '../../server/http/api.ts';
import { filesBelow, processesOf, type Started, until, Workplace } from '../cli/harness.ts';
import { small } from '../cli/materials.ts';
import { fixture } from '../fixtures/index.ts';

const ITEMS = 8;
const TOKEN = 'restart';
let place: Workplace;
let server: Started;
let url: string;
beforeAll(async () => {
	place = new Workplace();
	mkdirSync(place.path('in'));
	for (let i = 0; i < ITEMS; i++) writeFileSync(place.path('in', `${i}.png`), await small(`picture ${i}`));
});
afterAll(async () => {
	await kill();
	place.remove();
});

async function start(): Promise<void> {
	server = place.start(['serve', '--port', '0', '--lang', 'en'], { MILLWRIGHT_TOKEN: TOKEN });
	await until(() => server.stdout.includes('http://') || server.stderr !== '');
	url = /http:\/\/\S+/.exec(server.stdout)?.[0] ?? '';
	expect(url, server.stderr).not.toBe('');
}
async function kill(): Promise<void> {
	process.kill(server.pid, 'SIGKILL');
	await server.ended;
	await until(() => processesOf(place.folder).length === 0, 5);
}
async function ask<T>(method: string, path: string, body?: object | Buffer): Promise<T> {
	const headers: Record<string, string> = { cookie: `millwright_${new URL(url).port}=${TOKEN}` };
	if (body !== undefined && !Buffer.isBuffer(body)) headers['content-type'] = 'application/json';
	const sent = body === undefined ? {} : { body: Buffer.isBuffer(body) ? new Uint8Array(body) : JSON.stringify(body) };
	const reply = await fetch(new URL(path, url), { method, headers, ...sent });
	const text = await reply.text();
	expect(reply.ok, text).toBe(true);
	return text === '' ? ({} as T) : JSON.parse(text);
}
async function ended<T extends { readonly state: string }>(path: string): Promise<T> {
	for (;;) {
		const view = await ask<T>('GET', path);
		if (view.state !== 'running') return view;
		await new Promise((resolve) => setTimeout(resolve, 50));
	}
}

const graph = (duration: number) => ({
	nodes: {
		photo: { spec: 'io.file', version: 1, params: { kind: 'image' } },
		zoom: { spec: 'video.ken-burns', version: 1, params: { duration, width: 320, height: 180 } },
		save: { spec: 'video.save', version: 1, params: { format: 'mp4' } },
	},
	edges: [
		{ from: 'photo.value', to: 'zoom.image' },
		{ from: 'zoom.video', to: 'save.video' },
	],
});
const films = () => (existsSync(place.path('out')) ? filesBelow(place.path('out')).filter((name) => /^\d\.mp4$/.test(name)) : []);

it('a server that is killed and started again shows what ran as interrupted, and goes on with it: what was finished is not made twice', async () => {
	await start();
	const input = await ask<Input>('POST', '/api/inputs?name=photo.jpg', readFileSync(fixture('photo')));
	const [root] = await ask<Root[]>('GET', '/api/roots');
	const run = await ask<RunView>('POST', '/api/runs', { recipe: { millwright: 1, name: 'long', graph: graph(600) }, bindings: { photo: [input.id] } });
	const recipe = { millwright: 1, name: 'zoom', graph: graph(1.5) };
	const body = {
		recipe,
		node: 'photo',
		bindings: {},
		from: { root: root?.id, path: 'in' },
		recursive: false,
		to: { root: root?.id, path: 'out' },
		existing: 'error',
		stopOnError: false,
		jobs: 1,
	};
	await ask('DELETE', `/api/runs/${run.id}`);
	const cancelled = await ended<RunView>(`/api/runs/${run.id}`);
	expect(cancelled.state).toBe('cancelled');
	const batch = await ask<BatchView>('POST', '/api/batches', body);
	await until(() => films().length >= 2, 60);
	const second = await ask<RunView>('POST', '/api/runs', { recipe: { millwright: 1, name: 'long', graph: graph(599) }, bindings: { photo: [input.id] } });
	await kill();
	const kept = films();
	expect(kept.length).toBeLessThan(ITEMS);

	await start();
	expect((await ask<RunView>('GET', `/api/runs/${second.id}`)).state).toBe('interrupted');
	expect((await ask<RunView[]>('GET', '/api/runs')).map(({ state }) => state).sort()).toEqual(['cancelled', 'interrupted']);
	const known = await ask<BatchView>('GET', `/api/batches/${batch.id}`);
	expect(known).toMatchObject({ state: 'interrupted', eta: null, counts: { total: ITEMS } });
	expect(known.items.map(({ state }) => state)).not.toContain('running');
	/* Its files are still known to the server: the run is simply asked for again, and the batch goes on with what isn't done. */
	expect((await ask<Input>('GET', `/api/inputs/${input.id}`)).id).toBe(input.id);
	const again = await ask<BatchView>('POST', `/api/batches/${batch.id}/retry`);
	const done = await ended<BatchView>(`/api/batches/${again.id}`);
	expect(done).toMatchObject({ state: 'done', counts: { failed: 0 } });
	expect(done.counts.total).toBeLessThanOrEqual(ITEMS);
	expect(films()).toHaveLength(ITEMS);
	const whole = await ask<BatchView>('POST', '/api/batches', { ...body, existing: 'overwrite' });
	expect(await ended<BatchView>(`/api/batches/${whole.id}`)).toMatchObject({ state: 'done', counts: { total: ITEMS, done: ITEMS, cached: ITEMS } });
	expect(filesBelow(place.path('out'))).toEqual(films());
});
