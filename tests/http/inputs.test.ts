import { execFile } from 'node:child_process';
import { mkdir, readdir, readFile, symlink, writeFile } from 'node:fs/promises';
import { request } from 'node:http';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import type { Input, Listing, Root } from '../../server/http/api.ts';
import { fixture } from '../fixtures/index.ts';
import { startServer, type TestServer } from './server.ts';

let server: TestServer;
beforeAll(async () => {
	server = await startServer(() => ({ maxUpload: 2_000_000 }));
});
afterAll(() => server.close());

const upload = async (name: string, body: Buffer) => server.ask('POST', `/api/inputs?name=${encodeURIComponent(name)}`, { body });
const leftovers = async () => (await readdir(server.opened.home.temporary)).filter((name) => name.includes('upload'));

describe('an upload', () => {
	it('is looked at and kept, with a small picture', async () => {
		const bytes = await readFile(fixture('photo'));
		const reply = await upload('my photo 图.jpg', bytes);
		expect(reply.status).toBe(201);
		expect(reply.json()).toMatchObject({
			name: 'my photo 图.jpg',
			bytes: bytes.length,
			format: 'jpeg',
			readings: [{ kind: 'image', width: 480, height: 320 }],
		});
		expect(reply.json<Input>().thumbnail).toMatch(/^data:image\/\w+;base64,/);
		expect((await server.ask('GET', `/api/inputs/${reply.json<Input>().id}`)).json()).toEqual(reply.json());
		expect((await upload('my photo 图.jpg', bytes)).json<Input>().id).toBe(reply.json<Input>().id);
		expect(await leftovers()).toEqual([]);
	});

	it('that is no file that can be read is refused and removed', async () => {
		const reply = await upload('empty.png', Buffer.alloc(0));
		expect([reply.status, reply.json().problem.key]).toEqual([422, 'input.empty']);
		expect(await leftovers()).toEqual([]);
	});

	it('stops at the limit, announced or not', async () => {
		const large = Buffer.alloc(2_000_001);
		expect((await upload('large.bin', large)).status).toBe(413);
		const chunked = await server
			.ask('POST', '/api/inputs?name=large.bin', { body: large, headers: { 'transfer-encoding': 'chunked' } })
			.catch((error: Error) => error);
		expect(chunked instanceof Error || chunked.status === 413).toBe(true);
		expect(await leftovers()).toEqual([]);
	});

	it('that breaks off leaves nothing', async () => {
		const before = await readdir(server.opened.home.inputs);
		const asked = request({
			port: server.port,
			method: 'POST',
			path: '/api/inputs?name=cut.jpg',
			headers: { host: `127.0.0.1:${server.port}`, cookie: server.cookie, 'content-length': '1000000' },
		});
		asked.on('error', () => {});
		asked.write(Buffer.alloc(300_000));
		await vi.waitFor(async () => expect(await leftovers()).toHaveLength(1));
		asked.destroy();
		await vi.waitFor(async () => expect(await leftovers()).toEqual([]));
		expect(await readdir(server.opened.home.inputs)).toEqual(before);
	});

	it('wants a name, not a path', async () => {
		for (const name of ['', '..', '../a.png', 'a/b.png', 'a\\b.png', 'a\0.png', 'a\n.png', 'x'.repeat(256)])
			expect([name, (await upload(name, Buffer.from('hello'))).status]).toEqual([name, 400]);
		expect((await server.ask('POST', '/api/inputs?name=a.txt&name=b.txt', { body: Buffer.from('x') })).status).toBe(400);
	});
});

describe('content', () => {
	it('is sent whole, in ranges, and not again when nothing changed', async () => {
		const bytes = await readFile(fixture('clip'));
		const { id } = (await upload('clip.mp4', bytes)).json<Input>();
		const get = (headers: Record<string, string> = {}) => server.ask('GET', `/api/inputs/${id}/content`, { headers });
		const whole = await get();
		expect([whole.status, whole.headers['content-type'], whole.headers['accept-ranges']]).toEqual([200, 'video/mp4', 'bytes']);
		expect(whole.bytes.equals(bytes)).toBe(true);
		const part = await get({ range: 'bytes=10-19' });
		expect([part.status, part.headers['content-range']]).toEqual([206, `bytes 10-19/${bytes.length}`]);
		expect(part.bytes.equals(bytes.subarray(10, 20))).toBe(true);
		expect((await get({ range: 'bytes=-5' })).bytes.equals(bytes.subarray(-5))).toBe(true);
		expect((await get({ range: `bytes=${bytes.length - 3}-` })).bytes).toHaveLength(3);
		const past = await get({ range: `bytes=${bytes.length}-` });
		expect([past.status, past.headers['content-range']]).toEqual([416, `bytes */${bytes.length}`]);
		expect((await get({ range: 'bytes=0-1,5-6' })).bytes).toHaveLength(bytes.length);
		expect((await get({ 'if-none-match': whole.headers.etag ?? '' })).status).toBe(304);
		expect((await get({ range: 'bytes=0-0', 'if-range': '"other"' })).status).toBe(200);
		expect((await server.ask('HEAD', `/api/inputs/${id}/content`)).headers['content-length']).toBe(String(bytes.length));
	});

	it('of pasted text is the text', async () => {
		const reply = await server.ask('POST', '/api/inputs/text', { body: { name: 'pasted.csv', text: 'city,people\n苏州,12\nRome,3\n' } });
		const input = reply.json<Input>();
		expect(input).toMatchObject({ format: 'csv' });
		expect(input.readings[0]).toMatchObject({ kind: 'table', rows: 2, columns: [{ name: 'city' }, { name: 'people' }] });
		expect((await server.ask('GET', `/api/inputs/${input.id}/content`)).text).toBe('city,people\n苏州,12\nRome,3\n');
	});

	it('that is a page or a drawing never runs in our origin', async () => {
		const page = await upload('evil.html', Buffer.from('<!doctype html><script>fetch("/api/settings")</script>'));
		const shown = await server.ask('GET', `/api/inputs/${page.json<Input>().id}/content`);
		expect(shown.headers['content-security-policy']).toMatch(/^sandbox( allow-scripts)?; default-src 'none'/);
		expect(shown.headers['content-security-policy']).not.toContain('allow-same-origin');
		const svg = await upload('evil.svg', Buffer.from('<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"><script>1</script></svg>'));
		if (svg.status === 201)
			expect((await server.ask('GET', `/api/inputs/${svg.json<Input>().id}/content`)).headers['content-security-policy']).toMatch(/^sandbox;/);
	});
});

