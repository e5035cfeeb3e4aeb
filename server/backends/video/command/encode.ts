/** What an output is written as: filters that the format needs, and the options of its encoders. */
import type { VideoStep, VideoTarget } from '../../../../nodes/steps/video.ts';
import { constantRate } from './picture.ts';
import { num } from './quote.ts';
import { joined, type Stream, through } from './streams.ts';
import type { Value } from './value.ts';

export interface Encoding {
	readonly ending: string;
	readonly picture: Stream | null;
	readonly sound: Stream | null;
	readonly args: readonly string[];
}

type Of<F extends VideoTarget['format']> = Extract<VideoTarget, { format: F }>;
const untouched = (stream: Stream | null) => stream?.from === 'file';

/** Without a save at the end: lossless, so that going on from the file is the same as going on in the command. */
export function intermediate(value: Value): Encoding {
	const picture = value.picture === null ? [] : ['-c:v', 'ffv1', '-level', '3', '-g', '1', '-fps_mode', 'vfr'];
	const sound = value.sound === null ? [] : ['-c:a', 'flac'];
	const container = value.picture === null ? 'flac' : 'matroska';
	return { ending: value.picture === null ? 'flac' : 'mkv', picture: value.picture, sound: value.sound, args: [...picture, ...sound, '-f', container] };
}

/** The streams and options of a file to keep. */
export function encoded(value: Value, target: VideoTarget): Encoding {
	switch (target.format) {
		case 'mp4':
		case 'mov':
		case 'mkv':
			return film(value, target);
		case 'webm':
			return webm(value, target);
		case 'gif':
			return gif(value, target);
		case 'webp':
			return webp(value, target);
		default:
			return soundFile(value, target);
	}
}

/** Pictures: numbered PNGs. */
export function pictures(value: Value, step: Extract<VideoStep, { op: 'frames' | 'frame' }>): Encoding {
	const args = ['-c:v', 'png', '-pix_fmt', 'rgb24', '-f', 'image2'];
	if (value.picture === null) return { ending: 'png', picture: null, sound: null, args };
	if (step.op === 'frames') {
		const picture = step.fps === null ? value.picture : constantRate(value.picture, step.fps, value.duration);
		return {
			ending: 'png',
			picture,
			sound: null,
			args: [...args, '-fps_mode', 'passthrough', ...(step.limit === null ? [] : ['-frames:v', String(step.limit)])],
		};
	}
	/* The frame that is on the screen at this time began up to one frame's length before. */
	const from = Math.max(0, step.at - (value.fps > 0 ? 1 / value.fps : 0) + 0.0015);
	const latest = Math.max(0, value.duration - (value.fps > 0 ? 1 / value.fps : 0) - 0.002);
	const picture = step.at <= 0 ? value.picture : through(value.picture, 'settb=AVTB', `trim=start=${num(Math.min(from, latest))}`);
	return { ending: 'png', picture, sound: null, args: [...args, '-fps_mode', 'passthrough', '-frames:v', '1', '-update', '1'] };
}

/* Odd sides lose their last line: 4:2:0 has none, and a line of another colour would be seen. */
function even(value: Value): Stream | null {
	if (value.picture === null) return null;
	if (value.width % 2 === 0 && value.height % 2 === 0) return value.picture;
	if (value.width < 2 || value.height < 2) return through(value.picture, 'pad=max(2\\,iw):max(2\\,ih)');
	return through(value.picture, `crop=${value.width - (value.width % 2)}:${value.height - (value.height % 2)}:0:0`);
}

function film(value: Value, target: Of<'mp4' | 'mov' | 'mkv'>): Encoding {
	const copyPicture =
		target.copy &&
		copiesInto(target.format, value.format) &&
		untouched(value.picture) &&
		value.codec === PICTURE_CODECS[target.codec] &&
		value.width % 2 === 0 &&
		value.height % 2 === 0;
	const copySound = target.copy && untouched(value.sound) && soundCopies(target, value.audioCodec);
	const preset = target.draft === true ? 'ultrafast' : 'medium';
	const x265 = ['-c:v', 'libx265', '-preset', preset, '-crf', String(rate(target.quality, 53, 12)), '-x265-params', 'log-level=error'];
	const x264 = ['-c:v', 'libx264', '-preset', preset, '-crf', String(rate(target.quality, 51, 10))];
	const tag = target.codec === 'h265' && target.format !== 'mkv' ? ['-tag:v', 'hvc1'] : [];
	const picture = copyPicture ? ['-c:v', 'copy', ...tag] : [...(target.codec === 'h265' ? x265 : x264), ...tag, '-pix_fmt', 'yuv420p', '-fps_mode', 'vfr'];
	const sound = copySound ? ['-c:a', 'copy'] : soundEncoder(target);
	return {
		ending: target.format,
		picture: copyPicture ? value.picture : even(value),
		sound: value.sound,
		args: [
			...(value.picture === null ? [] : picture),
			...(value.sound === null ? [] : sound),
			...(target.format === 'mkv' ? [] : ['-movflags', '+faststart']),
			'-f',
			target.format === 'mkv' ? 'matroska' : target.format,
		],
	};
}

const MATROSKA: ReadonlySet<string | null> = new Set(['mkv', 'matroska', 'webm']);
const QUICKTIME: ReadonlySet<string | null> = new Set(['mp4', 'mov', 'm4v']);

