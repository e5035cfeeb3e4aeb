/** Opens pictures of unknown origin with sharp, and says in plain words what is wrong with those that can't be read. */
import { open, readFile } from 'node:fs/promises';
import sharp, { type Metadata as Header, type Sharp, type SharpOptions } from 'sharp';
import { RunError } from '../../../nodes/problems.ts';

/**
 * Most pixels of a file of the user's, all frames together: 16,383², sharp's own default. Rows are streamed, so that a still picture this
 * large needs little memory; the 64 million that a picture on a page would need refuses real scans and panoramas.
 */
export const PIXEL_LIMIT = 268_402_689;

/** Only the formats that we say we read. SVG only from memory, where librsvg has no folder to load other files from. */
sharp.block({ operation: ['VipsForeignLoad'] });
sharp.unblock({
	operation: [
		...['Jpeg', 'Png', 'Webp', 'Nsgif', 'Heif', 'Tiff'].flatMap((name) => [`VipsForeignLoad${name}File`, `VipsForeignLoad${name}Buffer`]),
		'VipsForeignLoadSvgBuffer',
	],
});
sharp.cache(false);

/** A file that was looked at and can be decoded, as often as wanted. */
export interface Opened {
	readonly header: Header;
	/** Upright, of one frame. */
	readonly width: number;
	readonly height: number;
	readonly frames: number;
	/** Milliseconds of each frame; empty for a still picture. */
	readonly delays: readonly number[];
	readonly alpha: boolean;
	/** More than 8 bits a channel. */
	readonly deep: boolean;
	/** One channel of colour only. */
	readonly grey: boolean;
	/** A pipeline that begins with the upright picture in sRGB (16 bit: with its own profile, see `profiled`). */
	readonly decode: () => Sharp;
	/** 16 bit with a colour profile: sharp works in Display P3 then, and must be told to go to sRGB in the end. */
	readonly profiled: boolean;
}

/**
 * Reads the header of a picture.
 * @throws RunError `input.broken`, `image.too-many-pixels`, `image.not-readable`.
 */
export async function openImage(path: string, name: string, options: { readonly ours?: boolean } = {}): Promise<Opened> {
	const bytes = await svgBytes(path);
	const input = bytes ?? path;
	// What we made ourselves may be as long as a stitched book.
	const limits: SharpOptions = { failOn: 'error', autoOrient: true, limitInputPixels: options.ours === true ? false : PIXEL_LIMIT };
	const header = await attempt(name, path, () => sharp(input, { ...limits, limitInputPixels: false }).metadata());
	if (header.compression === 'hevc') throw new RunError('image.not-readable', { name, format: 'HEIC (HEVC)' });
	const frames = header.format === 'gif' || header.format === 'webp' ? (header.pages ?? 1) : 1;
	const { width, height } = header.autoOrient;
	const tall = frames > 1 ? (header.pageHeight ?? height) : height;
	if (options.ours !== true && width * tall * frames > PIXEL_LIMIT)
		throw new RunError('image.too-many-pixels', { name, width, height: tall, limit: Math.floor(PIXEL_LIMIT / 1e6) });
	const deep = header.depth === 'ushort' || header.depth === 'float' || header.depth === 'uint';
	const opened: SharpOptions = { ...limits, ...(frames > 1 ? { animated: true } : {}) };
	return {
		header,
		width,
		height: tall,
		frames,
		delays: frames > 1 ? Array.from({ length: frames }, (_, i) => shownFor(header.delay?.[i])) : [],
		alpha: header.hasAlpha,
		deep,
		grey: header.channels < 3,
		decode: () => sharp(input, opened),
		profiled: deep && header.hasProfile,
	};
}

/** As browsers do: frames of 10 ms and less are shown for 100 ms. */
function shownFor(delay: number | undefined): number {
	return delay === undefined || delay <= 10 ? 100 : delay;
}

const SVG_LIMIT = 32 * 1024 * 1024;

/** The bytes of an SVG; undefined for anything else. */
async function svgBytes(path: string): Promise<Buffer | undefined> {
	const file = await open(path);
	try {
		const { buffer, bytesRead } = await file.read(Buffer.alloc(1024), 0, 1024, 0);
		const head = buffer.subarray(0, bytesRead);
		const gzipped = head[0] === 0x1f && head[1] === 0x8b;
		const text = head.toString('latin1').replace(/^\xef\xbb\xbf/, '');
		if (!gzipped && !/^\s*<(?:\?xml|!--|!doctype|svg)/i.test(text)) return undefined;
		return (await file.stat()).size > SVG_LIMIT ? undefined : await readFile(path);
	} finally {
		await file.close();
	}
}

/** Runs something of sharp's; what it throws becomes a problem of this file. */
export async function attempt<T>(name: string, path: string, work: () => Promise<T>): Promise<T> {
	try {
		return await work();
	} catch (error) {
		if (error instanceof RunError) throw error;
		throw await problemWith(name, path, error);
	}
}

/** Formats that libvips would know but our build doesn't read; told apart by their first bytes. */
const FOREIGN: readonly (readonly [name: string, test: (head: Buffer) => boolean])[] = [
	['HEIC', (head) => /^ftyp(?:heic|heix|heim|heis|hevc|hevx|mif1|msf1)/.test(head.toString('latin1', 4, 12))],
	['JPEG 2000', (head) => head.subarray(4, 8).equals(Buffer.from('jP  ')) || head.readUInt32BE(0) === 0xff4fff51],
	['JPEG XL', (head) => head.readUInt16BE(0) === 0xff0a || head.subarray(4, 8).equals(Buffer.from('JXL '))],
	['BMP', (head) => head.toString('latin1', 0, 2) === 'BM'],
	['PSD', (head) => head.toString('latin1', 0, 4) === '8BPS'],
];
const KNOWN: readonly (readonly [name: string, start: string])[] = [
	['JPEG', 'ffd8'],
	['PNG', '89504e47'],
	['GIF', '47494638'],
	['WebP', '52494646'],
	['TIFF', '4949'],
	['TIFF', '4d4d'],
];

async function problemWith(name: string, path: string, error: unknown): Promise<RunError> {
	const detail = error instanceof Error ? error.message : String(error);
	const head = Buffer.concat([(await readFile(path).catch(() => Buffer.alloc(0))).subarray(0, 64), Buffer.alloc(64)]);
	const foreign = FOREIGN.find(([, test]) => test(head));
	if (foreign !== undefined) return new RunError('image.not-readable', { name, format: foreign[0] }, { detail }, error);
	const format = KNOWN.find(([, start]) => head.toString('hex').startsWith(start))?.[0] ?? (head.toString('latin1').includes('<') ? 'SVG' : 'a picture');
	if (/premature end|truncated|unexpected end|too short/i.test(detail)) return new RunError('image.cut-off', { name, format }, { detail }, error);
	const reason = detail.split('\n')[0]?.replace(/^Input (?:file|buffer) /, '') ?? detail;
	return new RunError('input.broken', { name, format, reason }, { detail }, error);
}
