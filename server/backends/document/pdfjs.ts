/** pdf.js draws pages on a canvas: slower than PDFium, with the system's fonts and with forms. */
import type { RenderParameters } from 'pdfjs-dist/types/src/display/api.d.ts';
import { pixelsOf } from '../../../nodes/document/size.ts';
import { Cancelled, RunError } from '../../../nodes/problems.ts';
import type { Pixels } from '../../engine/group.ts';
import { type Canvas, createCanvas } from './library.ts';
import { MAX_PIXELS } from './limits.ts';
import { openDocument, reasonOf } from './open.ts';
import type { Page } from './render.ts';

/** @throws as `drawPage` does. */
export async function drawByPdfjs({ path, name, page, dpi, signal }: Page): Promise<Pixels> {
	const document = await openDocument(path, name);
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

/** Without the fourth channel, which is 255 everywhere. Four pixels at a time; the canvas has builds for little-endian machines only. */
function opaque(rgba: Buffer, pixels: number): Buffer {
	const blocks = Math.ceil(pixels / 4);
	const from = new Uint32Array(rgba.buffer, rgba.byteOffset, pixels);
	const to = new Uint32Array(blocks * 3);
	for (let i = 0, at = 0; i < pixels; i += 4, at += 3) {
		const [a, b, c, d] = [from[i] ?? 0, from[i + 1] ?? 0, from[i + 2] ?? 0, from[i + 3] ?? 0];
		to[at] = (a & 0xffffff) | (b << 24);
		to[at + 1] = ((b >>> 8) & 0xffff) | (c << 16);
		to[at + 2] = ((c >>> 16) & 0xff) | (d << 8);
	}
	return Buffer.from(to.buffer, 0, pixels * 3);
}

/** Width and height of a page in points, upright. @throws RunError `document.page-broken` and as `openDocument` does. */
export async function sizeByPdfjs(path: string, name: string, page: number): Promise<readonly [number, number]> {
	const document = await openDocument(path, name);
	try {
		const { width, height } = (await document.getPage(page)).getViewport({ scale: 1 });
		return [width, height];
	} catch (error) {
		throw new RunError('document.page-broken', { page, name, reason: reasonOf(error) }, {}, error);
	}
}
