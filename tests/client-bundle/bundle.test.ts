/** What is sent to browsers. */
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { beforeAll, describe, expect, it } from 'vitest';
import { built } from '../browser/built.ts';

let files: readonly { readonly name: string; readonly bytes: Buffer }[] = [];
beforeAll(async () => {
	const folder = await built();
	files = readdirSync(folder, { recursive: true, encoding: 'utf8' })
		.map((name) => ({ name, path: join(folder, name) }))
		.filter(({ path }) => statSync(path).isFile())
		.map(({ name, path }) => ({ name, bytes: readFileSync(path) }));
});
const scripts = () => files.filter(({ name }) => name.endsWith('.js')).map(({ name, bytes }) => ({ name, text: bytes.toString() }));

describe('the built page', () => {
	it.each([
		['a native library', /@img\/sharp|@duckdb|@napi-rs|\/[\w.-]+\.node["'`]|libvips/],
		['a module of Node', /["'`]node:[a-z_/]+["'`]|require\(["'`](?:fs|path|child_process|os|net)["'`]\)/],
		['the start of a program', /child_process|["'`]-protocol_whitelist["'`]|["'`]ffprobe["'`]|bwrap/],
		['a key or a token', /sk-[A-Za-z0-9]{16,}|OPENAI_API_KEY\s*[=:]\s*["'`]?\w|MILLWRIGHT_TOKEN|BEGIN [A-Z ]*PRIVATE KEY/],
		['a path of the machine that built it', /\/(?:home|root|work|Users)\/[\w.-]+\//],
		['an address that it would load from elsewhere', /(?:src|href)=["']https?:|import\(["'`]https?:|fetch\(["'`]https?:/],
		['a way to run text as code', /\bnew Function\(["'`]return|[^.\w]eval\(/],
	])('holds nothing of %s', (_, pattern) => {
		expect(scripts().length).toBeGreaterThan(0);
		expect(
			scripts()
				.filter(({ text }) => pattern.test(text))
				.map(({ name, text }) => `${name}: ${pattern.exec(text)?.[0]}`),
		).toEqual([]);
	});

	it('has no source maps, and a first load that stays small', () => {
		expect(files.filter(({ name }) => name.endsWith('.map')).map(({ name }) => name)).toEqual([]);
		const page = files.find(({ name }) => name === 'index.html')?.bytes.toString() ?? '';
		const first = files.filter(({ name }) => page.includes(name));
		expect(first.length).toBeGreaterThan(1);
		expect(first.reduce((sum, { bytes }) => sum + gzipSync(bytes).length, 0)).toBeLessThan(600_000);
	});
});
