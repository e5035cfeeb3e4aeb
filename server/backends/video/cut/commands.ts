/** The commands of a cut: its parts as private files, and the join. */
import { soundEncoder } from '../command/encode.ts';
import { GUARDS } from '../command/inputs.ts';
import { num } from '../command/quote.ts';
import { cutSound } from '../command/sound.ts';
import { type OpenFile, type Stream, write } from '../command/streams.ts';
import type { FilmTarget } from './eligible.ts';
import type { StreamFacts } from './packets.ts';
import type { CutPlan, Encoded } from './plan.ts';

/** How long before a place reading begins, so that no container lands behind it: in seconds, by frames a second. */
export const lead = (fps: number) => Math.max(1, 20 / Math.max(1, fps));

interface From {
	readonly path: string;
	/** Seconds at which the file begins. */
	readonly begins: number;
	/** Ticks a second. */
	readonly clock: number;
	readonly fps: number;
}

/** Packets as they are, shown from 0 on. */
export function copyPart({ path, begins, clock, fps }: From, { copy }: CutPlan, name: string): readonly string[] {
	const from = copy.from / clock;
	const seek = from - begins - lead(fps);
	const limit = copy.until === null ? [] : ['-t', num(copy.until / clock - Math.max(0, seek) - begins + 2 * lead(fps))];
	const outside = copy.until === null ? `lt(pts,${copy.from})` : `lt(pts,${copy.from})+gte(pts,${copy.until})`;
	return [
		...[...(seek > 0 ? ['-ss', num(seek)] : []), ...limit, ...GUARDS, '-copyts', '-i', `file:${path}`],
		...['-map', '0:V:0', '-c', 'copy', '-bsf:v', `noise=drop='${outside}',setts=pts=PTS-${copy.from}:dts=DTS-${copy.from}`],
		...partEnd(clock, name),
	];
}

/** Frames encoded like those beside them, shown from 0 on, and decoded as early as they are. `sets`: a number that the file's own parameter sets don't have. */
export function encodedPart({ path, begins, clock }: From, part: Encoded, plan: CutPlan, facts: StreamFacts, sets: number, name: string): readonly string[] {
	const seek = part.from / clock - begins - 0.0005;
	const known = (option: string, value: string | undefined) => (value === undefined || value === 'unknown' || value === 'reserved' ? [] : [option, value]);
	const profile = PROFILES[facts.profile ?? ''];
	return [
		...[...(seek > 0 ? ['-ss', num(seek)] : []), ...GUARDS, '-noautorotate', '-i', `file:${path}`],
		...['-map', '0:V:0', '-vf', 'setpts=PTS-STARTPTS', '-frames:v', String(part.count), '-fps_mode', 'passthrough', '-enc_time_base', '-1'],
		...['-c:v', 'libx264', '-preset', 'medium', '-crf', '16', '-bf', '0', '-g', '9999', '-sc_threshold', '0', '-x264-params', `sps-id=${sets}`],
		...(profile === undefined ? [] : ['-profile:v', profile]),
		...(facts.pix_fmt === undefined ? [] : ['-pix_fmt', facts.pix_fmt]),
		...known('-color_range', facts.color_range),
		...known('-colorspace', facts.color_space),
		...known('-color_trc', facts.color_transfer),
		...known('-color_primaries', facts.color_primaries),
		...['-bsf:v', `setts=pts=PTS:dts=DTS-${plan.copy.delay}:duration='if(gte(N,${part.count - 1}),${lengthOf(part, plan)},DURATION)'`],
		...partEnd(clock, name),
	];
}

const PROFILES: Readonly<Record<string, string>> = { 'Constrained Baseline': 'baseline', Baseline: 'baseline', Main: 'main', High: 'high' };

const partEnd = (clock: number, name: string) => [
	'-an',
	'-video_track_timescale',
	String(clock),
	'-movflags',
	'+negative_cts_offsets',
	'-f',
	'mp4',
	`file:${name}`,
];

/* For how long the part's last frame is shown. */
function lengthOf(part: Encoded, { frames, last }: CutPlan): number {
	const at = frames.indexOf(part.from) + part.count;
	const [end, next] = [frames[at - 1], frames[at]];
	return end === undefined || next === undefined ? last : next - end;
}

