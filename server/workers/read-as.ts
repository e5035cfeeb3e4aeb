/** Which backend reads what of a file. */
import { readFile } from 'node:fs/promises';
import type { Kind, Metadata } from '../../nodes/define.ts';
import { decodeText } from '../../nodes/sniff.ts';

/** Texts above this size are not counted before they are used. */
const COUNTED = 16 * 2 ** 20;

/** Metadata of a file as the given kind; a media file may give several readings (a video with sound is an audio, too). */
export async function readAs(path: string, format: string, kind: Kind, name: string): Promise<readonly Metadata[]> {
	switch (kind) {
		case 'image':
			return [await (await import('../backends/image/probe.ts')).probeImage(path, format, name)].flat();
		case 'video':
		case 'audio':
			return [await (await import('../backends/video/probe.ts')).probeMedia(path, format, name)].flat();
		case 'table':
			return [await (await import('../backends/table/probe.ts')).probeTable(path, format, name)].flat();
		case 'document':
			return [await (await import('../backends/document/probe.ts')).probeDocument(path, format, name)].flat();
		case 'text':
			return [await textOf(path)];
		default:
			return [];
	}
}

async function textOf(path: string): Promise<Metadata> {
	const bytes = await readFile(path);
	if (bytes.length > COUNTED) return { kind: 'text', characters: null, lines: null };
	const text = decodeText(bytes);
	return { kind: 'text', characters: [...text].length, lines: text === '' ? 0 : text.replace(/\n$/, '').split('\n').length };
}
