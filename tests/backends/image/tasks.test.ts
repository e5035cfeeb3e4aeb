import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import sharp from 'sharp';
import { describe, expect, it } from 'vitest';
import { specOf } from '../../../nodes/catalogue.ts';
import type { Metadata, Params } from '../../../nodes/define.ts';
import contactSheet from '../../../server/backends/task/image-contact-sheet.ts';
import palette from '../../../server/backends/task/image-palette.ts';
import stitch from '../../../server/backends/task/image-stitch.ts';
import type { MadeValue, TaskInput, TaskResult, TaskRunner } from '../../../server/engine/group.ts';
import { fixture } from '../../fixtures/index.ts';
import { context, folder, imageOf, input, pathOf } from './harness.ts';

async function run(
	id: string,
	runner: TaskRunner,
	files: readonly string[],
	given: Params,
): Promise<{ result: TaskResult; described: Readonly<Record<string, unknown>> }> {
	const spec = specOf(id);
	if (spec === undefined) throw new Error(id);
	const port = Object.keys(spec.inputs)[0] ?? 'images';
	const inputs: TaskInput[] = [];
	for (const file of files) {
		const { metadata } = await input(file);
		inputs.push({ path: file, name: file, metadata });
	}
	const params = spec.params.parse(given) as Params;
	const elements = inputs.map((one) => imageOf(one.metadata));
	const first = elements[0];
	if (first === undefined) throw new Error('no files');
	const many = spec.inputs[port]?.many === true;
	const described = spec.describe(params, { [port]: many ? { count: inputs.length, element: first, elements } : first });
	const result = await runner({ ...(await context()), params, inputs: { [port]: inputs }, expected: described as Record<string, Metadata> });
	return { result, described };
}

function one(result: TaskResult, port: string): MadeValue {
	const value = result[port];
	if (value === undefined || !('metadata' in value)) throw new Error(`nothing at ${port}`);
	return value;
}

describe('contact sheet', () => {
	it('is as large as described and shows every picture', async () => {
		const files = [fixture('photo'), fixture('portrait'), fixture('logo'), fixture('animation')];
		const { result, described } = await run('image.contact-sheet', contactSheet, files, {
			columns: 3,
			cellWidth: 120,
			cellHeight: 90,
			gap: 10,
			background: '#223344',
		});
		const made = one(result, 'image');
		expect(made.metadata).toEqual(described.image);
		const { width, height, channels } = await sharp(pathOf(made)).metadata();
		expect({ width, height, channels }).toEqual({ width: 3 * 120 + 40, height: 2 * 90 + 30, channels: 3 });
		const { data } = await sharp(pathOf(made)).raw().toBuffer({ resolveWithObject: true });
		expect([...data.subarray(0, 3)]).toEqual([0x22, 0x33, 0x44]);
	});

	it('has fewer columns for fewer pictures, and can be transparent', async () => {
		const { result } = await run('image.contact-sheet', contactSheet, [fixture('logo')], {
			columns: 4,
			cellWidth: 50,
			cellHeight: 50,
			gap: 0,
			background: '#00000000',
		});
		expect(imageOf(one(result, 'image').metadata)).toMatchObject({ width: 50, height: 50, alpha: true });
		expect((await sharp(pathOf(one(result, 'image'))).stats()).isOpaque).toBe(false);
	});
});

