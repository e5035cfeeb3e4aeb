/** Draws pages into pixels. */
import { pixelsOf } from '../../../nodes/document/size.ts';
import { Cancelled, RunError } from '../../../nodes/problems.ts';
import type { Pixels } from '../../engine/group.ts';
import { MAX_PIXELS } from './limits.ts';
import { drawByPdfium } from './pdfium.ts';

/** A page that is wanted. */
export interface Page {
	readonly path: string;
	/** Name that the user knows. */
	readonly name: string;
	/** Counted from 1. */
	readonly page: number;
	readonly dpi: number;
	/** In points; asked of pdf.js where it isn't known. */
	readonly size: readonly [number, number] | null;
	readonly signal?: AbortSignal;
}

/**
 * Draws a page, upright on white: by PDFium where that is the one to draw it, by pdf.js everywhere else.
 * @throws RunError `document.page-size`, `document.page-broken`, `document.encrypted`, `document.broken`; Cancelled
 */
export async function drawPage(wanted: Page): Promise<Pixels> {
	const { path, name, page, dpi, signal } = wanted;
	if (signal?.aborted === true) throw new Cancelled();
	const size = wanted.size ?? (await (await import('./pdfjs.ts')).sizeByPdfjs(path, name, page));
	const [width, height] = [pixelsOf(size[0], dpi), pixelsOf(size[1], dpi)];
	if (width * height > MAX_PIXELS) throw new RunError('document.page-size', { page, width, height });
	const pixels = await drawByPdfium(path, page, { width, height });
	return pixels ?? (await import('./pdfjs.ts')).drawByPdfjs(wanted);
}
