import QRCode from 'qrcode';
import { RunError } from '../../../nodes/problems.ts';

export type Correction = 'L' | 'M' | 'Q' | 'H';

export interface Look {
	/** Pixels. */
	readonly size: number;
	/** Squares. */
	readonly margin: number;
	readonly dark: string;
	readonly light: string;
	readonly correction: Correction;
}

/** Bytes that the largest code holds. */
const LIMITS: { readonly [C in Correction]: number } = { L: 2953, M: 2331, Q: 1663, H: 1273 };

/**
 * Draws a code as RGBA pixels. Every square is a whole number of pixels; what is left over is added to the margin.
 * @throws RunError `qr.too-long`, `qr.too-small`
 */
export function drawCode(text: string, look: Look): Buffer {
	const squares = squaresOf(text, look.correction);
	const across = squares.size + 2 * look.margin;
	const scale = Math.floor(look.size / across);
	if (scale < 1) throw new RunError('qr.too-small', { least: across, size: look.size });
	const start = Math.floor((look.size - squares.size * scale) / 2);
	const pixels = new Uint32Array(look.size * look.size).fill(packed(look.light));
	const dark = packed(look.dark);
	for (let row = 0; row < squares.size * scale; row += 1) {
		const from = (start + row) * look.size + start;
		for (let column = 0; column < squares.size; column += 1) {
			if (squares.get(Math.floor(row / scale), column) !== 0) pixels.fill(dark, from + column * scale, from + (column + 1) * scale);
		}
	}
	return Buffer.from(pixels.buffer);
}

function squaresOf(text: string, correction: Correction): QRCode.BitMatrix {
	const bytes = Buffer.byteLength(text);
	try {
		return QRCode.create(text, { errorCorrectionLevel: correction }).modules;
	} catch (error) {
		throw new RunError('qr.too-long', { bytes, limit: LIMITS[correction] }, {}, error);
	}
}

/** `#rrggbb` or `#rrggbbaa` as one number whose bytes lie in memory as R, G, B, A. */
function packed(colour: string): number {
	const rgba = Buffer.from(colour.slice(1).padEnd(8, 'f'), 'hex');
	return new Uint32Array(Uint8Array.from(rgba).buffer)[0] ?? 0;
}