/** What ffmpeg calls the codecs that films are saved in. */
export const PICTURE_CODECS = { h264: 'h264', h265: 'hevc', vp9: 'vp9', av1: 'av1' } as const;

/** Whether streams can be copied for sure. A phone's MP4 often says "turn me"; Matroska has no place for that in ffmpeg 5.1, and the copy would lie on its side. */
export function copiesInto(format: 'mp4' | 'mov' | 'mkv' | 'webm', from: string | null): boolean {
	return MATROSKA.has(from) || (QUICKTIME.has(from) && (format === 'mp4' || format === 'mov'));
}

type Film = Extract<VideoTarget, { codec: string }>;

/** Whether sound of this codec goes into a film as it is. */
export function soundCopies(target: Film, codec: string | null): boolean {
	if (target.format === 'webm') return codec === 'opus' || codec === 'vorbis';
	return codec === 'aac' || (codec === 'mp3' && target.format !== 'mov');
}

/** Options of the encoder for the sound of a film. */
export function soundEncoder(target: Film): readonly string[] {
	if (target.format === 'webm') return ['-c:a', 'libopus', '-b:a', '128k'];
	return ['-c:a', 'aac', '-b:a', target.draft === true ? '96k' : '160k'];
}

function webm(value: Value, target: Of<'webm'>): Encoding {
	const copyPicture = target.copy && copiesInto(target.format, value.format) && untouched(value.picture) && value.codec === target.codec;
	const copySound = target.copy && untouched(value.sound) && soundCopies(target, value.audioCodec);
	const vp9 = ['-c:v', 'libvpx-vp9', '-crf', String(rate(target.quality, 63, 15)), '-b:v', '0', '-row-mt', '1', '-deadline', 'good', '-cpu-used', '4'];
	const av1 = ['-c:v', 'libsvtav1', '-preset', '8', '-crf', String(rate(target.quality, 63, 15))];
	const picture = copyPicture ? ['-c:v', 'copy'] : [...(target.codec === 'av1' ? av1 : vp9), '-pix_fmt', 'yuv420p', '-fps_mode', 'vfr'];
	return {
		ending: 'webm',
		picture: copyPicture ? value.picture : even(value),
		sound: value.sound,
		args: [...(value.picture === null ? [] : picture), ...(value.sound === null ? [] : copySound ? ['-c:a', 'copy'] : soundEncoder(target)), '-f', 'webm'],
	};
}

/* One palette for the whole animation, made and used in the same pass. */
function gif(value: Value, target: Of<'gif'>): Encoding {
	if (value.picture === null) return { ending: 'gif', picture: null, sound: null, args: [] };
	const constant = target.fps === value.fps ? value.picture : constantRate(value.picture, target.fps, value.duration);
	const palette = through(constant, `palettegen=max_colors=${target.colours}:stats_mode=diff`);
	const dither = target.dither ? 'sierra2_4a' : 'none';
	const picture = joined([constant, palette], `paletteuse=dither=${dither}:diff_mode=rectangle`, 'v');
	return { ending: 'gif', picture, sound: null, args: ['-c:v', 'gif', '-fps_mode', 'vfr', '-loop', String(target.loop), '-f', 'gif'] };
}

function webp(value: Value, target: Of<'webp'>): Encoding {
	const picture = value.picture === null || target.fps === value.fps ? value.picture : constantRate(value.picture, target.fps, value.duration);
	const args = [
		'-c:v',
		'libwebp_anim',
		'-quality',
		String(target.quality),
		'-compression_level',
		'4',
		'-loop',
		String(target.loop),
		'-fps_mode',
		'vfr',
		'-f',
		'webp',
	];
	return { ending: 'webp', picture, sound: null, args };
}

type SoundTarget = Of<'mp3' | 'm4a' | 'ogg' | 'opus'> | Of<'wav' | 'flac'>;
const SOUND = {
	mp3: { codec: 'mp3', encoder: 'libmp3lame', format: 'mp3' },
	m4a: { codec: 'aac', encoder: 'aac', format: 'ipod' },
	ogg: { codec: 'vorbis', encoder: 'libvorbis', format: 'ogg' },
	opus: { codec: 'opus', encoder: 'libopus', format: 'opus' },
	wav: { codec: 'pcm_s16le', encoder: 'pcm_s16le', format: 'wav' },
	flac: { codec: 'flac', encoder: 'flac', format: 'flac' },
} as const;

function soundFile(value: Value, target: SoundTarget): Encoding {
	const known = SOUND[target.format];
	const copy = target.copy && untouched(value.sound) && value.audioCodec === known.codec;
	const bitrate = 'bitrate' in target ? ['-b:a', `${target.bitrate}k`] : [];
	const container = [...(target.format === 'm4a' ? ['-movflags', '+faststart'] : []), '-f', known.format];
	return { ending: target.format, picture: null, sound: value.sound, args: [...(copy ? ['-c:a', 'copy'] : ['-c:a', known.encoder, ...bitrate]), ...container] };
}

/** 1…100 onto the encoder's scale, on which smaller is better. */
function rate(quality: number, worst: number, best: number): number {
	return Math.round(worst - ((worst - best) * quality) / 100);
}
