/** Writes results: what `encode` asks for, or the lossless files that go between groups. */
import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import type { Sharp } from 'sharp';
import type { FileMetadata, ImageMetadata } from '../../../nodes/define.ts';
import type { MadeValue, Pixels } from '../../engine/group.ts';
import { type Encode, writerOf } from './calls.ts';
import { sharpOf } from './pixels.ts';

export interface Timing {
	readonly frames: number;
	readonly delays: readonly number[];
	readonly loop: number;
}

/** Encodes the pipeline's picture as the step asks for. */
export async function writeEncoded(image: Sharp, step: Encode, path: string, timing: Timing, deep: boolean): Promise<MadeValue> {
	if (step.keepMetadata) image.keepExif().keepXmp();
	const info = await encoded(image, step, timing, deep).toFile(path);
	const moving = timing.frames > 1 && (step.format === 'gif' || step.format === 'webp');
	const height = moving ? (info.pageHeight ?? info.height / timing.frames) : info.height;
	const alpha = step.format !== 'jpeg' && (info.channels === 2 || info.channels === 4);
	const content = imageMetadata(info.width, height, alpha, moving ? timing : STILL, step.format);
	const metadata: FileMetadata = { kind: 'file', format: step.format, bytes: info.size, content };
	return { path, metadata };
}

function encoded(image: Sharp, step: Encode, timing: Timing, deep: boolean): Sharp {
	const options = writerOf(step);
	const moving = timing.frames > 1 ? { delay: [...timing.delays], loop: step.loop } : {};
	switch (step.format) {
		case 'jpeg':
			return image.jpeg(options);
		case 'png':
			return (deep && step.quality === 100 ? image.toColourspace('rgb16') : image).png(options);
		case 'webp':
			return image.webp({ ...options, ...moving });
		case 'avif':
			return image.avif(options);
		case 'tiff':
			return (deep ? image.toColourspace('rgb16') : image).tiff(options);
		case 'gif':
			return image.gif({ ...options, ...moving });
	}
}

/** A file for the next group: PNG, or lossless WebP for an animation. Fast rather than small. */
export async function writeBetween(image: Sharp, path: string, timing: Timing, deep: boolean): Promise<MadeValue> {
	const moving = timing.frames > 1;
	const ready = moving
		? image.webp({ lossless: true, effort: 0, exact: true, delay: [...timing.delays], loop: timing.loop })
		: (deep ? image.toColourspace('rgb16') : image).keepExif().keepXmp().png({ compressionLevel: 1 });
	const info = await ready.toFile(path);
	const height = moving ? (info.pageHeight ?? info.height / timing.frames) : info.height;
	return { path, metadata: imageMetadata(info.width, height, info.channels === 2 || info.channels === 4, timing, null) };
}

/** Pixels that were kept in memory, as a file of `folder` after all; its path. */
export async function writePixels(pixels: Pixels, folder: string): Promise<string> {
	const timing = { frames: pixels.frames, delays: pixels.delays ?? [], loop: pixels.loop ?? 0 };
	const path = join(folder, `pixels-${randomUUID()}.${pixels.frames > 1 ? 'webp' : 'png'}`);
	await writeBetween(sharpOf(pixels), path, timing, pixels.depth === 'ushort');
	return path;
}

/** Pixels that stay in the worker. */
export function keepPixels(pixels: Pixels): MadeValue {
	const timing = { frames: pixels.frames, delays: pixels.delays ?? [], loop: pixels.loop ?? 0 };
	return { pixels, metadata: imageMetadata(pixels.width, pixels.height, pixels.channels === 2 || pixels.channels === 4, timing, null) };
}

export const STILL: Timing = { frames: 1, delays: [], loop: 0 };

export function imageMetadata(width: number, height: number, alpha: boolean, timing: Timing, format: string | null): ImageMetadata {
	const duration = timing.frames > 1 ? timing.delays.reduce((sum, delay) => sum + delay, 0) / 1000 : 0;
	return { kind: 'image', width, height, frames: timing.frames, duration, alpha, format };
}
