/** What finished files are, by other programs than those that made them where there are any. */
import { execFileSync } from 'node:child_process';
import sharp from 'sharp';

export interface Probed {
	readonly codec: string;
	readonly pixels: string;
	readonly width: number;
	readonly height: number;
	/** Seconds. */
	readonly duration: number;
	readonly frames: number;
	readonly sound: boolean;
}

export function probe(path: string): Probed {
	const text = execFileSync('ffprobe', ['-v', 'error', '-count_frames', '-show_streams', '-show_format', '-of', 'json', path]).toString();
	const { streams, format }: { streams: Record<string, string | number>[]; format: Record<string, string> } = JSON.parse(text);
	const picture = streams.find((stream) => stream.codec_type === 'video') ?? {};
	return {
		codec: String(picture.codec_name),
		pixels: String(picture.pix_fmt),
		width: Number(picture.width),
		height: Number(picture.height),
		duration: Number(picture.duration ?? format.duration),
		frames: Number(picture.nb_read_frames),
		sound: streams.some((stream) => stream.codec_type === 'audio'),
	};
}

const SIDE = 48;

/** Every frame as 48×48 RGB, so that frames of different sizes can be compared. */
export function framesOf(path: string, filter = 'null'): Buffer[] {
	const all = execFileSync(
		'ffmpeg',
		['-v', 'error', '-i', path, '-vf', `${filter},scale=${SIDE}:${SIDE}:flags=area`, '-f', 'rawvideo', '-pix_fmt', 'rgb24', '-'],
		{
			maxBuffer: 2 ** 28,
		},
	);
	const length = SIDE * SIDE * 3;
	return Array.from({ length: all.length / length }, (_, i) => all.subarray(i * length, (i + 1) * length));
}

/** Mean difference of two frames, 0…255. */
export function difference(a: Buffer | undefined, b: Buffer | undefined): number {
	if (a === undefined || b === undefined || a.length !== b.length) return Number.POSITIVE_INFINITY;
	return a.reduce((sum, value, i) => sum + Math.abs(value - (b[i] ?? 0)), 0) / a.length;
}

/** Mean of a channel (0 red, 1 green, 2 blue). */
export function mean(frame: Buffer | undefined, channel: number): number {
	return frame === undefined ? Number.NaN : (frame.reduce((sum, value, i) => (i % 3 === channel ? sum + value : sum), 0) / frame.length) * 3;
}

/** Colours that cover at least this share of a picture. */
export async function colours(path: string, share: number): Promise<number> {
	const { data, info } = await sharp(path).flatten({ background: '#fff' }).removeAlpha().raw().toBuffer({ resolveWithObject: true });
	const counts = new Map<number, number>();
	for (let i = 0; i < data.length; i += 3) {
		const key = ((data[i] ?? 0) << 16) | ((data[i + 1] ?? 0) << 8) | (data[i + 2] ?? 0);
		counts.set(key, (counts.get(key) ?? 0) + 1);
	}
	return [...counts.values()].filter((count) => count >= share * info.width * info.height).length;
}

/** How often a GIF plays; 0: for ever; null: once. */
export function loopsOf(bytes: Buffer): number | null {
	const at = bytes.indexOf('NETSCAPE2.0');
	return at < 0 ? null : bytes.readUInt16LE(at + 13);
}
