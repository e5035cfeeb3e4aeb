/** Pictures as rectangles of pixels on a common background, for tasks that put many into one. */
import type { Metadata } from '../../../nodes/define.ts';
import { openImage } from './open.ts';
import { firstFrame, valueOfFile } from './value.ts';

export interface Cell {
	readonly data: Buffer;
	readonly width: number;
	readonly height: number;
}
export interface Ground {
	/** `#rrggbb`, or `#rrggbbaa` for a result with transparency. */
	readonly background: string;
	readonly channels: 3 | 4;
}

export function groundOf(background: string): Ground {
	return { background, channels: background.length === 9 ? 4 : 3 };
}

interface PictureFile {
	readonly path: string;
	readonly name: string;
	readonly metadata: Metadata;
}

/** The picture (the first frame of an animation) scaled into the box: `whole` with background around it, `fill` cut at the edges, `stretch` exactly. */
export async function cellOf(file: PictureFile, box: { width: number; height: number }, fit: 'whole' | 'fill' | 'stretch', ground: Ground): Promise<Cell> {
	const ours = file.metadata.kind === 'image' && file.metadata.format === null;
	const value = valueOfFile(await openImage(file.path, file.name, { ours }), file.path, file.name);
	const still = value.frames > 1 ? await firstFrame(value) : value;
	return still.attempt(async () => {
		const sized = still.decode().resize({ ...box, fit: ({ whole: 'inside', fill: 'cover', stretch: 'fill' } as const)[fit] });
		const solid = (ground.channels === 3 ? sized.flatten({ background: ground.background }).removeAlpha() : sized.ensureAlpha()).toColourspace('srgb');
		const { data, info } = await solid.raw().toBuffer({ resolveWithObject: true });
		const cell = { data: info.channels === ground.channels ? data : spread(data, info.channels, ground.channels), width: info.width, height: info.height };
		return cell.width === box.width && cell.height === box.height ? cell : centred(cell, box, ground);
	});
}

/** Grey pixels as colours. */
function spread(data: Buffer, from: number, to: number): Buffer {
	const out = Buffer.alloc((data.length / from) * to, 255);
	for (let at = 0, put = 0; at < data.length; at += from, put += to) out.fill(data[at] ?? 0, put, put + 3);
	return out;
}

/** A cell in the middle of a larger box. */
export function centred(cell: Cell, box: { width: number; height: number }, ground: Ground): Cell {
	const canvas = { data: blank(box.width, box.height, ground), ...box };
	paste(canvas, cell, Math.floor((box.width - cell.width) / 2), Math.floor((box.height - cell.height) / 2), ground.channels);
	return canvas;
}

/** A rectangle of background. */
export function blank(width: number, height: number, { background, channels }: Ground): Buffer {
	const colour = Buffer.from(`${background.slice(1)}ff`.slice(0, channels * 2), 'hex');
	return Buffer.alloc(width * height * channels, colour);
}

/** Copies a cell onto a canvas that it fits into. */
export function paste(canvas: Cell, cell: Cell, left: number, top: number, channels: number): void {
	const stride = cell.width * channels;
	for (let row = 0; row < cell.height; row++) cell.data.copy(canvas.data, ((top + row) * canvas.width + left) * channels, row * stride, (row + 1) * stride);
}
