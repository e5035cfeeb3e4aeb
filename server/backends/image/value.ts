/** A picture between two passes: a file that was opened, or pixels in memory. */
import type { Sharp } from 'sharp';
import { RunError } from '../../../nodes/problems.ts';
import type { GroupInput, Pixels, RunContext } from '../../engine/group.ts';
import { attempt, type Opened, openImage } from './open.ts';
import { frameOf, hasAlpha, joinedFrames, pixelsFrom, sharpOf } from './pixels.ts';
import type { Timing } from './write.ts';

export interface Value extends Timing {
	/** Upright, of one frame. */
	readonly width: number;
	readonly height: number;
	readonly alpha: boolean;
	readonly deep: boolean;
	readonly grey: boolean;
	/** See `Opened.profiled`. */
	readonly profiled: boolean;
	/** All frames below each other. */
	readonly decode: () => Sharp;
	/** Does something with what `decode` gave; errors are told as problems of the file that it came from. */
	readonly attempt: <T>(work: () => Promise<T>) => Promise<T>;
	readonly pixels?: Pixels;
}

/** The value at an input of a group. */
export async function valueAt(input: GroupInput, context: RunContext): Promise<Value> {
	if (input.from === 'memory') {
		const pixels = context.memory.get(input.key);
		if (pixels === undefined) throw new Error(`no pixels are kept for ${input.key}`);
		return valueOfPixels(pixels);
	}
	const { path, name, metadata } = input;
	const ours = metadata.kind === 'image' && metadata.format === null;
	const value = valueOfFile(await openImage(path, name, { ours }), path, name);
	// A lossless WebP animation is read back with transparency, whether it has any or not.
	const opaque = ours && value.frames > 1 && value.alpha && metadata.alpha === false;
	return opaque ? { ...value, alpha: false, decode: () => value.decode().removeAlpha() } : value;
}

/** A file as a value. */
export function valueOfFile(opened: Opened, path: string, name: string): Value {
	const { width, height, frames, delays, alpha, deep, grey, profiled, decode, header } = opened;
	return { width, height, frames, delays, loop: header.loop ?? 0, alpha, deep, grey, profiled, decode, attempt: (work) => attempt(name, path, work) };
}

/** Pixels as a value. */
export function valueOfPixels(pixels: Pixels): Value {
	const { width, height, frames, delays, loop } = pixels;
	return {
		...{ width, height, frames, pixels },
		delays: delays ?? [],
		loop: loop ?? 0,
		alpha: hasAlpha(pixels),
		deep: pixels.depth === 'ushort',
		grey: pixels.channels < 3,
		profiled: false,
		decode: () => sharpOf(pixels),
		attempt: async (work) => {
			try {
				return await work();
			} catch (error) {
				if (error instanceof RunError) throw error;
				const reason = error instanceof Error ? error.message : String(error);
				throw new RunError('run.failed', { title: 'sharp', reason }, { detail: reason }, error);
			}
		},
	};
}

/** The frames of an animation, decoded once. */
export async function framesOf(value: Value): Promise<readonly Value[]> {
	const all = value.pixels ?? (await value.attempt(() => pixelsFrom(finished(value, value.decode()), value.deep)));
	const whole: Pixels = { ...all, height: value.height, frames: value.frames };
	return Array.from({ length: value.frames }, (_, index) => valueOfPixels(frameOf(whole, index)));
}

/** Frames put together again, shown as long as before. */
export function animated(frames: readonly Pixels[], timing: Timing): Value {
	return valueOfPixels(joinedFrames(frames, timing));
}

/** The first frame alone. */
export async function firstFrame(value: Value): Promise<Value> {
	const [first] = await framesOf(value);
	if (first === undefined) throw new Error('an animation has frames');
	return first;
}

/** A pipeline of this value brought to sRGB at its end, where sharp would leave 16 bit in Display P3 (0.35, `processingProfile`). */
export function finished(value: Value, image: Sharp): Sharp {
	return value.profiled ? image.withIccProfile('srgb', { attach: false }) : image;
}
