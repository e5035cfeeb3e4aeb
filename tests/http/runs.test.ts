import { readFile } from 'node:fs/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Recipe } from '../../nodes/graph.ts';
import type { Explained, Input, PreviewReply, RunStreamEvent, RunView } from '../../server/http/api.ts';
import { fixture } from '../fixtures/index.ts';
import { resizeRecipe } from './requests.ts';
import { readEvents, startServer, type TestServer } from './server.ts';

let server: TestServer;
let photo: Input;
let sales: Input;
beforeAll(async () => {
	server = await startServer();
	const upload = async (name: string, path: string) =>
		(await server.ask('POST', `/api/inputs?name=${encodeURIComponent(name)}`, { body: await readFile(path) })).json<Input>();
	photo = await upload('été "1".jpg', fixture('photo'));
	sales = await upload('sales.csv', fixture('sales'));
});
afterAll(() => server.close());

async function run(recipe: Recipe, bindings: Record<string, string[]>): Promise<RunView> {
	const started = await server.ask('POST', '/api/runs', { body: { recipe, bindings } });
	expect([started.status, started.json()]).toMatchObject([201, { state: 'running', name: recipe.name }]);
	const events = await readEvents<RunStreamEvent>(server, `/api/runs/${started.json<RunView>().id}/events`);
	expect(events[0]?.event.type).toBe('state');
	expect(events.map(({ id }) => id)).toEqual(events.map(({ id }) => id).sort((a, b) => a - b));
	const last = events.at(-1)?.event;
	if (last?.type !== 'end') throw new Error('the stream did not end');
	return last.run;
}

const countRows: Recipe = {
	millwright: 1,
	name: 'First rows',
	graph: {
		nodes: {
			table: { spec: 'io.file', version: 1, params: { kind: 'table' } },
			first: { spec: 'table.limit', version: 1, params: { count: 5 } },
		},
		edges: [{ from: 'table.value', to: 'first.table' }],
	},
};

describe('a run', () => {
	it('ends with files that can be downloaded, in parts too, under any name', async () => {
		const view = await run(resizeRecipe(120), { photo: [photo.id] });
		expect(view).toMatchObject({
			state: 'done',
			share: 1,
			problems: [],
			outputs: [{ n: 0, node: 'save', metadata: { kind: 'file', content: { width: 120, height: 80 } } }],
		});
		const [output] = view.outputs;
		expect(view.nodes.save).toMatchObject({ state: 'done', artifacts: [{ hash: output?.hash }] });
		const download = await server.ask('GET', `/api/runs/${view.id}/outputs/0`);
		expect(download.bytes).toHaveLength(output?.bytes ?? -1);
		const named = download.headers['content-disposition'] ?? '';
		expect(named).toMatch(/^attachment; filename="_t_ _1_\.\w+"; filename\*=UTF-8''%C3%A9t%C3%A9%20/);
		const part = await server.ask('GET', `/api/artifacts/${output?.hash}?type=${output?.format}`, { headers: { range: 'bytes=0-3' } });
		expect([part.status, part.bytes.equals(download.bytes.subarray(0, 4))]).toEqual([206, true]);
		expect(part.headers['cache-control']).toContain('immutable');
		const zip = await server.ask('GET', `/api/runs/${view.id}/outputs/all.zip`);
		expect([zip.headers['content-type'], zip.bytes.subarray(0, 2).toString()]).toEqual(['application/zip', 'PK']);
		expect((await server.ask('GET', `/api/runs/${view.id}/outputs/7`)).status).toBe(404);
	});

	it('is found again when the page comes back, and its stream ends at once', async () => {
		const view = await run(resizeRecipe(64, 'Again'), { photo: [photo.id] });
		expect((await server.ask('GET', '/api/runs')).json<RunView[]>()[0]).toEqual(view);
		expect((await server.ask('GET', `/api/runs/${view.id}`)).json()).toEqual(view);
		const events = await readEvents<RunStreamEvent>(server, `/api/runs/${view.id}/events`, 5);
		expect(events.map(({ event }) => event.type)).toEqual(['state', 'end']);
	});

	it('that fails names the node and the reason', async () => {
		const view = await run(resizeRecipe(64, 'Without a file'), {});
		expect(view).toMatchObject({ state: 'failed', problems: [{ key: 'input.missing', node: 'photo' }] });
		expect((await server.ask('GET', `/api/runs/${view.id}/outputs/all.zip`)).status).toBe(404);
	});

	it('can be cancelled', async () => {
		const started = (
			await server.ask('POST', '/api/runs', { body: { recipe: resizeRecipe(333, 'Cancelled'), bindings: { photo: [photo.id] } } })
		).json<RunView>();
		expect((await server.ask('DELETE', `/api/runs/${started.id}`)).status).toBe(204);
		const last = (await readEvents<RunStreamEvent>(server, `/api/runs/${started.id}/events`)).at(-1)?.event;
		expect(last?.type === 'end' && ['cancelled', 'done'].includes(last.run.state)).toBe(true);
		expect((await server.ask('DELETE', '/api/runs/none')).json().problem.key).toBe('run.unknown');
	});

	it('gives tables as rows', async () => {
		const view = await run(countRows, { table: [sales.id] });
		const [output] = view.outputs;
		const reply = await server.ask('GET', `/api/artifacts/${output?.hash}/rows?count=2`);
		expect(reply.json()).toMatchObject({ columns: [{ name: 'region', type: 'text' }, {}, {}, {}, {}], rows: [{ region: 'North', product: 'Tea' }, {}] });
		expect((await server.ask('GET', `/api/artifacts/${output?.hash}/rows?count=-3`)).json<{ rows: [] }>().rows).toHaveLength(1);
	});
});

