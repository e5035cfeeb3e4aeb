import { z } from 'zod';
import type { AudioMetadata, ImageMetadata, Metadata, VideoMetadata } from '../../../nodes/define.ts';
import { RunError } from '../../../nodes/problems.ts';
import { runChild } from './child.ts';
import { GUARDS } from './command/inputs.ts';

const rational = z.string().transform((text) => {
	const [above, below] = text.split('/').map(Number);
	return above === undefined || below === undefined || !(below > 0) ? 0 : above / below;
});
const seconds = z.string().transform(Number).pipe(z.number());
const streamSchema = z.object({
	codec_type: z.string().optional(),
	codec_name: z.string().optional(),
	width: z.number().optional(),
	height: z.number().optional(),
	pix_fmt: z.string().optional(),
	duration: seconds.optional(),
	start_time: seconds.optional(),
	avg_frame_rate: rational.optional(),
	r_frame_rate: rational.optional(),
	nb_read_packets: z.string().transform(Number).optional(),
	sample_rate: z.string().transform(Number).optional(),
	channels: z.number().optional(),
	disposition: z.object({ attached_pic: z.number().optional() }).optional(),
	tags: z.record(z.string(), z.string()).optional(),
	side_data_list: z.array(z.looseObject({ rotation: z.number().optional() })).optional(),
});
const answerSchema = z.object({
	streams: z.array(streamSchema).default([]),
	format: z.object({ format_name: z.string().optional(), start_time: seconds.optional(), duration: seconds.optional() }).default({}),
});
type StreamFacts = z.output<typeof streamSchema>;

/**
 * What a file of pictures or sound holds: its readings as video and as audio, the one that people mean first.
 * @throws RunError `input.broken` where ffmpeg can't read it, or it holds neither.
 */
export async function probeMedia(path: string, format: string, name: string = path, signal?: AbortSignal): Promise<readonly (VideoMetadata | AudioMetadata)[]> {
	const { streams, format: container } = await ask(path, [], format, name, signal);
	const picture = streams.find((stream) => stream.codec_type === 'video' && stream.disposition?.attached_pic !== 1);
	const sound = streams.find((stream) => stream.codec_type === 'audio');
	const readings: (VideoMetadata | AudioMetadata)[] = [];
	if (picture !== undefined) {
		const counted = (picture.avg_frame_rate ?? 0) > 0 ? picture : await countFrames(path, format, name, signal);
		const duration = pictureDuration(picture, container.start_time) ?? container.duration ?? 0;
		readings.push({
			kind: 'video',
			...uprightSize(picture),
			duration,
			fps: rateOf(counted, duration),
			audio: sound !== undefined,
			codec: picture.codec_name ?? null,
			audioCodec: sound?.codec_name ?? null,
			format,
			...(sound?.sample_rate === undefined || sound.channels === undefined ? {} : { sound: { sampleRate: sound.sample_rate, channels: sound.channels } }),
		});
	}
	if (sound !== undefined)
		readings.push({
			kind: 'audio',
			duration: durationOf(sound) ?? container.duration ?? 0,
			sampleRate: sound.sample_rate ?? 0,
			channels: sound.channels ?? 0,
			codec: sound.codec_name ?? null,
			format,
		});
	if (readings.length === 0) throw new RunError('input.broken', { name, format, reason: 'there is neither a picture nor sound in it' });
	return readings;
}

/** How a file's picture is stored (`yuv420p`); null where it has none. */
export async function probePixelFormat(path: string, format: string): Promise<string | null> {
	const { streams } = await ask(path, [], format, path);
	return streams.find((stream) => stream.codec_type === 'video')?.pix_fmt ?? null;
}

/** Size, frames and duration of a picture file that ffmpeg wrote (PNG, GIF, WebP). */
export async function probePicture(path: string, format: string, signal?: AbortSignal): Promise<ImageMetadata> {
	const { streams } = await ask(path, ['-count_packets'], format, path, signal);
	const stream = streams[0];
	const frames = stream?.nb_read_packets ?? 1;
	const duration = frames > 1 ? (stream === undefined ? 0 : (durationOf(stream) ?? 0)) : 0;
	const alpha = /^(?:rgba|bgra|argb|abgr|yuva|ya|gbrap)/.test(stream?.pix_fmt ?? '');
	return { kind: 'image', width: stream?.width ?? 0, height: stream?.height ?? 0, frames, duration, alpha, format };
}

async function ask(path: string, more: readonly string[], format: string, name: string, signal?: AbortSignal) {
	const args = ['-v', 'error', ...GUARDS, ...more, '-of', 'json', '-show_streams', '-show_format', '-i', `file:${path}`];
	try {
		const text = await runChild('ffprobe', args, { name, ...(signal === undefined ? {} : { signal }) });
		return answerSchema.parse(JSON.parse(text));
	} catch (error) {
		if (!(error instanceof RunError) || error.problem.resource === true) throw error;
		const reason = error.problem.key === 'video.broken' ? String(error.problem.values.reason) : error.message;
		throw new RunError('input.broken', { name, format, reason }, error.problem.detail === undefined ? {} : { detail: error.problem.detail }, error);
	}
}

async function countFrames(path: string, format: string, name: string, signal?: AbortSignal): Promise<StreamFacts | undefined> {
	const { streams } = await ask(path, ['-count_packets', '-select_streams', 'V:0'], format, name, signal);
	return streams[0];
}

/* Decoding delays a picture by a frame or two against the sound; more than that is a picture that is shown later, and ends later. */
const SHOWN_LATER = 0.1;

function pictureDuration(picture: StreamFacts, begins = 0): number | undefined {
	const duration = durationOf(picture);
	const later = (picture.start_time ?? begins) - begins;
	return duration === undefined || later < SHOWN_LATER ? duration : duration + later;
}

/* Matroska keeps the time at which a stream ends in a tag. */
function durationOf(stream: StreamFacts): number | undefined {
	if (stream.duration !== undefined) return stream.duration;
	const [hours, minutes, rest] = (stream.tags?.DURATION ?? '').split(':').map(Number);
	return hours === undefined || minutes === undefined || rest === undefined
		? undefined
		: hours * 3600 + minutes * 60 + rest - Math.max(0, stream.start_time ?? 0);
}

function rateOf(stream: StreamFacts | undefined, duration: number): number {
	if ((stream?.avg_frame_rate ?? 0) > 0) return neat(stream?.avg_frame_rate ?? 0);
	if (stream?.nb_read_packets !== undefined && duration > 0) return neat(stream.nb_read_packets / duration);
	return neat(stream?.r_frame_rate ?? 25);
}

const neat = (fps: number) => Math.round(fps * 1000) / 1000;

function uprightSize(stream: StreamFacts): { width: number; height: number } {
	const turn = stream.side_data_list?.find((data) => data.rotation !== undefined)?.rotation ?? Number(stream.tags?.rotate ?? 0);
	const lies = Math.abs(turn) % 180 === 90;
	const width = stream.width ?? 0;
	const height = stream.height ?? 0;
	return lies ? { width: height, height: width } : { width, height };
}

/** What an encoded file holds, by its ending. */
export async function probeEncoded(path: string, format: string, signal?: AbortSignal): Promise<Exclude<Metadata, { kind: 'file' }> | null> {
	if (format === 'gif' || format === 'png') return probePicture(path, format, signal);
	if (format === 'webp') return null;
	const [first] = await probeMedia(path, format, path, signal);
	return first ?? null;
}
