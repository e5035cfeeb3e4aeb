/** What a script may ask of a video or a sound before it works on it; the same answers as `probe.ts` gives, from ffprobe alone. */
import { execFileSync } from 'node:child_process';
import { closeSync, openSync, readSync } from 'node:fs';
import { SNIFF_BYTES, sniff } from '../../../nodes/sniff.ts';

type Facts = Readonly<Record<string, string | number | boolean | null>>;
type Answer = { readonly [key: string]: unknown };

/** Pixels of the upright picture, seconds, frames a second. */
export async function videoFacts(path: string, name: string): Promise<Facts> {
	const { streams, container } = ask(path, []);
	const picture = streams.find((stream) => stream.codec_type === 'video' && object(stream.disposition).attached_pic !== 1);
	const sound = streams.find((stream) => stream.codec_type === 'audio');
	const duration = durationOf(picture) ?? number(container.duration) ?? 0;
	const turn = list(picture?.side_data_list).find((one) => one.rotation !== undefined)?.rotation ?? number(object(picture?.tags).rotate) ?? 0;
	const lies = Math.abs(Number(turn)) % 180 === 90;
	const [width, height] = [number(picture?.width) ?? 0, number(picture?.height) ?? 0];
	return {
		width: lies ? height : width,
		height: lies ? width : height,
		duration,
		fps: rateOf(picture, duration, path),
		audio: sound !== undefined,
		codec: text(picture?.codec_name),
		audioCodec: text(sound?.codec_name),
		format: formatOf(path, name),
	};
}

/** Seconds, hertz. */
export async function audioFacts(path: string, name: string): Promise<Facts> {
	const { streams, container } = ask(path, []);
	const sound = streams.find((stream) => stream.codec_type === 'audio');
	return {
		duration: durationOf(sound) ?? number(container.duration) ?? 0,
		sampleRate: number(sound?.sample_rate) ?? 0,
		channels: number(sound?.channels) ?? 0,
		codec: text(sound?.codec_name),
		format: formatOf(path, name),
	};
}

function ask(path: string, more: readonly string[]): { readonly streams: readonly Answer[]; readonly container: Answer } {
	const guards = ['-protocol_whitelist', 'file,pipe'];
	const args = ['-v', 'error', ...guards, ...more, '-show_streams', '-show_format', '-of', 'json', '-i', `file:${path}`];
	const answer = object(JSON.parse(execFileSync('ffprobe', args, { encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'], maxBuffer: 1 << 26 })));
	return { streams: list(answer.streams), container: object(answer.format) };
}

/* Matroska keeps the time at which a stream ends in a tag. */
function durationOf(stream: Answer | undefined): number | undefined {
	const stated = number(stream?.duration);
	if (stated !== undefined) return stated;
	const [hours, minutes, rest] = (text(object(stream?.tags).DURATION) ?? '').split(':').map(Number);
	if (hours === undefined || minutes === undefined || rest === undefined) return undefined;
	return hours * 3600 + minutes * 60 + rest - Math.max(0, number(stream?.start_time) ?? 0);
}

function rateOf(stream: Answer | undefined, duration: number, path: string): number {
	const neat = (fps: number) => Math.round(fps * 1000) / 1000;
	const average = rational(stream?.avg_frame_rate);
	if (average > 0) return neat(average);
	const [counted] = ask(path, ['-count_packets', '-select_streams', 'V:0']).streams;
	if (rational(counted?.avg_frame_rate) > 0) return neat(rational(counted?.avg_frame_rate));
	const packets = number(counted?.nb_read_packets);
	return packets !== undefined && duration > 0 ? neat(packets / duration) : neat(rational(counted?.r_frame_rate) || 25);
}

function formatOf(path: string, name: string): string {
	const head = Buffer.alloc(SNIFF_BYTES);
	const file = openSync(path, 'r');
	try {
		return sniff(head.subarray(0, readSync(file, head, 0, head.length, 0)), name).format;
	} finally {
		closeSync(file);
	}
}

function rational(value: unknown): number {
	const [above, below] = String(value ?? '')
		.split('/')
		.map(Number);
	return above === undefined || below === undefined || !(below > 0) ? 0 : above / below;
}
function number(value: unknown): number | undefined {
	const found = value === undefined || value === null || value === '' ? Number.NaN : Number(value);
	return Number.isFinite(found) ? found : undefined;
}
function text(value: unknown): string | null {
	return typeof value === 'string' ? value : null;
}
function object(value: unknown): Answer {
	return typeof value === 'object' && value !== null ? { ...value } : {};
}
function list(value: unknown): readonly Answer[] {
	return Array.isArray(value) ? value.map(object) : [];
}