describe('an artifact', () => {
	it('is found by its hash, and by nothing else', async () => {
		for (const hash of ['..%2f..%2fledger.db', 'a'.repeat(63), 'A'.repeat(64), '0'.repeat(64), `${'0'.repeat(62)}%2f..`])
			expect([hash, (await server.ask('GET', `/api/artifacts/${hash}?type=png`)).status]).toEqual([hash, 404]);
	});

	it('shown as a page gets an origin of its own; of an unknown format it is only saved', async () => {
		const { outputs } = await run(resizeRecipe(50, 'Shown'), { photo: [photo.id] });
		const get = async (type: string) => (await server.ask('GET', `/api/artifacts/${outputs[0]?.hash}?type=${encodeURIComponent(type)}`)).headers;
		expect((await get('html'))['content-security-policy']).toMatch(/^sandbox allow-scripts; default-src 'none'/);
		expect((await get('svg'))['content-security-policy']).toMatch(/^sandbox; /);
		for (const type of ['exe', 'x\r\nset-cookie: a=b', '__proto__', 'text/html']) {
			const headers = await get(type);
			expect([headers['content-type'], headers['content-disposition'], headers['set-cookie']]).toEqual(['application/octet-stream', 'attachment', undefined]);
		}
	});
});

describe('a preview', () => {
	const preview = (recipe: Recipe, bindings: object, more: object = {}) =>
		server.ask('POST', '/api/previews', { body: { recipe, bindings, channel: 'canvas', ...more } });

	it('shows what each node makes, with the size that the real one will have', async () => {
		const reply = (await preview(resizeRecipe(90), { photo: [photo.id] })).json<PreviewReply>();
		expect(reply.state).toBe('done');
		expect(reply.nodes.small).toMatchObject({ previews: [{ port: 'image', metadata: { kind: 'image', width: 90, height: 60 }, count: null }] });
		expect(reply.nodes.photo).toMatchObject({ previews: [{ metadata: { width: 480 } }] });
		const shown = reply.nodes.small;
		const artifact = shown !== undefined && 'previews' in shown ? shown.previews[0]?.artifact : null;
		expect((await server.ask('GET', `/api/artifacts/${artifact?.hash}?type=${artifact?.format}`)).headers['content-type']).toMatch(/^image\//);
	});

	it('of a table carries rows; what can not run says why', async () => {
		const reply = (await preview(countRows, { table: [sales.id] })).json<PreviewReply>();
		expect(reply.nodes.first).toMatchObject({ previews: [{ metadata: { kind: 'table' }, rows: [{ region: 'North' }, {}, {}, {}, {}] }] });
		expect((await preview(resizeRecipe(90), {}, { nodes: ['photo'] })).json<PreviewReply>().nodes.photo).toMatchObject({
			problem: { key: 'input.missing' },
		});
	});

	it('shows the branches that work beside one that does not', async () => {
		const { graph, ...rest } = resizeRecipe(40, 'Two branches');
		const nodes = {
			...graph.nodes,
			other: { spec: 'io.file', version: 1, params: { kind: 'image' } },
			late: { spec: 'image.resize', version: 1, params: { width: 5 } },
		};
		const lost = { spec: 'image.no-such', version: 1, params: {} };
		const edges = [...graph.edges, { from: 'other.value', to: 'late.image' }];
		const reply = (await preview({ ...rest, graph: { nodes: { ...nodes, lost }, edges } }, { photo: [photo.id] })).json<PreviewReply>();
		expect(reply.nodes).toMatchObject({
			small: { previews: [{}] },
			save: { previews: [{}] },
			other: { problem: { key: 'input.missing' } },
			late: { skipped: true },
			lost: { problem: { key: 'graph.unknown-spec' } },
		});
	});

	it('gives way to a newer one of the same channel', async () => {
		const replies = await Promise.all([
			preview(resizeRecipe(91), { photo: [photo.id] }),
			preview(resizeRecipe(92), { photo: [photo.id] }, { channel: 'other' }),
			preview(resizeRecipe(93), { photo: [photo.id] }),
		]);
		const states = replies.map((reply) => reply.json<PreviewReply>().state);
		expect(states.slice(1)).toEqual(['done', 'done']);
		expect(['superseded', 'done']).toContain(states[0]);
	});
});

describe('explaining', () => {
	it('shows what would run', async () => {
		const groups = (await server.ask('POST', '/api/explain', { body: { recipe: resizeRecipe(77), bindings: { photo: [photo.id] } } })).json<Explained[]>();
		expect(groups).toMatchObject([{ backend: 'image', nodes: ['small', 'save'], cached: false }]);
	});
});
