import { execFile } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { SPECS } from '../../nodes/catalogue.ts';
import type { Spec } from '../../nodes/define.ts';
import fromAnimation from '../../nodes/video/from-animation.ts';
import { groupOf, pathOf, planned, runGroup, type Use } from '../backends/video/harness.ts';

const run = promisify(execFile);

/** Parameters for a clip of 64×36, 1 s; each spec from video to video. */
const PARAMS: Readonly<Record<string, Readonly<Record<string, unknown>>>> = {
	'video.trim': { keep: 'drop-first', seconds: 0.1 },
	'video.scale': { width: 48 },
	'video.crop': { to: 'aspect', aspect: '1:1' },
	'video.pad': { to: 'aspect', across: 1, down: 1 },
	'video.fade': { in: 0.1, out: 0.1 },
	'video.blur': { sigma: 1 },
	'video.fps': { fps: 15 },
	'video.text': { text: 'Hi' },
	'video.overlay': { width: 30 },
	'video.concat': {},
	'video.volume': { decibels: -3 },
};
const QUIET = new Set(['video.preview', 'video.from-animation', 'video.proxy']);
const specs = SPECS.filter(
	(spec) =>
		spec.medium === 'video' && !QUIET.has(spec.id) && Object.values(spec.outputs)[0]?.kind === 'video' && Object.values(spec.inputs)[0]?.kind === 'video',
);

let folder = '';
let clip = '';
beforeAll(async () => {
	folder = await mkdtemp(join(tmpdir(), 'millwright-pairs-'));
	clip = join(folder, 'tiny.mp4');
	const source = ['-f', 'lavfi', '-i', 'testsrc2=size=64x36:rate=30:duration=1', '-f', 'lavfi', '-i', 'sine=frequency=330:duration=1'];
	await run('ffmpeg', ['-nostdin', '-v', 'error', ...source, '-c:v', 'libx264', '-pix_fmt', 'yuv420p', '-g', '6', '-c:a', 'aac', clip]);
});
afterAll(() => rm(folder, { recursive: true, force: true }));

function use(spec: Spec, from: number | { readonly path: string }): Use {
	const ports = Object.entries(spec.inputs).map(([port, { kind, many }], i) => {
		if (many === true) return [port, [from, { path: clip }]] as const;
		if (i === 0) return [port, [from]] as const;
		return [port, [kind === 'image' ? 'logo' : kind === 'audio' ? 'tone' : { path: clip }]] as const;
	});
	return { spec, params: PARAMS[spec.id] ?? {}, from: Object.fromEntries(ports) };
}

/** Mean signal-to-noise ratio in dB. */
async function psnr(a: string, b: string): Promise<number> {
	const graph = '[0:v]format=yuv444p,setpts=N/TB/30[a];[1:v]format=yuv444p,setpts=N/TB/30[b];[a][b]psnr';
	const { stderr } = await run('ffmpeg', ['-nostdin', '-v', 'info', '-i', a, '-i', b, '-filter_complex', graph, '-f', 'null', '-']);
	const text = /PSNR .*average:(\S+)/.exec(stderr)?.[1] ?? 'nan';
	return text === 'inf' ? Number.POSITIVE_INFINITY : Number(text);
}

/* One command for the first node and all that may follow it, against one that reads what the first node alone has written. */
describe('two video nodes in one command make what they make one after the other', () => {
	it.each(specs.map((spec) => [spec.id, spec] as const))(
		'%s before every other',
		async (_, first) => {
			const own = await mkdtemp(join(folder, 'first-'));
			const alone = await planned([use(first, { path: clip })], fromAnimation);
			const [written] = await runGroup(groupOf(alone), await mkdtemp(join(own, 'alone-')));
			const path = pathOf(written?.[0]);
			const seconds = specs.filter((spec) => spec.id !== 'video.volume' || first.id !== 'video.mute');

			const together = await planned([use(first, { path: clip }), ...seconds.map((second) => use(second, 0))], fromAnimation);
			const after = await planned(
				seconds.map((second) => use(second, { path })),
				fromAnimation,
			);
			const fused = await runGroup(
				groupOf(
					together,
					seconds.map((_, i) => i + 1),
				),
				await mkdtemp(join(own, 'fused-')),
			);
			const split = await runGroup(
				groupOf(
					after,
					seconds.map((_, i) => i),
				),
				await mkdtemp(join(own, 'split-')),
			);
			for (const [i, second] of seconds.entries()) {
				const pair = `${first.id} → ${second.id}`;
				const a = fused[i]?.[0]?.metadata;
				const b = split[i]?.[0]?.metadata;
				if (a?.kind !== 'video' || b?.kind !== 'video') throw new Error(pair);
				expect([a.width, a.height, a.audio], pair).toEqual([b.width, b.height, b.audio]);
				expect(Math.abs((a.duration ?? 0) - (b.duration ?? 0)), `${pair}: duration ${a.duration} ${b.duration}`).toBeLessThan(0.005);
				/* A fade follows the clock, and the file in between has its times in whole milliseconds: a step or two of brightness. */
				expect(await psnr(pathOf(fused[i]?.[0]), pathOf(split[i]?.[0])), `${pair}: PSNR`).toBeGreaterThan(second.id === 'video.fade' ? 32 : 45);
			}
			await rm(own, { recursive: true });
		},
		180_000,
	);
});
