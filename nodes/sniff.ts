/**
 * What a file is, by its content. Names lie: a text called `film.mp4` is a text. Only between formats of text, which can look alike
 * (one column of a CSV, a list of lines), does the name break the tie. Runs in the browser and on the server.
 */
import type { Kind } from './kinds.ts';
import { archiveFormat, ebmlFormat, isoFormat, isoKinds, oggFormat, riffFormat } from './sniff/containers.ts';
import { audioFrames, SIGNATURES } from './sniff/magic.ts';
import { isAnimatedGif, isAnimatedPng, isAnimatedWebp } from './sniff/motion.ts';
import { textFormat } from './sniff/text.ts';

export { decodeText, type Encoding, encodingOf } from './sniff/encoding.ts';

/** Bytes of a file's start that `sniff` makes use of. */
export const SNIFF_BYTES = 65_536;

export interface Sniffed {
	/** `png`, `mp4`, `csv` …; also the ending that such a file should have. `bin`: unknown. */
	readonly format: string;
	/** What it can be read as; first what people mean by it. Whether it really can, its reader says. */
	readonly kinds: readonly Kind[];
}

/**
 * Names the format of a file.
 * @param head its first bytes: `SNIFF_BYTES` of them, or the whole file where it is smaller
 * @param name its name, with or without folders
 */
export function sniff(head: Uint8Array, name: string): Sniffed {
	const bytes = head.subarray(0, SNIFF_BYTES);
	const format = binaryFormat(bytes);
	if (format !== null) return { format, kinds: kindsOf(format, bytes) };
	return textFormat(bytes, endingOf(name)) ?? { format: 'bin', kinds: ['file'] };
}

/** The ending of a name in lower case, without its dot; empty where it has none. */
export function endingOf(name: string): string {
	return /\.([^./\\]+)$/.exec(name)?.[1]?.toLowerCase() ?? '';
}

function binaryFormat(bytes: Uint8Array): string | null {
	const container = isoFormat(bytes) ?? riffFormat(bytes) ?? ebmlFormat(bytes) ?? oggFormat(bytes) ?? archiveFormat(bytes);
	if (container !== null) return container;
	const signature = SIGNATURES.find((one) => one.matches(bytes));
	return signature?.format ?? audioFrames(bytes);
}

const KINDS_BY_FORMAT: readonly (readonly [Kind, readonly string[]])[] = [
	['image', ['jpeg', 'png', 'gif', 'webp', 'avif', 'heic', 'tiff', 'jxl', 'jp2', 'bmp', 'ico', 'psd', 'ppm', 'hdr', 'exr', 'fits', 'qoi']],
	['video', ['mp4', 'mov', 'mkv', 'webm', 'avi', 'flv', 'ts', 'mpeg', 'wmv', 'ogv', '3gp', 'y4m', 'mxf']],
	['audio', ['mp3', 'm4a', 'aac', 'wav', 'flac', 'ogg', 'opus', 'aiff', 'amr', 'ac3', 'caf', 'au', 'wv', 'mka']],
	['document', ['pdf']],
	['table', ['xlsx', 'parquet']],
];
const KIND_OF: ReadonlyMap<string, Kind> = new Map(KINDS_BY_FORMAT.flatMap(([kind, formats]) => formats.map((format) => [format, kind] as const)));

function kindsOf(format: string, bytes: Uint8Array): readonly Kind[] {
	if (format === 'mp4' || format === 'mov' || format === '3gp') return isoKinds(bytes);
	const kind = KIND_OF.get(format) ?? 'file';
	return kind === 'image' && moves(format, bytes) ? ['image', 'video'] : [kind];
}

function moves(format: string, bytes: Uint8Array): boolean {
	if (format === 'gif') return isAnimatedGif(bytes);
	if (format === 'webp') return isAnimatedWebp(bytes);
	return format === 'png' && isAnimatedPng(bytes);
}
