/** Draws pages into pixels. */
import type { PDFDocumentProxy, RenderParameters } from 'pdfjs-dist/types/src/display/api.d.ts';
import { pixelsOf } from '../../../nodes/document/size.ts';
import { Cancelled, RunError } from '../../../nodes/problems.ts';
import type { Pixels } from '../../engine/group.ts';
import { type Canvas, createCanvas, MAX_PIXELS } from './library.ts';
import { reasonOf } from './open.ts';

/**
 * Draws a page, counted from 1, upright on white.
 * @throws RunError `document.page-size`, `document.page-broken`; Cancelled
 */
export async function drawPage(document: PDFDocumentProxy, page: number, dpi: number, name: string, signal?: AbortSignal): Promise<Pixels> {
	try {
		signal?.throwIfAborted();
		const proxy = await document.getPage(page);
		const plain = proxy.getViewport({ scale: 1 });
		const width = pixelsOf(plain.width, dpi);
		const height = pixelsOf(plain.height, dpi);
		if (width * height > MAX_PIXELS) throw new RunError('document.page-size', { page, width, height });
		const canvas = takeCanvas(width, height);
		const context = canvas.getContext('2d', { alpha: false });
		const rendering = proxy.render({
			canvas: null,
			// The canvas of @napi-rs does what pdf.js asks of a browser's; the types of the two do not know each other.
			canvasContext: context as unknown as RenderParameters['canvasContext'],
			viewport: proxy.getViewport({ scale: dpi / 72 }),
			background: '#ffffff',
		});
		const cancel = () => rendering.cancel();
		signal?.addEventListener('abort', cancel, { once: true });
		try {
			await rendering.promise;
		} finally {
			signal?.removeEventListener('abort', cancel);
		}
		const data = opaque(canvas.data(), width * height);
		proxy.cleanup();
		spare = canvas;
		return { data, width, height, channels: 3, depth: 'uchar', frames: 1 };
	} catch (error) {
		if (signal?.aborted === true) throw new Cancelled();
		if (error instanceof RunError) throw error;
		throw new RunError('document.page-broken', { page, name, reason: reasonOf(error) }, {}, error);
	}
}

/* One canvas is kept: pages of a document are mostly of one size, and a new canvas costs more than clearing. */
let spare: Canvas | null = null;

function takeCanvas(width: number, height: number): Canvas {
	const canvas = spare;
	spare = null;
	if (canvas === null || canvas.width !== width || canvas.height !== height) return createCanvas(width, height);
	canvas.getContext('2d', { alpha: false }).reset();
	return canvas;
}

/** Without the fourth channel, which is 255 everywhere. */
function opaque(rgba: Buffer, pixels: number): Buffer {
	const rgb = Buffer.allocUnsafe(pixels * 3);
	for (let from = 0, to = 0; to < rgb.length; from += 4, to += 3) {
		rgb[to] = rgba[from] ?? 0;
		rgb[to + 1] = rgba[from + 1] ?? 0;
		rgb[to + 2] = rgba[from + 2] ?? 0;
	}
	return rgb;
}
