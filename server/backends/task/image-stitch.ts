import { open } from 'node:fs/promises';
import { join } from 'node:path';
import { MOST_PIXELS, MOST_SIDE, placed, stitched } from '../../../nodes/image/stitch.ts';
import { Cancelled, RunError } from '../../../nodes/problems.ts';
import type { TaskContext, TaskRunner } from '../../engine/group.ts';
import { blank, type Cell, cellOf, centred, type Ground, groundOf } from '../image/cells.ts';
import { openImage } from '../image/open.ts';
import { writePng } from '../image/png-writer.ts';
import { imageMetadata, STILL } from '../image/write.ts';

/** Writes one long picture; only one of the pictures is in memory at a time. */
const stitch: TaskRunner = async (context) => {
	const pictures = context.inputs.images ?? [];
	if (pictures.length === 0) throw new RunError('image.no-pictures', { port: 'images' });
	const direction = context.params.direction === 'across' ? 'across' : 'down';
	const size = context.params.size === 'keep' ? 'keep' : 'scale';
	const gap = Number(context.params.gap);
	const sizes = [];
	for (const { path, name, metadata } of pictures) sizes.push(await openImage(path, name, { ours: metadata.kind === 'image' && metadata.format === null }));
	const { width, height } = stitched({ direction, size, gap }, sizes);
	if (Math.max(width, height) > MOST_SIDE || width * height > MOST_PIXELS)
		throw new RunError('image.result-too-large', { width, height, limit: `${MOST_SIDE} px × ${MOST_PIXELS / 1e6} MP` });
	const boxes = placed({ direction, size }, sizes);
	const ground = groundOf(String(context.params.background));
	const path = join(context.folder, 'strip.png');
	const cells = inTurn(context, boxes, direction === 'down' ? { width } : { height }, ground);
	await writePng(
		path,
		{ width, height, channels: ground.channels },
		direction === 'down' ? below(cells, gap, width, ground) : beside(cells, { width, height, gap }, ground, context),
	);
	return { image: { path, metadata: imageMetadata(width, height, ground.channels === 4, STILL, null) } };
};
export default stitch;

/** The pictures, one after the other, each as wide (or as high) as the strip. */
async function* inTurn(
	context: TaskContext,
	boxes: readonly { width: number; height: number }[],
	side: { width?: number; height?: number },
	ground: Ground,
): AsyncGenerator<Cell> {
	const pictures = context.inputs.images ?? [];
	for (const [index, picture] of pictures.entries()) {
		if (context.signal.aborted) throw new Cancelled();
		const own = boxes[index] ?? { width: 1, height: 1 };
		const box = { ...own, ...side };
		const cell = await cellOf(picture, own, 'stretch', ground);
		yield cell.width === box.width && cell.height === box.height ? cell : centred(cell, box, ground);
		context.progress((index + 1) / (pictures.length + 1));
	}
}

async function* below(cells: AsyncIterable<Cell>, gap: number, width: number, ground: Ground): AsyncGenerator<Buffer> {
	let first = true;
	for await (const cell of cells) {
		if (!first && gap > 0) yield blank(width, gap, ground);
		first = false;
		yield cell.data;
	}
}

/** Rows run through all pictures, so these are put on disk as raw pixels first and read back a band at a time. */
async function* beside(
	cells: AsyncIterable<Cell>,
	strip: { width: number; height: number; gap: number },
	ground: Ground,
	context: TaskContext,
): AsyncGenerator<Buffer> {
	const path = join(context.folder, 'columns.raw');
	const file = await open(path, 'wx+');
	try {
		const columns: { readonly at: number; readonly width: number }[] = [];
		let end = 0;
		for await (const cell of cells) {
			columns.push({ at: end, width: cell.width });
			await file.write(cell.data, 0, cell.data.length, end);
			end += cell.data.length;
		}
		const band = Math.max(1, Math.min(strip.height, Math.floor(16e6 / (strip.width * ground.channels))));
		for (let top = 0; top < strip.height; top += band) {
			const count = Math.min(band, strip.height - top);
			const out = blank(strip.width, count, ground);
			let left = 0;
			for (const column of columns) {
				const stride = column.width * ground.channels;
				const { buffer } = await file.read(Buffer.allocUnsafe(stride * count), 0, stride * count, column.at + top * stride);
				for (let row = 0; row < count; row++) buffer.copy(out, (row * strip.width + left) * ground.channels, row * stride, (row + 1) * stride);
				left += column.width + strip.gap;
			}
			yield out;
		}
	} finally {
		await file.close();
	}
}
