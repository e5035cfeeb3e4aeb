/**
 * Carries out pipelines that are written down in a script: the same hand-offs between them as in `run.ts`, without steps, groups or the
 * engine. The text of this file goes into the scripts that `millwright eject` writes.
 */
import { join } from 'node:path';
import sharp, { type Sharp } from 'sharp';
import type { ImageMetadata } from '../../../nodes/define.ts';
import { sizeOf, type WantedSize } from '../../../nodes/image/size.ts';
import type { MadeValue, Pixels } from '../../engine/group.ts';
import { pixelsFrom } from './pixels.ts';
import { animated, finished, firstFrame, framesOf, type Value, valueAt, valueOfPixels } from './value.ts';
import { imageMetadata, keepPixels, STILL, writeBetween } from './write.ts';

/** One pipeline of sharp. */
export interface WrittenPass {
	/** The calls, on a pipeline that begins with `picture`. */
	readonly calls: (image: Sharp, picture: Value) => Sharp | Promise<Sharp>;
	/** It paints in colours, which sharp would turn into greys in a grey picture. */
	readonly colour?: true;
	/** It composites, for which sharp adds transparency; whether the picture has it in the end. */
	readonly transparent?: (alpha: boolean) => boolean;
}

/** What makes one output of a group. */
export interface WrittenStage {
	/** By whether the picture may have transparency. */
	readonly passes: (alpha: boolean) => readonly WrittenPass[];
	/** Absent: a file to go on from. */
	readonly encode?: (image: Sharp, picture: Value) => Sharp;
	/** Ending of the file that `encode` makes. */
	readonly ending?: string;
	/** The format holds animations. */
	readonly moves?: boolean;
	readonly keepMetadata?: boolean;
	/** The pixels stay in memory. */
	readonly inMemory?: boolean;
	/** Somebody goes on from here in the same group. */
	readonly goesOn?: boolean;
}

/** A value of a script. */
export type ScriptPicture =
	| { readonly path: string; readonly name: string; readonly metadata: ImageMetadata }
	| { readonly pixels: Pixels; readonly metadata: ImageMetadata };

/** Opens a picture. */
export async function pictureOf(input: ScriptPicture): Promise<Value> {
	if ('pixels' in input) return valueOfPixels(input.pixels);
	const none = { folder: '', signal: new AbortController().signal, progress: () => {}, memory: new Map(), threads: 1 };
	return valueAt({ from: 'file', key: '', path: input.path, name: input.name, metadata: input.metadata }, none);
}

/** What sharp is told to resize this picture to. */
export function sized(picture: Value, wanted: WantedSize): { width: number; height: number; fit: 'fill' | 'cover' } {
	const { width, height } = sizeOf(wanted, picture.width, picture.height);
	return { width: width ?? picture.width, height: height ?? picture.height, fit: wanted.fit === 'cover' ? 'cover' : 'fill' };
}

/** The picture at an input that is laid over another one. */
export async function markOf(input: ScriptPicture): Promise<Sharp> {
	const value = await pictureOf(input);
	return (value.frames > 1 ? await firstFrame(value) : value).decode();
}

/** Makes one output; and what the rest of the group goes on with. */
export async function carryOut(given: Value, stage: WrittenStage, folder: string, number: number): Promise<{ made: MadeValue; next: Value }> {
	const value = given.frames > 1 && stage.encode !== undefined && stage.moves !== true ? await firstFrame(given) : given;
	const keep = stage.keepMetadata === true && value.pixels === undefined;
	const { ready, last } = value.frames > 1 ? { ready: await everyFrame(value, stage), last: NOTHING } : await allButLast(value, stage, keep);
	if (stage.goesOn !== true && stage.inMemory !== true) {
		const image = await applied(ready, last);
		return { made: await ready.attempt(() => written(image, stage, ready, folder, number)), next: ready };
	}
	const next = await pixelsAfter(ready, last);
	const made = stage.inMemory === true && next.pixels !== undefined ? keepPixels(next.pixels) : await written(next.decode(), stage, next, folder, number);
	return { made, next };
}

const NOTHING: WrittenPass = { calls: (image) => image };

async function allButLast(value: Value, { passes }: WrittenStage, keep: boolean): Promise<{ ready: Value; last: WrittenPass }> {
	const all = passes(value.alpha);
	let ready = value;
	for (const pass of all.slice(0, -1)) ready = keep ? await carried(ready, pass) : await pixelsAfter(ready, pass);
	return { ready, last: all.at(-1) ?? NOTHING };
}

/** Frame by frame: sharp would blur across frames, and can't turn them. */
async function everyFrame(value: Value, stage: WrittenStage): Promise<Value> {
	if (stage.passes(value.alpha).length === 0) return value;
	const done: Pixels[] = [];
	for (const frame of await framesOf(value)) {
		const { ready, last } = await allButLast(frame, stage, false);
		const { pixels } = await pixelsAfter(ready, last);
		if (pixels !== undefined) done.push(pixels);
	}
	return animated(done, value);
}

async function applied(value: Value, pass: WrittenPass): Promise<Sharp> {
	const image = await pass.calls(finished(value, value.decode()), value);
	if (value.grey && pass.colour === true) image.pipelineColourspace(value.deep ? 'rgb16' : 'srgb');
	return pass.transparent !== undefined && !pass.transparent(value.alpha) ? image.removeAlpha() : image;
}

async function pixelsAfter(value: Value, pass: WrittenPass): Promise<Value> {
	if (value.pixels !== undefined && pass === NOTHING) return value;
	const image = await applied(value, pass);
	const pixels = await value.attempt(() => pixelsFrom(image, value.deep));
	const { frames, delays, loop } = value;
	return valueOfPixels(frames > 1 ? { ...pixels, height: pixels.height / frames, frames, delays, loop } : pixels);
}

/** A hand-off that keeps the camera data, which raw pixels have no place for. */
async function carried(value: Value, pass: WrittenPass): Promise<Value> {
	const image = (await applied(value, pass)).keepExif().keepXmp();
	const bytes = await value.attempt(() => (value.deep ? image.toColourspace('rgb16') : image).png({ compressionLevel: 0 }).toBuffer());
	const { width, height, hasAlpha, channels } = await sharp(bytes, { limitInputPixels: false }).metadata();
	return { ...value, width, height, alpha: hasAlpha, grey: channels < 3, profiled: false, decode: () => sharp(bytes, { limitInputPixels: false }) };
}

async function written(image: Sharp, stage: WrittenStage, value: Value, folder: string, number: number): Promise<MadeValue> {
	const path = join(folder, `${number}.${stage.ending ?? (value.frames > 1 ? 'webp' : 'png')}`);
	if (stage.encode === undefined) return writeBetween(image, path, value.frames > 1 ? value : STILL, value.deep);
	const kept = stage.keepMetadata === true ? image.keepExif().keepXmp() : image;
	const info = await stage.encode(kept, value).toFile(path);
	const height = value.frames > 1 ? (info.pageHeight ?? info.height / value.frames) : info.height;
	const content = imageMetadata(info.width, height, info.channels === 2 || info.channels === 4, STILL, stage.ending ?? null);
	return { path, metadata: { kind: 'file', format: stage.ending ?? null, bytes: info.size, content } };
}
