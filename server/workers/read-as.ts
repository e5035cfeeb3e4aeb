/** Which backend reads what of a file. */
import { readFile, stat } from 'node:fs/promises';
import { type Kind, type Metadata, z } from '../../nodes/define.ts';
import { RunError } from '../../nodes/problems.ts';
import { decodeText } from '../../nodes/sniff.ts';

/** Texts above this size are not counted before they are used. */
const COUNTED = 16 * 2 ** 20;

/** Metadata of a file as the given kind; a media file may give several readings (a video with sound is an audio, too). */
export async function readAs(path: string, format: string, kind: Kind, name: string, thorough = false): Promise<readonly Metadata[]> {
	switch (kind) {
		case 'image':
			return [await (await import('../backends/image/probe.ts')).probeImage(path, format, name)].flat();
		case 'video':
		case 'audio':
			return [await (await import('../backends/video/probe.ts')).probeMedia(path, format, name)].flat();
		case 'table':
			return [await (await import('../backends/table/probe.ts')).probeTable(path, format, name, thorough)].flat();
		case 'document':
			return [await (await import('../backends/document/probe.ts')).probeDocument(path, format, name)].flat();
		case 'text':
			return [await textOf(path)];
		case 'chart':
			return [await chartOf(path, name)];
		case 'page':
			return [await pageOf(path)];
		default:
			return [];
	}
}

async function textOf(path: string): Promise<Metadata> {
	const { size } = await stat(path);
	if (size > COUNTED) return { kind: 'text', characters: null, lines: null };
	const text = decodeText(await readFile(path));
	return { kind: 'text', characters: [...text].length, lines: text === '' ? 0 : text.replace(/\n$/, '').split('\n').length };
}

const chartSchema = z.looseObject({
	width: z.number().optional().catch(undefined),
	height: z.number().optional().catch(undefined),
	mark: z
		.union([z.string(), z.looseObject({ type: z.string() }).transform((mark) => mark.type)])
		.optional()
		.catch(undefined),
	title: z
		.union([z.string(), z.looseObject({ text: z.string() }).transform((title) => title.text)])
		.optional()
		.catch(undefined),
});

/** A Vega-Lite specification. */
async function chartOf(path: string, name: string): Promise<Metadata> {
	try {
		const { width, height, mark, title } = chartSchema.parse(JSON.parse(await readFile(path, 'utf8')));
		return { kind: 'chart', width: width ?? null, height: height ?? null, mark: mark ?? null, title: title ?? null };
	} catch (error) {
		throw new RunError('input.broken', { name, format: 'Vega-Lite', reason: error instanceof Error ? error.message : String(error) });
	}
}

async function pageOf(path: string): Promise<Metadata> {
	const html = await readFile(path, 'utf8');
	return { kind: 'page', title: /<title[^>]*>([^<]{1,300})<\/title>/i.exec(html)?.[1]?.trim() ?? null };
}