/** The list by which ffmpeg reads the parts as one, each for exactly as long as it lasts. */
export function partList(
	names: { readonly head: string; readonly copy: string; readonly tail: string },
	{ frames, head, copy, tail, last }: CutPlan,
	clock: number,
): string {
	const [first = 0, end = 0] = [frames[0], frames.at(-1)];
	const stop = end + last;
	const parts = [
		...(head === null ? [] : [{ name: names.head, ticks: copy.from - first }]),
		{ name: names.copy, ticks: (copy.until === null || tail === null ? stop : tail.from) - copy.from },
		...(tail === null ? [] : [{ name: names.tail, ticks: stop - tail.from }]),
	];
	return ['ffconcat version 1.0', ...parts.flatMap(({ name, ticks }) => [`file ${name}`, `duration ${(ticks / clock).toFixed(6)}`]), ''].join('\n');
}

/** How the sound of [start, end) is made. */
export interface SoundCut {
	readonly start: number;
	readonly end: number | null;
	/** The packets that are copied: those that begin in [from, until], in seconds from `start`. Null where all of it is encoded. */
	readonly copy: {
		readonly from: number;
		readonly until: number /** Ticks a second of what is written. */;
		readonly clock: number;
		readonly count: number;
	} | null;
}

/** Joins the parts, and adds the sound. */
export function join(path: string, list: string, sound: SoundCut | null, target: FilmTarget, out: string): readonly string[] {
	const start = sound?.start ?? 0;
	const early = sound?.copy === null && start > 0 ? EARLY : 0;
	const pictures: OpenFile = { args: ['-protocol_whitelist', 'file', '-f', 'concat', '-safe', '1'], path: list };
	const limit = sound === null || sound.end === null ? [] : ['-t', num(sound.end - start + 0.5)];
	const source: OpenFile = { args: [...GUARDS, ...(start > 0 ? ['-ss', num(start - early)] : []), ...limit], path };
	const sinks: Stream[] = [{ from: 'file', file: pictures, media: 'v' }];
	const samples: Stream = { from: 'file', file: source, media: 'a' };
	if (sound !== null) sinks.push(sound.copy !== null ? samples : cutSound(samples, early, sound.end === null ? null : sound.end - start + early));
	const written = write(sinks);
	const files = written.files.includes(source) ? written.files : [...written.files, source];
	const film = target.format === 'mkv' || target.format === 'webm' ? [] : ['-movflags', '+faststart'];
	return [
		...files.flatMap((file) => [...file.args, '-i', `file:${file.path}`]),
		...(written.graph === '' ? [] : ['-filter_complex', written.graph]),
		...written.maps.flatMap((map) => ['-map', map]),
		...['-c:v', 'copy', ...(target.codec === 'h265' && target.format !== 'mkv' ? ['-tag:v', 'hvc1'] : [])],
		...(sound === null ? [] : sound.copy === null ? soundEncoder(target) : ['-c:a', 'copy', ...outside(sound)]),
		...['-map_metadata', String(files.indexOf(source)), '-map_chapters', '-1', '-fflags', '+bitexact', ...film],
		...['-f', target.format === 'mkv' ? 'matroska' : target.format, `file:${out}`],
	];
}

const EARLY = 0.001;

function outside({ copy }: SoundCut): readonly string[] {
	if (copy === null) return [];
	const ticks = (seconds: number) => num(seconds * copy.clock);
	const conditions = [
		...(Number.isFinite(copy.from) ? [`lt(pts,${ticks(copy.from)})`] : []),
		...(Number.isFinite(copy.until) ? [`gt(pts,${ticks(copy.until)})`] : []),
	];
	return conditions.length === 0 ? [] : ['-bsf:a', `noise=drop='${conditions.join('+')}'`];
}

/** Only the container changes: the streams as they are. */
export function rewrapped(path: string, sound: boolean, copySound: boolean, target: FilmTarget, out: string): readonly string[] {
	return [
		...[...GUARDS, '-i', `file:${path}`, '-map', '0:V:0', ...(sound ? ['-map', '0:a:0'] : []), '-c:v', 'copy'],
		...(sound ? (copySound ? ['-c:a', 'copy'] : soundEncoder(target)) : []),
		...['-map_chapters', '-1', '-fflags', '+bitexact', '-f', target.format === 'mkv' ? 'matroska' : target.format, `file:${out}`],
	];
}
