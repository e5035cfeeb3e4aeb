import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ROUTES } from './requests.ts';
import { startServer, type TestServer } from './server.ts';

let server: TestServer;
beforeAll(async () => {
	server = await startServer((services) => ({ client: join(services.home.folder, 'client') }));
	const client = join(server.folder, 'home', 'client');
	await mkdir(client);
	await writeFile(join(client, 'index.html'), '<!doctype html><title>Millwright</title>');
});
afterAll(() => server.close());

describe('every route', () => {
	it('refuses a host name that is not its own', async () => {
		for (const [method, path] of ROUTES)
			for (const host of [
				'evil.example',
				`evil.example:${server.port}`,
				`localhost.evil.example:${server.port}`,
				'localhost',
				`127.0.0.1:${server.port + 1}`,
				'',
			]) {
				const { status } = await server.ask(method, path, { headers: { host } });
				expect([method, path, host, status]).toEqual([method, path, host, host === '' ? expect.any(Number) : 403]);
				expect(status).toBeGreaterThanOrEqual(400);
			}
	});

	it('refuses another origin', async () => {
		for (const [method, path] of ROUTES)
			for (const origin of ['http://evil.example', 'null', `https://127.0.0.1:${server.port}`, 'http://127.0.0.1:1', `http://localhost:${server.port}`]) {
				const reply = await server.ask(method, path, { headers: { origin } });
				expect([method, path, origin, reply.status, reply.json().problem.key]).toEqual([method, path, origin, 403, 'http.origin']);
			}
	});

	it('refuses what a browser calls a request from another site', async () => {
		for (const [method, path] of ROUTES)
			for (const site of ['cross-site', 'same-site']) expect((await server.ask(method, path, { headers: { 'sec-fetch-site': site } })).status).toBe(403);
	});

	it('of the API wants the session', async () => {
		for (const [method, path] of ROUTES.filter(([, path]) => path.startsWith('/api'))) {
			expect([method, path, (await server.ask(method, path, { stranger: true })).json().problem.key]).toEqual([method, path, 'http.session']);
			const wrong = await server.ask(method, path, { stranger: true, headers: { cookie: `millwright_${server.port}=guess` } });
			expect(wrong.status).toBe(403);
		}
	});

	it('answers to the own page, and always forbids guessing types and being framed', async () => {
		for (const [method, path] of ROUTES) {
			const reply = await server.ask(method, path, { headers: { origin: `http://127.0.0.1:${server.port}`, 'sec-fetch-site': 'same-origin' } });
			expect([method, path, reply.status === 403]).toEqual([method, path, false]);
			expect(reply.headers['x-content-type-options']).toBe('nosniff');
			expect(reply.headers['content-security-policy']).toMatch(/frame-ancestors '(none|self)'/);
			expect(reply.headers['x-powered-by']).toBeUndefined();
		}
	});
});

describe('the page', () => {
	it('gives the session in a cookie that scripts and other sites can not use', async () => {
		const reply = await server.ask('GET', '/', { stranger: true });
		expect(reply.status).toBe(200);
		expect(reply.headers['set-cookie']).toEqual([`${server.cookie}; Path=/; HttpOnly; SameSite=Strict`]);
		expect(reply.headers['content-security-policy']).toContain("script-src 'self'");
		expect(reply.headers['content-security-policy']).not.toContain('unsafe-eval');
	});

	it('can be opened by a link from elsewhere', async () => {
		const link = { 'sec-fetch-site': 'cross-site', 'sec-fetch-mode': 'navigate', 'sec-fetch-dest': 'document' };
		expect((await server.ask('GET', '/', { stranger: true, headers: link })).status).toBe(200);
		expect((await server.ask('GET', '/api/runs', { headers: link })).status).toBe(403);
	});

	it('never serves files from beside the client', async () => {
		for (const path of ['/../ledger.db', '/%2e%2e/ledger.db', '/..%2fledger.db', '/assets/..%2f..%2fledger.db', '/..%5cledger.db', '/.hidden'])
			expect((await server.ask('GET', path)).status).toBeGreaterThanOrEqual(400);
	});
});

describe('a server that other machines can reach', () => {
	it('gives the session only to those who bring the token', async () => {
		const exposed = await startServer((services) => ({ client: join(services.home.folder, 'client'), exposed: true, hosts: ['box.example:80'] }));
		try {
			await mkdir(join(exposed.folder, 'home', 'client'));
			await writeFile(join(exposed.folder, 'home', 'client', 'index.html'), 'hello');
			expect((await exposed.ask('GET', '/', { stranger: true })).json().problem.key).toBe('http.token');
			expect((await exposed.ask('GET', '/?token=guess', { stranger: true })).status).toBe(403);
			const welcomed = await exposed.ask('GET', `/?token=${exposed.token}`, { stranger: true, headers: { host: 'box.example:80' } });
			expect([welcomed.status, welcomed.headers.location, welcomed.headers['set-cookie']?.length]).toEqual([303, '/', 1]);
		} finally {
			await exposed.close();
		}
	});
});

describe('bodies', () => {
	it("that are no JSON, too long or not as agreed are the caller's mistake", async () => {
		const ask = (body: unknown, headers: Record<string, string> = {}) => server.ask('POST', '/api/recipes', { body, headers });
		expect((await ask(Buffer.from('{"recipe"'), { 'content-type': 'application/json' })).json().problem.key).toBe('http.body');
		expect((await ask(Buffer.from('{}'), { 'content-type': 'text/plain' })).status).toBe(400);
		expect((await ask({ recipe: { millwright: 1 } })).status).toBe(422);
		expect((await ask({ recipe: { millwright: 99 } })).json().problem.key).toBe('recipe.newer');
		expect((await ask({ padding: 'x'.repeat(5 * 1024 * 1024) })).status).toBe(413);
		expect((await server.ask('POST', '/api/previews', { body: { recipe: {}, bindings: [], channel: 1 } })).status).toBeGreaterThanOrEqual(400);
	});
});