describe('stitch', () => {
	for (const direction of ['down', 'across'])
		for (const size of ['scale', 'keep'])
			it(`${direction}, ${size}: is as large as described`, async () => {
				const { result, described } = await run('image.stitch', stitch, [fixture('photo'), fixture('portrait'), fixture('logo')], { direction, size, gap: 6 });
				const made = one(result, 'image');
				expect(made.metadata).toEqual(described.image);
				const { width, height } = await sharp(pathOf(made)).metadata();
				expect({ width, height }).toEqual({ width: imageOf(made.metadata).width, height: imageOf(made.metadata).height });
			});

	it('puts the pictures one after the other without touching their pixels', async () => {
		const { result } = await run('image.stitch', stitch, [fixture('logo'), fixture('logo')], { direction: 'across', background: '#ffffff' });
		const whole = sharp(pathOf(one(result, 'image')));
		const logo = await sharp(fixture('logo')).flatten({ background: '#ffffff' }).removeAlpha().raw().toBuffer();
		expect((await whole.extract({ left: 128, top: 0, width: 128, height: 128 }).raw().toBuffer()).equals(logo)).toBe(true);
	});

	it('joins 300 pages into a picture of 300,000 rows in little memory', async () => {
		const page = join(await folder(), 'page.png');
		await sharp({ create: { width: 800, height: 1000, channels: 3, background: '#eeeeee' } })
			.png()
			.toFile(page);
		const before = process.memoryUsage().rss;
		const { result } = await run(
			'image.stitch',
			stitch,
			Array.from({ length: 300 }, () => page),
			{},
		);
		expect(imageOf(one(result, 'image').metadata)).toMatchObject({ width: 800, height: 300_000 });
		expect(process.memoryUsage().rss - before).toBeLessThan(350e6);
		const { height } = await sharp(pathOf(one(result, 'image')), { limitInputPixels: false })
			.extract({ left: 0, top: 299_990, width: 800, height: 10 })
			.png()
			.toBuffer({ resolveWithObject: true })
			.then(({ info }) => info);
		expect(height).toBe(10);
	});

	it('refuses what no format can hold', () => {
		const spec = specOf('image.stitch');
		const element = { kind: 'image', width: 2000, height: 60_000, frames: 1, duration: 0, alpha: false, format: null } as const;
		expect(() => spec?.describe({ direction: 'down', size: 'scale', gap: 0, background: '#ffffff' }, { images: { count: 1000, element } })).toThrow(/60000000/);
	});
});

describe('palette', () => {
	it('finds the colours of flat shapes, most used first', async () => {
		const path = join(await folder(), 'flat.png');
		const shapes =
			'<svg xmlns="http://www.w3.org/2000/svg" width="200" height="100"><rect width="200" height="100" fill="#2a6fb0"/><rect width="80" height="100" fill="#f2b134"/><rect width="20" height="100" fill="#a63d2f"/></svg>';
		await sharp(Buffer.from(shapes)).png().toFile(path);
		const { result } = await run('image.palette', palette, [path], { count: 6 });
		const rows = (await readFile(pathOf(one(result, 'colours')), 'utf8'))
			.trim()
			.split('\n')
			.slice(1)
			.map((row) => row.split(','));
		expect(rows.map((row) => row[0])).toEqual(['#2a6fb0', '#f2b134', '#a63d2f']);
		expect(rows.map((row) => Number(row[2]))).toEqual([0.6, 0.3, 0.1]);
		expect(rows[0]?.[1]).toBe('steel blue');
		expect(one(result, 'colours').metadata).toMatchObject({ kind: 'table', rows: 3 });
		expect(imageOf(one(result, 'image').metadata)).toMatchObject({ width: 600, height: 200 });
	});

	it('finds the hill, the roof and the sun of the photo, the same every time', async () => {
		const texts = [];
		for (let turn = 0; turn < 2; turn++)
			texts.push(await readFile(pathOf(one((await run('image.palette', palette, [fixture('photo')], { count: 8 })).result, 'colours')), 'utf8'));
		expect(texts[0]).toBe(texts[1]);
		const found = [...(texts[0] ?? '').matchAll(/^#(..)(..)(..)/gm)].map((hex) => hex.slice(1).map((pair) => Number.parseInt(pair, 16)));
		for (const known of [
			[0x35, 0x5e, 0x3b],
			[0xf2, 0xb1, 0x34],
			[0xa6, 0x3d, 0x2f],
		]) {
			const nearest = Math.min(...found.map((colour) => Math.hypot(...colour.map((value, index) => value - (known[index] ?? 0)))));
			expect(nearest).toBeLessThan(12);
		}
	});
});
