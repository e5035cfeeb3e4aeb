import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { drawByPdfium } from '../../../server/backends/document/pdfium.ts';
import { drawByPdfjs } from '../../../server/backends/document/pdfjs.ts';
import { fixture } from '../../fixtures/index.ts';
import { pdf } from '../../fixtures/make.ts';
import { japanese, locked } from './samples.ts';

const SIZE = { width: 612, height: 792 };
let folder = '';
beforeAll(() => {
	folder = mkdtempSync(join(tmpdir(), 'pdfium-'));
});
afterAll(() => rmSync(folder, { recursive: true }));

function file(name: string, content: string): string {
	const path = join(folder, name);
	writeFileSync(path, content, 'latin1');
	return path;
}

describe('PDFium', () => {
	it('draws what pdf.js draws', async () => {
		const path = fixture('pdf');
		const theirs = await drawByPdfjs({ path, name: 'a.pdf', page: 2, dpi: 100, size: null });
		const ours = await drawByPdfium(path, 2, theirs);
		if (ours === null) throw new Error('it was left to pdf.js');
		expect([ours.width, ours.height, ours.data.length]).toEqual([theirs.width, theirs.height, theirs.data.length]);
		const differences = ours.data.reduce((sum, value, i) => sum + Math.abs(value - (theirs.data[i] ?? 0)), 0) / ours.data.length;
		expect(differences).toBeLessThan(3);
		const ink = ours.data.filter((value) => value < 128).length;
		expect(ink).toBeGreaterThan(100);
	});

	it('leaves fonts that the document does not bring along to pdf.js', async () => {
		expect(await drawByPdfium(file('japanese.pdf', japanese()), 1, SIZE)).toBeNull();
	});

	it('draws fonts that every reader has', async () => {
		expect(await drawByPdfium(file('plain.pdf', pdf(['a form'])), 1, SIZE)).not.toBeNull();
	});

	it('leaves forms to pdf.js, which draws what was filled in', async () => {
		const form = pdf(['a form']).replace('/Type /Catalog', '/Type /Catalog /AcroForm << /Fields [] >>');
		expect(await drawByPdfium(file('form.pdf', form), 1, SIZE)).toBeNull();
	});

	it('leaves what it can not open to pdf.js, which says why', async () => {
		expect(await drawByPdfium(file('locked.pdf', locked()), 1, SIZE)).toBeNull();
		expect(await drawByPdfium(file('broken.pdf', 'this is no PDF'), 1, SIZE)).toBeNull();
	});

	it('draws pages of many documents at once', async () => {
		const paths = Array.from({ length: 12 }, (_, i) => file(`many-${i}.pdf`, pdf([`document ${i}`])));
		const pictures = await Promise.all([...paths, ...paths].map((path) => drawByPdfium(path, 1, SIZE)));
		expect(pictures.every((one, i) => one?.data.equals(pictures[(i + 12) % 24]?.data ?? Buffer.alloc(0)) === true)).toBe(true);
	});

	it('draws no page of another shape than was promised', async () => {
		expect(await drawByPdfium(fixture('pdf'), 1, { width: 792, height: 612 })).toBeNull();
	});
});
