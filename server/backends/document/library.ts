/** pdf.js and the canvas that it draws on, set up for Node and for bytes of strangers. */
import { createRequire } from 'node:module';
import { fileURLToPath } from 'node:url';
import type { DocumentInitParameters } from 'pdfjs-dist/types/src/display/api.d.ts';
import { MAX_PIXELS } from './limits.ts';

export const pdfjs = await import('pdfjs-dist/legacy/build/pdf.mjs');

const ROOT = fileURLToPath(new URL('./', import.meta.resolve('pdfjs-dist/package.json')));

/** What this module uses of @napi-rs/canvas. */
export interface Canvas {
	width: number;
	height: number;
	getContext(type: '2d', options?: { alpha: boolean }): CanvasContext;
	data(): Buffer;
}
export interface CanvasContext {
	reset(): void;
}
interface CanvasLibrary {
	createCanvas(width: number, height: number): Canvas;
	readonly GlobalFonts: {
		readonly families: readonly { readonly family: string }[];
		setAlias(name: string, alias: string): boolean;
	};
}

// Required from where pdf.js is: it may have a version of its own, and paths made by one version are foreign to the other.
const canvasLibrary: CanvasLibrary = createRequire(`${ROOT}package.json`)('@napi-rs/canvas');
export const { createCanvas, GlobalFonts } = canvasLibrary;

/** How every document is opened: nothing is fetched, no image may be huge. (pdf.js 6 evaluates nothing any more, so there is no switch for it.) */
export function openingOf(data: Uint8Array): DocumentInitParameters {
	return {
		data,
		enableXfa: false,
		useSystemFonts: false,
		disableAutoFetch: true,
		useWorkerFetch: false,
		maxImageSize: MAX_PIXELS,
		canvasMaxAreaInBytes: MAX_PIXELS * 4,
		standardFontDataUrl: `${ROOT}standard_fonts/`,
		cMapUrl: `${ROOT}cmaps/`,
		cMapPacked: true,
		iccUrl: `${ROOT}iccs/`,
		wasmUrl: `${ROOT}wasm/`,
		verbosity: pdfjs.VerbosityLevel.ERRORS,
	};
}
