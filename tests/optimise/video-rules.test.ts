import { execFile } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Metadata } from '../../nodes/define.ts';
import type { VideoStep } from '../../nodes/steps/video.ts';
import { videoPlanner } from '../../server/backends/video/plan.ts';
import { afterVideoStep } from '../../server/backends/video/rules/after.ts';
import { VIDEO_RULES } from '../../server/backends/video/rules/index.ts';
import type { Group, Part } from '../../server/engine/group.ts';
import { optimise } from '../../server/engine/optimise.ts';
import { look, pathOf, runGroup } from '../backends/video/harness.ts';
import { fixture } from '../fixtures/index.ts';

const run = promisify(execFile);
let folder = '';
/** 95×61 (odd), 4:4:4 without loss, 30000/1001 frames a second, with sound. */
let odd = '';
beforeAll(async () => {
	folder = await mkdtemp(join(tmpdir(), 'millwright-rules-'));
	odd = join(folder, 'odd.mkv');
	const source = ['-f', 'lavfi', '-i', 'testsrc2=size=95x61:rate=30000/1001:duration=2', '-f', 'lavfi', '-i', 'sine=frequency=330:duration=2'];
	await run('ffmpeg', ['-v', 'error', ...source, '-pix_fmt', 'yuv420p', '-c:v', 'ffv1', '-c:a', 'flac', '-shortest', odd]);
});
afterAll(() => rm(folder, { recursive: true }));

const grey: VideoStep = { op: 'greyscale' };
const adjust: VideoStep = { op: 'adjust', brightness: 0.1, contrast: 1.2, saturation: 1.3 };
const blur: VideoStep = { op: 'blur', sigma: 1.5 };
const quieter: VideoStep = { op: 'volume', decibels: -4 };
const text: VideoStep = { op: 'text', text: 'Hi', size: 12, colour: '#ffffff', gravity: 'south', margin: 4, box: false, start: null, end: null };
const late: VideoStep = { ...text, start: 0.5, end: 1 };
const across: VideoStep = { op: 'flip', axis: 'horizontal' };
const down: VideoStep = { op: 'flip', axis: 'vertical' };
const turn = (angle: 90 | 180 | 270): VideoStep => ({ op: 'rotate', angle });
const trim = (start: number, end: number | null): VideoStep => ({ op: 'trim', start, end });
const scale = (width: number, height: number): VideoStep => ({ op: 'scale', width, height, flags: 'lanczos' });
const crop = (left: number, top: number, width: number, height: number): VideoStep => ({ op: 'crop', left, top, width, height });
const fps = (rate: number): VideoStep => ({ op: 'fps', fps: rate });

const EXAMPLES: readonly (readonly [chain: readonly VideoStep[], rules: readonly string[], left: readonly string[]])[] = [
	[[grey, trim(0.7, 1.5)], ['video.trim-first'], ['trim', 'greyscale']],
	[[scale(48, 30), text, quieter, trim(0.333_33, null)], ['video.trim-first'], ['trim', 'scale', 'text', 'volume']],
	[
		[across, blur, { op: 'pad', left: 4, top: 2, width: 340, height: 200, background: '#ff0000' }, trim(0, 0.9)],
		['video.trim-first'],
		['trim', 'flip', 'blur', 'pad'],
	],
	[[{ op: 'mute' }, adjust, trim(1.01, 1.77)], ['video.trim-first'], ['trim', 'mute', 'adjust']],
	[[adjust, text, fps(10)], ['video.fewer-frames-first'], ['fps', 'adjust', 'text']],
	[[scale(48, 30), blur, fps(12.5)], ['video.fewer-frames-first'], ['fps', 'scale', 'blur']],
	[
		[grey, fps(10), trim(0.5, 1.5)],
		['video.fewer-frames-first', 'video.trim-first'],
		['fps', 'trim', 'greyscale'],
	],
	[[adjust, crop(7, 5, 41, 33)], ['video.crop-first'], ['crop', 'adjust']],
	[[grey, crop(8, 4, 40, 32)], ['video.crop-first'], ['crop', 'greyscale']],
	[[grey, scale(40, 30)], ['video.grey-after-shrinking'], ['scale', 'greyscale']],
	[[across, down], ['video.merge-turns'], ['rotate']],
	[[turn(90), turn(180), turn(90)], ['video.merge-turns'], []],
	[[turn(90), turn(90)], ['video.merge-turns'], ['rotate']],
	[[down, down, blur], ['video.merge-turns'], ['blur']],
	[
		[
			{ op: 'adjust', brightness: 0, contrast: 1, saturation: 1 },
			{ op: 'volume', decibels: 0 },
		],
		['video.drop-neutral'],
		[],
	],
];

async function groupOf(path: string, steps: readonly VideoStep[]): Promise<Group> {
	const metadata = await look(path);
	let known: Metadata = metadata;
	const parts = steps.map((step, i): Part => {
		known = afterVideoStep(step, known);
		const from = i === 0 ? ({ input: 0 } as const) : ({ part: i - 1, port: 'video' } as const);
		return { node: `n${i}`, spec: `test.${step.op}`, params: {}, steps: [step], inputs: { video: [from] }, expected: { video: known } };
	});
	return {
		backend: 'video',
		parts,
		inputs: [{ key: 'in', from: 'file', path, name: 'in', metadata }],
		outputs: [{ key: 'out', part: parts.length - 1, port: 'video', keep: 'file' }],
	};
}