describe('a file in place', () => {
	let root: string;
	beforeAll(async () => {
		const { shared } = server;
		await mkdir(join(shared, 'photos', '.hidden'), { recursive: true });
		await writeFile(join(shared, 'photos', 'a.jpg'), await readFile(fixture('photo')));
		await writeFile(join(server.folder, 'secret.txt'), 'secret');
		await symlink(server.folder, join(shared, 'out'));
		await symlink(join(server.folder, 'secret.txt'), join(shared, 'secret.txt'));
		await writeFile(join(shared, 'photos', '.hidden', 'key'), 'key');
		await symlink(join(shared, 'photos', '.hidden'), join(shared, 'plain'));
		await symlink('loop', join(shared, 'loop'));
		await promisify(execFile)('mkfifo', [join(shared, 'pipe')]);
		root = (await server.ask('GET', '/api/roots')).json<Root[]>()[0]?.id ?? '';
	});
	const place = (path: string) => server.ask('POST', '/api/inputs/place', { body: { root, path } });

	it('is read where it lies', async () => {
		const reply = await place('photos/a.jpg');
		expect(reply.json()).toMatchObject({ name: 'a.jpg', format: 'jpeg' });
		expect((await server.ask('GET', `/api/inputs/${reply.json<Input>().id}/content`)).bytes.equals(await readFile(fixture('photo')))).toBe(true);
	});

	it('lies below a granted folder, however its path is written', async () => {
		const outside = [
			'../secret.txt',
			'photos/../../secret.txt',
			'/etc/passwd',
			'..\\secret.txt',
			'photos\\..\\..\\secret.txt',
			'C:\\Windows\\win.ini',
			'C:x',
			'\\\\host\\share',
			'./photos/a.jpg',
			'photos//a.jpg',
			'a\0b',
		];
		for (const path of outside) expect([path, (await place(path)).status]).toEqual([path, 400]);
		for (const path of ['out/secret.txt', 'secret.txt', 'out']) expect([path, (await place(path)).json().problem.key]).toEqual([path, 'path.outside']);
		for (const path of ['..%2fsecret.txt', '%2e%2e/secret.txt', 'photos/nothing.jpg']) expect([path, (await place(path)).status]).toEqual([path, 404]);
		for (const path of ['photos/.hidden/key', 'plain/key']) expect([path, (await place(path)).json().problem.key]).toEqual([path, 'path.hidden']);
		expect((await place('loop')).status).toBe(400);
		for (const path of ['pipe', 'photos', '']) expect([path, (await place(path)).status]).toEqual([path, 404]);
		expect((await server.ask('POST', '/api/inputs/place', { body: { root: 'other', path: 'a' } })).json().problem.key).toBe('root.unknown');
	});

	it('is listed, without what leads out', async () => {
		const list = async (path: string) => server.ask('GET', `/api/roots/${root}/list?path=${encodeURIComponent(path)}`);
		expect((await list('')).json()).toEqual({ path: '', entries: [{ name: 'photos', folder: true, bytes: 0 }] });
		expect((await list('photos')).json<Listing>().entries.map(({ name }) => name)).toEqual(['a.jpg']);
		for (const path of ['..', '../', 'photos/..', '/', 'a\\..']) expect([path, (await list(path)).status]).toEqual([path, 400]);
		expect((await list('out')).status).toBe(403);
		expect((await list('photos/a.jpg')).json().problem.key).toBe('path.not-folder');
		expect((await server.ask('GET', `/api/roots/${root}/list?path=..%2f..%2f`)).status).toBe(400);
	});
});

describe('granting a folder', () => {
	it('is possible below a folder named at start and below home, and nowhere else', async () => {
		const grant = (path: string) => server.ask('POST', '/api/roots', { body: { path } });
		const below = await grant(join(server.shared, 'photos'));
		expect(below.json()).toMatchObject({ path: join(server.shared, 'photos'), writable: true });
		expect((await server.ask('GET', '/api/roots')).json()).toHaveLength(2);
		for (const path of ['/', '/etc', server.folder, server.opened.home.folder, server.opened.home.artifacts, join(server.shared, 'out')])
			expect([path, (await grant(path)).status]).toEqual([path, 403]);
		expect((await grant(join(server.folder, 'nothing'))).status).toBe(404);
		expect((await grant(join(server.shared, 'photos', 'a.jpg'))).status).toBe(422);
		const { status } = await grant(join(homedir(), '.ssh'));
		expect([403, 404]).toContain(status);
	});
});
