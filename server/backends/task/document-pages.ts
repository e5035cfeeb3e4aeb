import { join } from 'node:path';
import sharp from 'sharp';
import { z } from 'zod';
import type { MetadataOf } from '../../../nodes/define.ts';
import { pagesOf } from '../../../nodes/document/range.ts';
import { pageSize } from '../../../nodes/document/size.ts';
import type { MadeValue, Pixels, TaskContext, TaskResult } from '../../engine/group.ts';
import { only } from '../document/inputs.ts';
import { drawPage } from '../document/render.ts';

const paramsSchema = z.object({ dpi: z.number(), pages: z.string().optional() });

/** Draws one page into memory, or all of them into PNG files. */
export default async function run(context: TaskContext): Promise<TaskResult> {
	const { dpi, pages } = paramsSchema.parse(context.params);
	const input = only(context, 'document');
	const { metadata, path: from, name } = input;
	const known = metadata.kind === 'document' ? metadata : null;
	const count = known?.pages ?? (await (await import('../document/open.ts')).openDocument(from, name)).numPages;
	const wanted = pagesOf(pages, count) ?? [];
	const draw = (page: number) => drawPage({ path: from, name, page, dpi, size: known === null ? null : pageSize(known, page), signal: context.signal });
	if (context.element !== undefined) {
		const pixels = await draw(wanted[context.element] ?? context.element + 1);
		return { images: { pixels, metadata: metadataOf(pixels) } };
	}
	const images: MadeValue[] = [];
	for (const [i, page] of wanted.entries()) {
		const pixels = await draw(page);
		const path = join(context.folder, `page-${String(i + 1).padStart(6, '0')}.png`);
		await sharp(pixels.data, { raw: pixels }).png({ compressionLevel: 3 }).toFile(path);
		images.push({ path, metadata: { ...metadataOf(pixels), format: 'png' } });
		context.progress((i + 1) / wanted.length);
	}
	return { images };
}

function metadataOf(pixels: Pixels): MetadataOf<'image'> {
	return { kind: 'image', width: pixels.width, height: pixels.height, frames: 1, duration: 0, alpha: false, format: null };
}
