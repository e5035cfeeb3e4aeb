import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import sharp from 'sharp';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Metadata } from '../../../nodes/define.ts';
import spec from '../../../nodes/image/qr.ts';
import { parseParams } from '../../../nodes/params.ts';
import { readCodes } from '../../../server/backends/qr/read.ts';
import run from '../../../server/backends/task/image-qr.ts';
import type { Pixels, TaskInput } from '../../../server/engine/group.ts';
import { fixture } from '../../fixtures/index.ts';

let folder = '';
beforeAll(() => {
	folder = mkdtempSync(join(tmpdir(), 'qr-'));
});
afterAll(() => rmSync(folder, { recursive: true }));

const logo: TaskInput = { path: fixture('logo'), name: 'logo.png', metadata: spec.describe(parseParams(spec, { text: 'x' }), {}).image as Metadata };

async function made(raw: Record<string, unknown>, inputs: Record<string, readonly TaskInput[]> = {}) {
	const params = parseParams(spec, raw);
	const expected = spec.describe(params, {}) as Record<string, Metadata>;
	const signal = new AbortController().signal;
	const { image } = await run({ folder, signal, progress: () => undefined, threads: 1, params, inputs, expected });
	if (image === undefined || !('pixels' in image)) throw new Error('a code comes as pixels');
	return { ...image, expected: expected.image };
}

async function read(pixels: Pixels): Promise<string[]> {
	const { width, height } = pixels;
	return readCodes(await sharp(pixels.data, { raw: pixels }).flatten({ background: '#fff' }).ensureAlpha().raw().toBuffer(), width, height);
}

describe('image.qr', () => {
	it.each(['https://example.org/menu?table=5', '扫码点餐 · 5 号桌', 'é ü ß', 'HELLO 123', 'x'.repeat(1200)])('reads back as %s', async (text) => {
		const { pixels } = await made({ text });
		expect(await read(pixels)).toEqual([text]);
	});

	it('comes out as described', async () => {
		for (const params of [
			{ text: 'a', size: 301 },
			{ text: 'a', light: '#ffffff00' },
		]) {
			const { metadata, pixels, expected } = await made(params);
			expect(metadata).toEqual(expected);
			expect(pixels.data.length).toBe(pixels.width * pixels.height * pixels.channels);
		}
	});

	it('reads back with colours, with a clear background, with a logo', async () => {
		expect(await read((await made({ text: 'https://a.example', dark: '#7a1f5c', light: '#fff3d6' })).pixels)).toEqual(['https://a.example']);
		expect(await read((await made({ text: 'https://a.example', light: '#ffffff00' })).pixels)).toEqual(['https://a.example']);
		const { pixels } = await made({ text: 'https://a.example/menu', size: 400 }, { logo: [logo] });
		expect(await read(pixels)).toEqual(['https://a.example/menu']);
		const { data } = await sharp(pixels.data, { raw: pixels })
			.extract({ left: 169, top: 200, width: 1, height: 1 })
			.raw()
			.toBuffer({ resolveWithObject: true });
		expect([...data]).toEqual([217, 72, 15]);
	});

	it('writes networks and contacts as phones know them', async () => {
		const wifi = await made({ content: 'wifi', network: 'Café; Bar', password: 'p:a"ss' });
		expect(await read(wifi.pixels)).toEqual(['WIFI:T:WPA;P:p\\:a\\"ss;S:Café\\; Bar;;']);
		const contact = await made({ content: 'contact', name: '林黛玉', phone: '+86 512 0000' });
		expect(await read(contact.pixels)).toEqual(['BEGIN:VCARD\nVERSION:3.0\nN:林黛玉\nFN:林黛玉\nTEL:+86 512 0000\nEND:VCARD']);
	});

	it.each([
		['without contrast', { text: 'a', dark: '#fdfdfd' }, 'qr.unreadable'],
		['with too much text', { text: '汉'.repeat(900) }, 'qr.too-long'],
		['with too few pixels', { text: 'x'.repeat(1500), size: 80 }, 'qr.too-small'],
	])('fails %s', async (_, params, key) => {
		await expect(made(params)).rejects.toMatchObject({ problem: { key } });
	});
});
