import { join } from 'node:path';
import sharp from 'sharp';
import type { TaskContext, TaskResult } from '../../engine/group.ts';
import { only } from '../document/inputs.ts';
import { openDocument } from '../document/open.ts';
import { drawPage } from '../document/render.ts';

/** Longest side of the picture, in pixels. */
const SIDE = 512;

/** Draws the first page, small. */
export default async function run(context: TaskContext): Promise<TaskResult> {
	const input = only(context, 'document');
	const document = await openDocument(input.path, input.name);
	const page = await document.getPage(1);
	const { width, height } = page.getViewport({ scale: 1 });
	const pixels = await drawPage(document, 1, (72 * SIDE) / Math.max(width, height, 1), input.name, context.signal);
	const path = join(context.folder, 'preview.webp');
	const made = await sharp(pixels.data, { raw: pixels }).webp({ quality: 85 }).toFile(path);
	const content = { kind: 'image', width: made.width, height: made.height, frames: 1, duration: 0, alpha: false, format: 'webp' } as const;
	return { file: { path, metadata: { kind: 'file', format: 'webp', bytes: made.size, content } } };
}
