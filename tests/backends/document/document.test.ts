import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import sharp from 'sharp';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { ManyMetadata, Metadata, Params, TaskSpec } from '../../../nodes/define.ts';
import pages from '../../../nodes/document/pages.ts';
import preview from '../../../nodes/document/preview.ts';
import text from '../../../nodes/document/text.ts';
import { parseParams } from '../../../nodes/params.ts';
import { probeDocument } from '../../../server/backends/document/probe.ts';
import runPages from '../../../server/backends/task/document-pages.ts';
import runPreview from '../../../server/backends/task/document-preview.ts';
import runText from '../../../server/backends/task/document-text.ts';
import type { MadeValue, TaskRunner } from '../../../server/engine/group.ts';
import { fixture } from '../../fixtures/index.ts';
import { pdf } from '../../fixtures/make.ts';
import { japanese, locked } from './samples.ts';

let folder = '';
beforeAll(() => {
	folder = mkdtempSync(join(tmpdir(), 'document-'));
});
afterAll(() => rmSync(folder, { recursive: true }));

function file(name: string, content: string): string {
	const path = join(folder, name);
	writeFileSync(path, content, 'latin1');
	return path;
}

async function run(spec: TaskSpec, runner: TaskRunner, path: string, raw: Params, element?: number) {
	const params = parseParams(spec, raw);
	const metadata = await probeDocument(path, 'pdf');
	const described = spec.describe(params, { document: metadata });
	const made = await runner({
		folder,
		signal: new AbortController().signal,
		progress: () => undefined,
		threads: 1,
		params,
		inputs: { document: [{ path, name: 'a.pdf', metadata }] },
		expected: described as Record<string, Metadata>,
		...(element === undefined ? {} : { element }),
	});
	return { made, described };
}

async function page(path: string, raw: Params, element: number) {
	const { made, described } = await run(pages, runPages, path, raw, element);
	const value = made.images as MadeValue;
	if (!('pixels' in value)) throw new Error('a page comes as pixels');
	const many = described.images as ManyMetadata;
	return { ...value, described: many.elements?.[element] ?? many.element, count: many.count };
}

describe('document.pages', () => {
	it('draws a page at 200 dpi in the size that was described', async () => {
		const { pixels, metadata, described, count } = await page(fixture('pdf'), { dpi: 200 }, 2);
		expect([pixels.width, pixels.height, count]).toEqual([1700, 2200, 3]);
		expect(pixels.data.length).toBe(1700 * 2200 * 3);
		expect(metadata).toEqual(described);
		const box = await sharp(pixels.data, { raw: pixels }).extract({ left: 300, top: 700, width: 1, height: 1 }).raw().toBuffer();
		expect([...box]).toEqual([204, 51, 26]);
	});

	it('draws rotated pages upright, and knows their sizes before', async () => {
		const rotated = pdf(['one', 'two']).replace('/MediaBox [0 0 612 792]', '/Rotate 90 /MediaBox [0 0 612 792]');
		const path = file('rotated.pdf', rotated);
		for (const element of [0, 1]) {
			const { pixels, metadata, described } = await page(path, { dpi: 72 }, element);
			expect([pixels.width, pixels.height]).toEqual(element === 0 ? [792, 612] : [612, 792]);
			expect(metadata).toEqual(described);
		}
	});

	it('draws the pages asked for, as files when all are wanted at once', async () => {
		const { made } = await run(pages, runPages, fixture('pdf'), { dpi: 36, pages: '2-' });
		const images = made.images as readonly MadeValue[];
		expect(images).toHaveLength(2);
		const first = images[0];
		if (first === undefined || !('path' in first)) throw new Error('a file was made');
		expect(await sharp(first.path).metadata()).toMatchObject({ width: 306, height: 396, channels: 3 });
	});

	it.each([
		['1-3,5', 'document.no-page'],
		['0', 'document.pages-syntax'],
		['3-1', 'document.pages-syntax'],
		['first', 'document.pages-syntax'],
	])('refuses the pages %s of three', async (range, key) => {
		await expect(run(pages, runPages, fixture('pdf'), { pages: range })).rejects.toMatchObject({ problem: { key, param: 'pages' } });
	});

	it('shows Japanese in fonts that the document does not bring', async () => {
		const { pixels } = await page(file('japanese.pdf', japanese()), { dpi: 72 }, 0);
		const picture = () => sharp(pixels.data, { raw: pixels });
		const cell = (i: number) =>
			picture()
				.extract({ left: 72 + i * 48, top: 92, width: 48, height: 60 })
				.greyscale()
				.raw()
				.toBuffer();
		const [a, i] = await Promise.all([cell(0), cell(1)]);
		const dark = (cells: Buffer) => cells.filter((value) => value < 128).length;
		expect(dark(a)).toBeGreaterThan(60);
		// Boxes for missing glyphs would all look the same.
		expect(a.equals(i)).toBe(false);
	});

	it('stops when it is told to', async () => {
		const document = { path: fixture('pdf'), name: 'a.pdf', metadata: await probeDocument(fixture('pdf'), 'pdf') };
		const signal = AbortSignal.abort();
		const params = parseParams(pages, {});
		const running = runPages({ folder, signal, progress: () => undefined, threads: 1, params, inputs: { document: [document] }, expected: {}, element: 0 });
		await expect(running).rejects.toMatchObject({ problem: { type: 'cancelled' } });
	});
});

describe('document.text', () => {
	it('takes the text of every page, with a page break between', async () => {
		const { made } = await run(text, runText, fixture('pdf'), {});
		const value = made.text as MadeValue;
		if (!('path' in value)) throw new Error('a file was made');
		const content = readFileSync(value.path, 'utf8');
		expect(content).toBe('Page one\n\f\nPage two\n\f\nPage three\n');
		expect(value.metadata).toEqual({ kind: 'text', characters: content.length, lines: 5 });
	});
});

describe('document.preview', () => {
	it('is a small picture of the first page', async () => {
		const { made } = await run(preview, runPreview, fixture('pdf'), {});
		expect(made.file).toMatchObject({ metadata: { kind: 'file', format: 'webp', content: { width: 396, height: 512 } } });
	});
});

describe('documents that can not be opened', () => {
	it('are described as locked, and say so', async () => {
		const path = file('locked.pdf', locked());
		expect(await probeDocument(path, 'pdf')).toMatchObject({ encrypted: true, pages: null });
		await expect(run(pages, runPages, path, {})).rejects.toMatchObject({ problem: { type: 'graph', key: 'document.locked' } });
		const document = { path, name: 'secret.pdf', metadata: await probeDocument(path, 'pdf') };
		const signal = new AbortController().signal;
		const running = runText({ folder, signal, progress: () => undefined, threads: 1, params: {}, inputs: { document: [document] }, expected: {} });
		await expect(running).rejects.toMatchObject({ problem: { type: 'run', key: 'document.encrypted', values: { name: 'secret.pdf' } } });
	});

	it('say what is wrong where they are broken', async () => {
		const whole = readFileSync(fixture('pdf'), 'latin1');
		for (const content of ['%PDF-1.4\nnothing\n', whole.slice(0, 300), '']) {
			await expect(probeDocument(file('broken.pdf', content), 'pdf')).rejects.toMatchObject({ problem: { type: 'run', key: 'document.broken' } });
		}
	});
});
