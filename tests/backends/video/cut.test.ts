import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { specOf } from '../../../nodes/catalogue.ts';
import type { Spec } from '../../../nodes/define.ts';
import fromAnimation from '../../../nodes/video/from-animation.ts';
import { cutsOf } from '../../../server/backends/video/cut/eligible.ts';
import { type Attempt, cutOut } from '../../../server/backends/video/cut/make.ts';
import { videoPlanner } from '../../../server/backends/video/plan.ts';
import { type Film, ffmpeg, film, framesOf, lateness, samplesOf, worstPsnr } from './films.ts';
import { context, groupOf, pathOf, planned, runGroup, type Use } from './harness.ts';

let folder = '';
beforeAll(async () => {
	folder = await mkdtemp(join(tmpdir(), 'millwright-cut-'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

function spec(id: string): Spec {
	const found = specOf(id);
	if (found === undefined) throw new Error(`no ${id}`);
	return found;
}

type Params = Readonly<Record<string, unknown>>;

async function groupFor(path: string, nodes: readonly (readonly [string, Params?])[]) {
	const uses: Use[] = nodes.map(([id, params = {}], i) => ({ spec: spec(id), params, from: { video: i === 0 ? [{ path }] : [i - 1] } }));
	return groupOf(await planned(uses, fromAnimation));
}

async function inner(): Promise<string> {
	return mkdtemp(join(folder, 'out-'));
}

/** What comes of the first output that may be cut out. */
async function attempt(path: string, nodes: readonly (readonly [string, Params?])[]): Promise<Attempt> {
	const [cut] = cutsOf(await groupFor(path, nodes));
	if (cut === undefined) return { why: 'not eligible' };
	const own = await inner();
	return cutOut(cut, `made.${cut.target.format}`, context(own));
}

const sources = new Map<string, Promise<string>>();
/** A film like this; made once. */
function made(how: Film & { readonly ending?: string } = {}): Promise<string> {
	const key = JSON.stringify(how);
	const known = sources.get(key) ?? film(join(folder, `source-${sources.size}.${how.ending ?? 'mp4'}`), how);
	sources.set(key, known);
	return known;
}

interface Expected {
	/** Number of the first frame in the source. */
	readonly first: number;
	readonly frames: number;
	/** Frames that may be encoded, at the beginning and at the end; those have to be. */
	readonly head?: number;
	readonly tail?: number;
}

const trimmed = (params: Params) => ['video.trim', params] as const;
const saved = (format: string, more: Params = {}) => ['video.save', { format, ...more }] as const;

/** The cut, checked against the source and against the way of encoding everything. */
async function expectExact(source: string, trims: readonly Params[], format: string, expected: Expected, more: Params = {}): Promise<string> {
	const { first, frames, head = 0, tail = 0 } = expected;
	const result = await attempt(source, [...trims.map(trimmed), saved(format, more)]);
	if (!('path' in result)) throw new Error(result.why);
	expect(result.how).toMatch(head + tail === 0 ? /^stream copy$/ : /^smart cut: encodes \d+\.\d s, copies \d+\.\d s$/);
	const [encoded] = await runGroup(await groupFor(source, [...trims.map(trimmed), saved(format, { ...more, quality: 50 })]), await inner());
	const [whole, cut, reference] = await Promise.all([framesOf(source), framesOf(result.path), framesOf(pathOf(encoded?.[0]))]);
	expect(cut).toHaveLength(frames);
	expect(reference).toHaveLength(frames);
	/* Matroska moves a whole film by what its first frames have to be decoded earlier, or its sound begins. */
	const [zero, other] = [cut[0]?.at ?? -1, reference[0]?.at ?? -1];
	if (format === 'mkv' || format === 'webm') expect(zero).toBeLessThan(0.1);
	else expect([zero, other]).toEqual([0, 0]);
	for (const [i, { at }] of cut.entries()) expect(Math.abs(at - zero - (reference[i]?.at ?? -1) + other), `frame ${i} is shown at ${at}`).toBeLessThan(0.0015);
	const same = cut.map(({ hash }, i) => hash === whole[first + i]?.hash);
	expect(same.slice(head, frames - tail).every(Boolean), `copied frames are those of the source: ${same.map(Number).join('')}`).toBe(true);
	if (head + tail > 0) expect(await worstPsnr(result.path, source, first)).toBeGreaterThan(33);
	/* A player that jumps into the middle finds its way. */
	await ffmpeg('-ss', String((cut.at(-1)?.at ?? 0) / 2), '-i', result.path, '-frames:v', '3', '-fps_mode', 'passthrough', '-f', 'framemd5', '-');
	return result.path;
}

/** The sound of a piece from `from` on is where it was, to `slack` seconds. */
async function expectInStep(path: string, source: string, from: number, slack: number, times: readonly number[]): Promise<void> {
	const [sound, whole] = await Promise.all([samplesOf(path), samplesOf(source)]);
	for (const at of times) expect(Math.abs(lateness(sound, whole, from, at)), `sound at ${at} s`).toBeLessThanOrEqual(slack);
}

const MIDDLE = { keep: 'range', from: 3.3, to: 8.1 };

describe('a trimmed film with nothing else done to it', () => {
	it('is a plain copy where it begins at a key frame and no frame at its end needs a later one', async () => {
		const source = await made({ args: ['-bf', '0'] });
		const path = await expectExact(source, [{ keep: 'range', from: 2, to: 7.4 }], 'mp4', { first: 50, frames: 135 });
		await expectInStep(path, source, 2, 0, [0, 1, 5]);
		expect(Math.abs((await samplesOf(path)).length / 48_000 - 5.4)).toBeLessThan(1024 / 48_000);
	});

	it('is encoded from the cut to the next key frame, and copied from there on', async () => {
		const source = await made();
		const path = await expectExact(source, [{ keep: 'drop-first', seconds: 3.3 }], 'mp4', { first: 83, frames: 167, head: 17 });
		await expectInStep(path, source, 3.3, 0, [0, 0.2, 3, 6.4]);
	});

	it('encodes the last few frames where they were kept by means of a later one', async () => {
		await expectExact(await made(), [{ keep: 'first', seconds: 5.12 }], 'mp4', { first: 0, frames: 128, tail: 4 });
	});

	it.each(['mp4', 'mov', 'mkv'])('is cut at both ends into %s', async (format) => {
		const source = await made();
		const path = await expectExact(source, [MIDDLE], format, { first: 83, frames: 120, head: 17, tail: 4 });
		await expectInStep(path, source, 3.3, 0.000_5, [0.1, 3, 4.6]);
	});

	it('is cut twice, one cut within the other', async () => {
		const source = await made();
		const trims = [
			{ keep: 'drop-first', seconds: 1.13 },
			{ keep: 'range', from: 2.17, to: 6.97 },
		];
		const path = await expectExact(source, trims, 'mp4', { first: 84, frames: 120, head: 16, tail: 5 });
		await expectInStep(path, source, 3.3, 0, [0, 3]);
	});

	it('without its sound, or without any', async () => {
		const source = await made({ sound: false });
		await expectExact(source, [MIDDLE], 'mp4', { first: 83, frames: 120, head: 17, tail: 4 });
		const muted = await attempt(await made(), [['video.mute'], trimmed(MIDDLE), saved('mp4')]);
		if (!('path' in muted)) throw new Error(muted.why);
		await expect(samplesOf(muted.path)).rejects.toThrow(/matches no streams/);
	});
});

describe('films of many kinds are cut exactly', () => {
	const FPS = { ntsc: 30_000 / 1001, film: 24_000 / 1001 };
	const at = (fps: number, seconds: number) => Math.ceil((seconds - 0.001) * fps - 1e-6);
	it.each([
		['at 29.97 frames a second', { fps: '30000/1001' }, FPS.ntsc],
		['at 23.976 frames a second on a clock of thousandths', { fps: '24000/1001', args: ['-video_track_timescale', '1000'] }, FPS.film],
		['on a clock of 600', { fps: '30', args: ['-video_track_timescale', '600'] }, 30],
		['on a clock of a million', { fps: '24', args: ['-video_track_timescale', '1000000'] }, 24],
		['in Matroska', { fps: '30', ending: 'mkv' }, 30],
		['in Matroska at 29.97', { fps: '30000/1001', ending: 'mkv' }, FPS.ntsc],
		['with many B-frames', { args: ['-bf', '8', '-b_strategy', '2', '-refs', '6', '-x264-params', 'b-pyramid=normal'] }, 25],
		['of the baseline profile', { args: ['-profile:v', 'baseline'] }, 25],
		['for streaming, with slices', { args: ['-tune', 'zerolatency', '-slices', '4'] }, 25],
		['of full range and named colours', { args: ['-pix_fmt', 'yuvj420p', '-colorspace', 'bt709', '-color_trc', 'bt709', '-color_primaries', 'bt709'] }, 25],
		['with pixels that are not square', { args: ['-aspect', '4:3'] }, 25],
	] as const)('%s', async (_, how, fps) => {
		const source = await made(how);
		const [first, end] = [at(fps, 3.3), at(fps, 8.1)];
		const path = await expectExact(source, [MIDDLE], 'mp4', { first, frames: end - first, head: 50, tail: 12 });
		await expectInStep(path, source, 3.3, 0.001, [0.1, 4.5]);
	});
});

describe('films that are not as they seem', () => {
	/** Numbers of the frames that lie in a piece, by what a player shows. */
	const piece = async (source: string, from: number, to: number) => {
		const times = (await framesOf(source)).map(({ at }) => at);
		const kept = times.filter((at) => at >= from - 0.001 && at < to - 0.001);
		return { first: times.indexOf(kept[0] ?? 0), frames: kept.length };
	};

	it('with frames of different lengths keep every time', async () => {
		const source = await made({ filter: "select='not(mod(n,3))+not(mod(n,7))+lt(mod(n,50),12)'", args: ['-g', '60'] });
		const path = await expectExact(source, [MIDDLE], 'mp4', { ...(await piece(source, 3.3, 8.1)), head: 50, tail: 12 });
		/* The first frame is shown at once; the rest keeps its rhythm, and so does the sound. */
		await expectInStep(path, source, 3.3, 0.001, [0.1, 4]);
	});

	it('whose picture begins after the sound', async () => {
		const plain = await made();
		const source = join(folder, 'late.mp4');
		await ffmpeg('-i', plain, '-itsoffset', '0.5', '-i', plain, '-map', '1:v', '-map', '0:a', '-c', 'copy', source);
		const path = await expectExact(source, [MIDDLE], 'mp4', { ...(await piece(source, 3.3, 8.1)), head: 30, tail: 5 });
		await expectInStep(path, source, 3.3, 0.001, [0.1, 4]);
	});

	it('that begin at a time of their own', async () => {
		const plain = await made();
		const source = join(folder, 'offset.mkv');
		await ffmpeg('-i', plain, '-c', 'copy', '-output_ts_offset', '7', source);
		const path = await expectExact(source, [MIDDLE], 'mp4', { ...(await piece(source, 3.3, 8.1)), head: 18, tail: 5 });
		await expectInStep(path, source, 3.3, 0.001, [0.1, 4]);
	});

	it('that lie on their side stay turned, and go into Matroska only encoded', async () => {
		const plain = await made();
		const source = join(folder, 'turned.mp4');
		await ffmpeg('-i', plain, '-c', 'copy', '-metadata:s:v', 'rotate=90', source);
		const path = await expectExact(source, [MIDDLE], 'mp4', { first: 83, frames: 120, head: 17, tail: 4 });
		const [first] = await runGroup(await groupFor(path, [['video.mute']]), await inner());
		expect(first?.[0]?.metadata).toMatchObject({ width: 72, height: 128 });
		expect(await attempt(source, [saved('mkv')])).toMatchObject({ why: expect.stringContaining('turned') });
		const [matroska] = await runGroup(await groupFor(source, [trimmed(MIDDLE), saved('mkv')]), await inner());
		expect(matroska?.[0]?.metadata).toMatchObject({ content: { width: 72, height: 128, codec: 'h264' } });
	});

	it('that an edit list has shortened before', async () => {
		const plain = await made();
		const source = join(folder, 'edited.mp4');
		await ffmpeg('-ss', '2.3', '-i', plain, '-c', 'copy', source);
		const cut = { keep: 'range', from: 3.3, to: 6.1 };
		const path = await expectExact(source, [cut], 'mp4', { ...(await piece(source, 3.3, 6.1)), head: 50, tail: 5 });
		await expectInStep(path, source, 3.3, 0.001, [0.1, 2]);
	});
});

describe('where copying would not be exact, everything is encoded', () => {
	const OPEN = ['-x264-params', 'open-gop=1:keyint=50:min-keyint=50:scenecut=0:bframes=3:b-adapt=0'];
	it.each([
		['open', MIDDLE, { args: OPEN }, /key frames are open/],
		['only at the beginning', MIDDLE, { args: ['-g', '1000'] }, /none in the piece/],
		['seldom', { keep: 'range', from: 0.4, to: 5.2 }, { args: ['-g', '100'] }, /lies beside key frames/],
		['lines of two fields', MIDDLE, { size: '160x96', args: ['-flags', '+ildct+ilme', '-x264-params', 'tff=1'] }, /begin at a key frame/],
		['of ten bits', MIDDLE, { args: ['-pix_fmt', 'yuv420p10le'] }, /begin at a key frame/],
	] as const)('%s', async (_, trim, how, why) => {
		const source = await made(how);
		expect(await attempt(source, [trimmed(trim), saved('mp4')])).toEqual({ why: expect.stringMatching(why) });
		const [encoded] = await runGroup(await groupFor(source, [trimmed(trim), saved('mp4')]), await inner());
		const frames = await framesOf(pathOf(encoded?.[0]));
		expect(frames).toHaveLength(Math.round((trim.to - trim.from) * 25));
	});

	it('H.265 is copied from key frame to key frame only', async () => {
		const x265 = ['-c:v', 'libx265', '-x265-params', 'log-level=error:open-gop=0:keyint=50:min-keyint=50:bframes=0', '-tag:v', 'hvc1'];
		const source = await made({ args: x265, seconds: 6 });
		const path = await expectExact(source, [{ keep: 'range', from: 2, to: 5.2 }], 'mp4', { first: 50, frames: 80 }, { codec: 'h265' });
		await expectInStep(path, source, 2, 0, [0, 3]);
		expect(await attempt(source, [trimmed({ keep: 'drop-first', seconds: 1.5 }), saved('mp4', { codec: 'h265' })])).toMatchObject({ why: /key frame/ });
	});

	it('VP9 is copied from key frame on, with its sound encoded', async () => {
		const vp9 = ['-c:v', 'libvpx-vp9', '-deadline', 'realtime', '-cpu-used', '8', '-b:v', '300k', '-c:a', 'libopus'];
		const source = await made({ args: vp9, seconds: 6, ending: 'webm' });
		const path = await expectExact(source, [{ keep: 'range', from: 2, to: 5.2 }], 'webm', { first: 50, frames: 80 });
		/* Opus begins a few milliseconds early, and the container says so in its own way. */
		await expectInStep(path, source, 2, 0.01, [0.1, 3]);
	});

	it('a quality that was asked for is given', async () => {
		const group = await groupFor(await made(), [trimmed(MIDDLE), saved('mp4', { quality: 60 })]);
		expect(cutsOf(group)).toEqual([]);
		expect(videoPlanner.explain(group)[0]).toBe('# re-encodes: a quality is set');
		const copied = await groupFor(await made(), [trimmed(MIDDLE), saved('mp4')]);
		expect(videoPlanner.explain(copied)[0]).toMatch(/^# stream copy or smart cut, decided by the file's key frames/);
		expect(videoPlanner.estimate(copied)).toBeLessThan(videoPlanner.estimate(group));
	});
});

describe('beside other outputs', () => {
	it('a cut film is copied, and the others come from one decoder', async () => {
		const source = await made();
		const uses: Use[] = [
			{ spec: spec('video.trim'), params: MIDDLE, from: { video: [{ path: source }] } },
			{ spec: spec('video.save'), params: { format: 'mp4' }, from: { video: [0] } },
			{ spec: spec('video.save'), params: { format: 'gif', fps: 5 }, from: { video: [0] } },
			{ spec: spec('video.thumbnail'), params: { at: 1 }, from: { video: [0] } },
		];
		const group = groupOf(await planned(uses, fromAnimation), [1, 2, 3]);
		const values = await runGroup(group, await inner());
		const whole = new Set((await framesOf(source)).map(({ hash }) => hash));
		const kinds = new Map(values.map(([value]) => [value?.metadata.kind === 'file' ? value.metadata.format : value?.metadata.kind, value]));
		expect([...kinds.keys()].sort()).toEqual(['gif', 'image', 'mp4']);
		const copied = (await framesOf(pathOf(kinds.get('mp4')))).filter(({ hash }) => whole.has(hash));
		expect(copied.length).toBeGreaterThan(95);
	});
});

describe('a film in another container', () => {
	it.each([
		['mp4', 'mkv'],
		['mov', 'mp4'],
		['mkv', 'mov'],
	])('goes from %s into %s as it is', async (ending, format) => {
		const source = await made({ ending, seconds: 3 });
		const [value] = await runGroup(await groupFor(source, [saved(format)]), await inner());
		const [whole, copied] = await Promise.all([framesOf(source), framesOf(pathOf(value?.[0]))]);
		expect(copied.map(({ hash }) => hash)).toEqual(whole.map(({ hash }) => hash));
		expect(videoPlanner.explain(await groupFor(source, [saved(format)]))[0]).toMatch(/^# stream copy/);
		await expectInStep(pathOf(value?.[0]), source, 0, 0.03, [1]);
	});

	it('its sound goes into a file of the same codec as it is', async () => {
		const source = await made({ seconds: 3 });
		const uses: Use[] = [
			{ spec: spec('video.extract-audio'), from: { video: [{ path: source }] } },
			{ spec: spec('audio.save'), params: { format: 'm4a' }, from: { audio: [0] } },
		];
		const group = groupOf(await planned(uses, fromAnimation));
		expect(videoPlanner.explain(group).join(' ')).toContain('-c:a copy');
		const [value] = await runGroup(group, await inner());
		await expectInStep(pathOf(value?.[0]), source, 0, 0, [0.1, 2]);
	});
});
