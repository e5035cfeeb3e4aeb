/** Whether a picture moves, from the start of its file. */
import { ascii, byte, find, uint16le, uint32 } from './bytes.ts';

/** Two frames, or the extension that says how often it repeats where the second frame lies past the bytes given. */
export function isAnimatedGif(bytes: Uint8Array): boolean {
	const table = (flags: number) => ((flags & 0x80) === 0 ? 0 : 3 * 2 ** ((flags & 7) + 1));
	let at = 13 + table(byte(bytes, 10));
	let frames = 0;
	let repeats = false;
	while (at < bytes.length) {
		const block = byte(bytes, at);
		if (block === 0x2c) {
			frames += 1;
			if (frames > 1) return true;
			at = pastBlocks(bytes, at + 11 + table(byte(bytes, at + 9)));
		} else if (block === 0x21) {
			if (/^(?:NETSCAPE|ANIMEXTS)/.test(ascii(bytes, at + 3, 8))) repeats = true;
			at = pastBlocks(bytes, at + 2);
		} else return false;
	}
	return repeats;
}

function pastBlocks(bytes: Uint8Array, start: number): number {
	let at = start;
	while (at < bytes.length && byte(bytes, at) !== 0) at += byte(bytes, at) + 1;
	return at + 1;
}

export function isAnimatedWebp(bytes: Uint8Array): boolean {
	return ascii(bytes, 12, 4) === 'VP8X' && uint16le(bytes, 16) >= 10 && (byte(bytes, 20) & 2) !== 0;
}

/** APNG: an `acTL` chunk of more than one frame before the first pixels. */
export function isAnimatedPng(bytes: Uint8Array): boolean {
	const control = find(bytes, 'acTL', 8);
	const pixels = find(bytes, 'IDAT', 8);
	return control !== -1 && (pixels === -1 || control < pixels) && uint32(bytes, control + 4) > 1;
}
