import { join } from 'node:path';
import sharp from 'sharp';
import { pageSize } from '../../../nodes/document/size.ts';
import type { TaskContext, TaskResult } from '../../engine/group.ts';
import { only } from '../document/inputs.ts';
import { sizeByPdfjs } from '../document/pdfjs.ts';
import { drawPage } from '../document/render.ts';

/** Longest side of the picture, in pixels. */
const SIDE = 512;

/** Draws the first page, small. */
export default async function run(context: TaskContext): Promise<TaskResult> {
	const input = only(context, 'document');
	const { metadata, path: from, name } = input;
	const size = (metadata.kind === 'document' ? pageSize(metadata, 1) : null) ?? (await sizeByPdfjs(from, name, 1));
	const pixels = await drawPage({ path: from, name, page: 1, dpi: (72 * SIDE) / Math.max(...size, 1), size, signal: context.signal });
	const path = join(context.folder, 'preview.webp');
	const made = await sharp(pixels.data, { raw: pixels }).webp({ quality: 85 }).toFile(path);
	const content = { kind: 'image', width: made.width, height: made.height, frames: 1, duration: 0, alpha: false, format: 'webp' } as const;
	return { file: { path, metadata: { kind: 'file', format: 'webp', bytes: made.size, content } } };
}