async function madeBy(group: Group): Promise<string> {
	const [made] = await runGroup(group, await mkdtemp(join(folder, 'run-')));
	return pathOf(made?.[0]);
}

/** A hash of each frame as it is shown, with its time. */
async function frames(path: string): Promise<readonly string[]> {
	const { stdout } = await run('ffmpeg', ['-v', 'error', '-i', path, '-map', '0:v', '-pix_fmt', 'yuv420p', '-f', 'framemd5', '-']);
	const lines = stdout.split('\n').filter((line) => line !== '' && !line.startsWith('#'));
	expect(lines.length).toBeGreaterThan(5);
	return lines;
}

/** A hash of all samples; empty without sound. */
async function sound(path: string): Promise<string> {
	const { stdout } = await run('ffmpeg', ['-v', 'error', '-i', path, '-map', '0:a?', '-map', '0:v', '-c:v', 'copy', '-f', 'streamhash', '-hash', 'md5', '-']);
	return stdout.split('\n').find((line) => line.includes(',a,')) ?? '';
}

async function psnr(one: string, other: string): Promise<number> {
	const { stderr } = await run('ffmpeg', ['-i', one, '-i', other, '-lavfi', 'psnr', '-f', 'null', '-']);
	const found = /average:(inf|[\d.]+)/.exec(stderr)?.[1];
	return found === 'inf' ? 100 : Number(found);
}

const better = (group: Group) => {
	const { group: quick, applied } = optimise(group, videoPlanner);
	return { quick, rules: [...new Set(applied.map(({ rule }) => rule.name))], left: quick.parts.flatMap((part) => part.steps.map((step) => step.op)) };
};

describe('rules for films', () => {
	for (const [chain, rules, left] of EXAMPLES)
		it(`${chain.map((step) => step.op).join(', ')} → ${left.join(', ') || 'nothing'}`, async () => {
			for (const path of [odd, fixture('clip')]) {
				const plain = await groupOf(path, chain);
				const found = better(plain);
				expect(found.rules.toSorted()).toEqual(rules.toSorted());
				expect(found.left).toEqual(left);
				const [quick, slow] = [await madeBy(found.quick), await madeBy(plain)];
				if (rules.includes('video.grey-after-shrinking')) expect(await psnr(quick, slow), path).toBeGreaterThan(48);
				else expect(await frames(quick), path).toEqual(await frames(slow));
				/* Times in Matroska are whole milliseconds: there, sound after a seek begins up to one earlier or later. */
				if (path !== odd || !rules.includes('video.trim-first')) expect(await sound(quick), path).toEqual(await sound(slow));
			}
		});

	it('make a cut a seek', async () => {
		const plain = await groupOf(fixture('clip'), [grey, scale(160, 90), trim(1.2, 2)]);
		expect(videoPlanner.explain(plain).join()).not.toContain('-ss');
		expect(videoPlanner.explain(better(plain).quick).join()).toMatch(/-ss 1\.199 .*-i /);
	});

	it('need not see to sound that is dropped: its filters are never written', async () => {
		const group = await groupOf(fixture('clip'), [quieter, { op: 'normalise-loudness', lufs: -16 }, grey, { op: 'mute' }]);
		expect(better(group).rules).toEqual([]);
		expect(videoPlanner.explain(group).join()).not.toMatch(/volume|loudnorm/);
	});

	it('leave what depends on time, and what mixes pixels, in the order of the graph', async () => {
		const fade: VideoStep = { op: 'fade', in: 0.3, out: 0.3, duration: 3, picture: true, sound: true };
		for (const chain of [
			[late, trim(0.5, 1)],
			[fade, trim(0.5, 1)],
			[{ op: 'speed', factor: 2 }, trim(0.5, 1)],
			[{ op: 'normalise-loudness', lufs: -16 }, trim(0.5, 1)],
			[grey, fps(60)],
			[blur, crop(4, 4, 40, 40)],
			[scale(160, 90), scale(80, 45)],
			[grey, scale(640, 360)],
			[turn(90), across],
		] as const satisfies readonly (readonly VideoStep[])[])
			expect(better(await groupOf(fixture('clip'), chain)).rules, JSON.stringify(chain)).toEqual([]);
	});

	it('keep apart what others read', async () => {
		const plain = await groupOf(fixture('clip'), [grey, trim(0.5, 1), blur]);
		const looked: Group = { ...plain, outputs: [...plain.outputs, { key: 'grey', part: 0, port: 'video', keep: 'file' }] };
		expect(better(looked).rules).toEqual([]);
	});

	it('each has a name of its own, words, and an example that makes it fire', () => {
		expect(new Set(VIDEO_RULES.map((rule) => rule.name)).size).toBe(VIDEO_RULES.length);
		for (const { name, summary } of VIDEO_RULES) {
			expect(name).toMatch(/^video\.[a-z-]+$/);
			expect(summary.en).toMatch(/^[A-Z].*\.$/);
			expect(summary.zh).toMatch(/。$/);
			expect(
				EXAMPLES.some(([, rules]) => rules.includes(name)),
				name,
			).toBe(true);
		}
	});
});
