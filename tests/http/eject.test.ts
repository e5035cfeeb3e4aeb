import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { resizeRecipe } from './requests.ts';
import { startServer, type TestServer } from './server.ts';

let server: TestServer;
beforeAll(async () => {
	server = await startServer();
});
afterAll(() => server.close());

describe('a recipe over HTTP', () => {
	it('is given as a script to save', async () => {
		const reply = await server.ask('POST', '/api/eject', { body: { recipe: resizeRecipe(100, 'Small */ photos'), bindings: {} } });
		expect(reply.status, reply.text).toBe(200);
		expect(reply.headers).toMatchObject({
			'content-disposition': expect.stringContaining('convert.mjs'),
			'content-type': expect.stringContaining('text/plain'),
		});
		expect(reply.text).toContain('#!/usr/bin/env node\n/*\n * Small * / photos');
	});

	it('is refused where a shell could not do it, with the words of why', async () => {
		const reply = await server.ask('POST', '/api/eject', { body: { recipe: resizeRecipe(100, 'Photos'), bindings: {}, as: 'sh' } });
		expect(reply.status).toBe(422);
		expect(reply.json().problem.key).toBe('eject.shell');
	});

	it('is for nobody without the session', async () => {
		const reply = await server.ask('POST', '/api/eject', { stranger: true, body: { recipe: resizeRecipe(100, 'Photos'), bindings: {} } });
		expect(reply.status).toBeGreaterThanOrEqual(401);
	});
});
