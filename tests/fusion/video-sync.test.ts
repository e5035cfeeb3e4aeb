import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { specOf } from '../../nodes/catalogue.ts';
import type { Spec } from '../../nodes/define.ts';
import fromAnimation from '../../nodes/video/from-animation.ts';
import { type Film, ffmpeg, film, framesOf, lateness, samplesOf, worstPsnr } from '../backends/video/films.ts';
import { groupOf, pathOf, planned, runGroup, runSplit, type Use } from '../backends/video/harness.ts';

let folder = '';
beforeAll(async () => {
	folder = await mkdtemp(join(tmpdir(), 'millwright-sync-'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

function spec(id: string): Spec {
	const found = specOf(id);
	if (found === undefined) throw new Error(`no ${id}`);
	return found;
}

/** A piece, faster; then joined to another piece of the same film. */
function uses(path: string): readonly Use[] {
	return [
		{ spec: spec('video.trim'), params: { keep: 'range', from: 0.55, to: 3.1 }, from: { video: [{ path }] } },
		{ spec: spec('video.speed'), params: { factor: 1.5 }, from: { video: [0] } },
		{ spec: spec('video.trim'), params: { keep: 'drop-first', seconds: 2.2 }, from: { video: [{ path }] } },
		{ spec: spec('video.concat'), from: { videos: [1, 2] } },
	];
}

const VARYING: Film = { filter: "select='not(mod(n,3))+not(mod(n,7))+lt(mod(n,50),12)'" };
const FILMS: readonly (readonly [string, Film & { readonly ending?: string }])[] = [
	['at a constant rate', {}],
	['with frames of different lengths', VARYING],
	['with frames of different lengths, in Matroska', { ...VARYING, ending: 'mkv' }],
	['of odd size', { size: '101x75', args: ['-pix_fmt', 'yuv444p'], ending: 'mkv' }],
	['at 29.97 frames a second', { fps: '30000/1001' }],
	['at 23.976 frames a second on a clock of 600', { fps: '24000/1001', args: ['-video_track_timescale', '600'] }],
	['with sound of 44.1 kHz', { args: ['-ar', '44100'] }],
	['without sound', { sound: false }],
];

describe('a film cut, made faster and joined in one command is what it is node by node:', () => {
	it.each(FILMS)('one %s', async (_, how) => {
		const own = await mkdtemp(join(folder, 'film-'));
		const source = await film(join(own, `source.${how.ending ?? 'mp4'}`), { seconds: 4, ...how });
		await expectSame(source, own, how.sound !== false);
	});

	it('one whose picture begins after its sound', async () => {
		const own = await mkdtemp(join(folder, 'film-'));
		const plain = await film(join(own, 'plain.mp4'), { seconds: 4 });
		const source = join(own, 'late.mp4');
		await ffmpeg('-i', plain, '-itsoffset', '0.3', '-i', plain, '-map', '1:v', '-map', '0:a', '-c', 'copy', source);
		await expectSame(source, own, true);
	});
});

async function expectSame(source: string, own: string, sound: boolean): Promise<void> {
	const plan = await planned(uses(source), fromAnimation);
	const [made] = await runGroup(groupOf(plan), await mkdtemp(join(own, 'fused-')));
	const fused = pathOf(made?.[0]);
	const split = pathOf(await runSplit(plan, await mkdtemp(join(own, 'split-'))));
	const [a, b] = [await framesOf(fused), await framesOf(split)];
	expect(a.length).toBe(b.length);
	for (const [i, { at }] of a.entries()) expect(Math.abs(at - (b[i]?.at ?? -1)), `frame ${i} at ${at}`).toBeLessThan(0.002);
	expect(await worstPsnr(fused, split, 0)).toBeGreaterThan(40);
	if (!sound) return;
	const [one, other] = [await samplesOf(fused), await samplesOf(split)];
	expect(Math.abs(one.length - other.length)).toBeLessThan(0.005 * 48_000);
	for (const at of [0.1, 1, 1.8, 2.5, 3.1]) expect(Math.abs(lateness(one, other, 0, at)), `sound at ${at} s`).toBeLessThan(0.003);
}
