/**
 * PDFium, compiled to WebAssembly: draws pages some four times as fast as pdf.js on a canvas. It has no fonts of the system and fills no
 * forms; for pages that need those it says so, and pdf.js draws them.
 */
import { readFile, stat } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import type { WrappedPdfiumModule } from '@embedpdf/pdfium';
import type { Pixels } from '../../engine/group.ts';

/* Of fpdfview.h and fpdf_edit.h. */
const BGR = 2;
const WITH_ANNOTATIONS = 0x01;
const RED_FIRST = 0x10;
const WHITE = 0xffffffff;
const TEXT = 1;
const FORM = 5;

/** Fonts that every reader of PDF brings along; PDFium does, too. */
const STANDARD = /^(?:[A-Z]{6}\+)?(?:Helvetica|Arial|Times|TimesNewRoman|Courier|CourierNew|Symbol|ZapfDingbats)(?:PS)?(?:MT)?(?:$|[-,])/;
const NAME_BYTES = 128;

interface Size {
	readonly width: number;
	readonly height: number;
}

interface Opened {
	readonly handle: number;
	readonly bytes: number;
	readonly pages: number;
}

const KEPT = 3;
const open = new Map<string, Promise<Opened | null>>();
let loading: Promise<WrappedPdfiumModule> | undefined;

async function load(): Promise<WrappedPdfiumModule> {
	const { init } = await import('@embedpdf/pdfium');
	const wasm = await readFile(fileURLToPath(import.meta.resolve('@embedpdf/pdfium/pdfium.wasm')));
	const library = await init({ wasmBinary: wasm.buffer.slice(wasm.byteOffset, wasm.byteOffset + wasm.byteLength) });
	library.PDFiumExt_Init();
	return library;
}

/** Draws a page, counted from 1, upright on white, at exactly this size; null when PDFium is not the one to draw it. */
export async function drawByPdfium(path: string, page: number, { width, height }: Size): Promise<Pixels | null> {
	loading ??= load();
	const library = await loading;
	try {
		return await drawnBy(library, path, page, { width, height });
	} catch (error) {
		if (!(error instanceof Error && error.name === 'RuntimeError')) throw error;
		/* Out of memory or at a loss with this document: what is left of the library is not to be used any more. */
		loading = undefined;
		open.clear();
		return null;
	}
}

async function drawnBy(library: WrappedPdfiumModule, path: string, page: number, { width, height }: Size): Promise<Pixels | null> {
	const document = await opened(library, path);
	if (document === null || page > document.pages) return null;
	const handle = library.FPDF_LoadPage(document.handle, page - 1);
	if (handle === 0) return null;
	try {
		const fits = isShape(library.FPDF_GetPageWidth(handle) / library.FPDF_GetPageHeight(handle), width, height);
		return fits && hasItsFonts(library, handle) ? drawn(library, handle, width, height) : null;
	} finally {
		library.FPDF_ClosePage(handle);
	}
}

/* A page of another shape than was promised is read in another way than pdf.js reads it. */
function isShape(ratio: number, width: number, height: number): boolean {
	return Math.abs(width - ratio * height) <= 1 + ratio;
}

async function opened(library: WrappedPdfiumModule, path: string): Promise<Opened | null> {
	const { ino, size, mtimeMs } = await stat(path);
	const key = `${path}\0${ino}\0${size}\0${mtimeMs}`;
	const opening = open.get(key) ?? readFile(path).then((data) => read(library, data));
	open.delete(key);
	open.set(key, opening);
	for (const [other, old] of [...open].slice(0, -KEPT)) {
		open.delete(other);
		void old.then((one) => close(library, one)).catch(() => undefined);
	}
	const document = await opening.catch((error: unknown) => {
		open.delete(key);
		throw error;
	});
	/* Others may have taken its place meanwhile: then it is closed. */
	return open.get(key) === opening ? document : opened(library, path);
}

function close(library: WrappedPdfiumModule, document: Opened | null): void {
	if (document === null) return;
	library.FPDF_CloseDocument(document.handle);
	library.pdfium.wasmExports.free(document.bytes);
}

function read(library: WrappedPdfiumModule, data: Buffer): Opened | null {
	const bytes = library.pdfium.wasmExports.malloc(data.length);
	if (bytes === 0) return null;
	library.pdfium.HEAPU8.set(data, bytes);
	const handle = library.FPDF_LoadMemDocument(bytes, data.length, '');
	if (handle !== 0 && library.FPDF_GetFormType(handle) === 0) return { handle, bytes, pages: library.FPDF_GetPageCount(handle) };
	if (handle !== 0) library.FPDF_CloseDocument(handle);
	library.pdfium.wasmExports.free(bytes);
	return null;
}

function drawn(library: WrappedPdfiumModule, page: number, width: number, height: number): Pixels | null {
	const bitmap = library.FPDFBitmap_CreateEx(width, height, BGR, 0, 0);
	if (bitmap === 0) return null;
	try {
		library.FPDFBitmap_FillRect(bitmap, 0, 0, width, height, WHITE);
		library.FPDF_RenderPageBitmap(bitmap, page, 0, 0, width, height, 0, WITH_ANNOTATIONS | RED_FIRST);
		/* Asked for now: the memory may have grown and moved. */
		const memory = library.pdfium.HEAPU8;
		const from = library.FPDFBitmap_GetBuffer(bitmap);
		const stride = library.FPDFBitmap_GetStride(bitmap);
		const row = width * 3;
		const data = Buffer.allocUnsafe(row * height);
		if (stride === row) data.set(memory.subarray(from, from + data.length));
		else for (let y = 0; y < height; y++) data.set(memory.subarray(from + y * stride, from + y * stride + row), y * row);
		return { data, width, height, channels: 3, depth: 'uchar', frames: 1 };
	} finally {
		library.FPDFBitmap_Destroy(bitmap);
	}
}

/** Whether every text on the page is in a font that the document brings along, or that PDFium has. */
function hasItsFonts(library: WrappedPdfiumModule, page: number): boolean {
	const seen = new Map<number, boolean>();
	const isThere = (font: number): boolean => {
		const known = seen.get(font);
		if (known !== undefined) return known;
		const there = library.FPDFFont_GetIsEmbedded(font) === 1 || STANDARD.test(nameOf(library, font));
		seen.set(font, there);
		return there;
	};
	const isDrawable = (object: number): boolean => {
		const type = library.FPDFPageObj_GetType(object);
		if (type === TEXT) return isThere(library.FPDFTextObj_GetFont(object));
		if (type !== FORM) return true;
		for (let i = 0, count = library.FPDFFormObj_CountObjects(object); i < count; i++) {
			if (!isDrawable(library.FPDFFormObj_GetObject(object, i))) return false;
		}
		return true;
	};
	for (let i = 0, count = library.FPDFPage_CountObjects(page); i < count; i++) {
		if (!isDrawable(library.FPDFPage_GetObject(page, i))) return false;
	}
	return true;
}

function nameOf(library: WrappedPdfiumModule, font: number): string {
	const buffer = library.pdfium.wasmExports.malloc(NAME_BYTES);
	try {
		const length = library.FPDFFont_GetBaseFontName(font, buffer, NAME_BYTES);
		return Buffer.from(library.pdfium.HEAPU8.subarray(buffer, buffer + Math.max(0, Math.min(length, NAME_BYTES) - 1))).toString('latin1');
	} finally {
		library.pdfium.wasmExports.free(buffer);
	}
}
