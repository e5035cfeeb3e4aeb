/** Decoded pixels: out of a pipeline, and into the next. */
import sharp, { type Sharp } from 'sharp';
import type { Pixels } from '../../engine/group.ts';

/** The result of a pipeline as raw pixels, of one frame. `deep` keeps 16 bits. */
export async function pixelsFrom(image: Sharp, deep: boolean): Promise<Pixels> {
	const { data, info } = await image
		.toColourspace(deep ? 'rgb16' : 'srgb')
		.raw({ depth: deep ? 'ushort' : 'uchar' })
		.toBuffer({ resolveWithObject: true });
	return { data, width: info.width, height: info.height, channels: info.channels as Pixels['channels'], depth: deep ? 'ushort' : 'uchar', frames: 1 };
}

/** A pipeline that begins with these pixels. */
export function sharpOf(pixels: Pixels): Sharp {
	const { width, height, channels, frames, data } = pixels;
	const raw = { width, height: height * frames, channels, ...(frames > 1 ? { pageHeight: height } : {}) };
	return sharp(pixels.depth === 'ushort' ? words(data) : data, { raw, limitInputPixels: false });
}

/** Bytes as 16-bit numbers, copied only where they don't begin on an even address. */
function words(bytes: Buffer): Uint16Array {
	if (bytes.byteOffset % 2 === 0) return new Uint16Array(bytes.buffer, bytes.byteOffset, bytes.byteLength / 2);
	const copy = new Uint8Array(bytes);
	return new Uint16Array(copy.buffer);
}

/** One frame of an animation, without copying. */
export function frameOf(pixels: Pixels, index: number): Pixels {
	const size = pixels.data.length / pixels.frames;
	return { ...pixels, data: pixels.data.subarray(index * size, (index + 1) * size), frames: 1 };
}

/** Frames below each other. */
export function joinedFrames(frames: readonly Pixels[], timing: { readonly delays: readonly number[]; readonly loop: number }): Pixels {
	const [first] = frames;
	if (first === undefined) throw new Error('an animation has frames');
	return { ...first, data: Buffer.concat(frames.map((frame) => frame.data)), frames: frames.length, delays: timing.delays, loop: timing.loop };
}

export function hasAlpha(pixels: Pixels): boolean {
	return pixels.channels === 2 || pixels.channels === 4;
}
