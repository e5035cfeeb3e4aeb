import { describe, expect, it } from 'vitest';
import { SPECS } from '../../../nodes/catalogue.ts';
import type { AnyMetadata, Fixture, Metadata, Spec } from '../../../nodes/define.ts';
import fromAnimation from '../../../nodes/video/from-animation.ts';
import { videoPlanner } from '../../../server/backends/video/plan.ts';
import { type From, groupOf, pathOf, planned, runGroup, type Use, withFolder } from './harness.ts';

const specs = SPECS.filter((spec) => spec.medium === 'video');

function useOf(spec: Spec): Use {
	const from = Object.entries(spec.example.inputs).map(([port, fixtures]): [string, readonly From[]] => [
		port,
		[fixtures].flat().filter((one): one is Fixture => one !== undefined),
	]);
	return { spec, params: spec.example.params, from: Object.fromEntries(from) };
}

/** What was said, for as far as something was said. */
function expectSaid(said: Metadata, made: Metadata): void {
	for (const [field, value] of Object.entries(said)) {
		const real: unknown = made[field as keyof Metadata];
		if (value === null || field === 'alpha') continue;
		if (field === 'content') expectSaid(value as Metadata, real as Metadata);
		else if (field === 'duration') expect(Math.abs(Number(real) - Number(value)), `duration ${real} is near ${value}`).toBeLessThan(0.06);
		else if (field === 'fps') expect(Number(real), field).toBeCloseTo(Number(value), 1);
		else expect(real, field).toEqual(value);
	}
}

describe('every video and audio node', () => {
	it.each(specs.map((spec) => [spec.id, spec] as const))('%s: its example runs, and describe says what comes out', async (_, spec) => {
		await withFolder(async (folder) => {
			const plan = await planned([useOf(spec)], fromAnimation);
			const group = groupOf(plan);
			expect(videoPlanner.estimate(group)).toBeGreaterThan(0);
			expect(videoPlanner.explain(group).join('\n')).toContain('ffmpeg');
			const [made = []] = await runGroup(group, folder);
			const said = plan.described.at(-1) as AnyMetadata;
			const first = made[0];
			if (first === undefined) throw new Error('nothing was made');
			expect(pathOf(first).startsWith(folder)).toBe(true);
			if ('element' in said) {
				expect(made.length).toBe(said.count);
				expectSaid(said.element, first.metadata);
			} else expectSaid(said, first.metadata);
		});
	});

	it.each(specs.map((spec) => [spec.id, spec] as const))('%s: describe holds up when nothing is known', (_, spec) => {
		const unknown: Record<string, unknown> = {};
		const blanks: Record<string, AnyMetadata> = {
			video: { kind: 'video', width: null, height: null, duration: null, fps: null, audio: null, codec: null, audioCodec: null, format: null },
			audio: { kind: 'audio', duration: null, sampleRate: null, channels: null, codec: null, format: null },
			image: { kind: 'image', width: null, height: null, frames: null, duration: null, alpha: null, format: null },
		};
		for (const [port, { kind, many }] of Object.entries(spec.inputs)) unknown[port] = many === true ? { count: null, element: blanks[kind] } : blanks[kind];
		const params = spec.params.parse(spec.example.params) as Readonly<Record<string, unknown>>;
		expect(() => spec.describe(params, unknown as Readonly<Record<string, AnyMetadata>>)).not.toThrow();
	});

	it.each(specs.filter((spec) => spec.hidden !== true).map((spec) => [spec.id, spec] as const))('%s has enough phrases', (_, spec) => {
		expect(spec.phrases.en.length).toBeGreaterThanOrEqual(12);
		expect(spec.phrases.zh.length).toBeGreaterThanOrEqual(8);
	});
});
