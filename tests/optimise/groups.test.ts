/** Where rules apply: chains inside a group, with every reference tied anew. */
import { describe, expect, it } from 'vitest';
import type { Metadata } from '../../nodes/define.ts';
import type { VideoStep } from '../../nodes/steps/video.ts';
import { videoPlanner } from '../../server/backends/video/plan.ts';
import type { Group, Part, Planner, Ref } from '../../server/engine/group.ts';
import { optimise, withRules } from '../../server/engine/optimise.ts';
import { RULES } from '../../server/open.ts';

const film: Metadata = { kind: 'video', width: 64, height: 36, duration: 3, fps: 25, audio: false, codec: 'h264', audioCodec: null, format: 'mp4' };
const grey: VideoStep = { op: 'greyscale' };
const trim: VideoStep = { op: 'trim', start: 1, end: 2 };
const blur: VideoStep = { op: 'blur', sigma: 2 };
const over: VideoStep = { op: 'overlay', input: 'over', width: 20, gravity: 'centre', margin: 0, opacity: 1 };

const part = (node: string, steps: readonly VideoStep[], inputs: Readonly<Record<string, readonly Ref[]>>): Part => ({
	...{ node, spec: `test.${node}`, params: {}, steps, inputs },
	expected: { video: film },
});
const at = (index: number): Ref => ({ part: index, port: 'video' });
const input = (key: string): Group['inputs'][number] => ({ key, metadata: film, from: 'file', path: `/${key}.mp4`, name: `${key}.mp4` });
const group = (parts: readonly Part[], outputs: readonly number[]): Group => ({
	backend: 'video',
	parts,
	inputs: [input('a'), input('b')],
	outputs: outputs.map((index) => ({ key: `out-${index}`, part: index, port: 'video', keep: 'file' })),
});
const shape = (made: Group) => made.parts.map(({ node, steps, inputs }) => [node, steps.map((step) => step.op).join(), inputs]);

describe('a rewritten group', () => {
	it('reads beside its chain what it read before, though that is made elsewhere now', () => {
		const plain = group(
			[
				part('grey', [grey], { video: [{ input: 0 }] }),
				part('soft', [blur], { video: [{ input: 1 }] }),
				part('cut', [trim], { video: [at(0)] }),
				part('short', [trim], { video: [at(1)] }),
				part('over', [over], { video: [at(2)], over: [at(3)] }),
			],
			[4],
		);
		const { group: made, applied } = optimise(plain, videoPlanner);
		expect(applied.map(({ rule, nodes }) => [rule.name, nodes])).toEqual([
			['video.trim-first', ['soft', 'short']],
			['video.trim-first', ['grey', 'cut']],
		]);
		expect(shape(made)).toEqual([
			['short', 'trim', { video: [{ input: 1 }] }],
			['soft', 'blur', { video: [at(0)] }],
			['cut', 'trim', { video: [{ input: 0 }] }],
			['grey', 'greyscale', { video: [at(2)] }],
			['over', 'overlay', { video: [at(3)], over: [at(1)] }],
		]);
		expect(made.outputs).toEqual([{ key: 'out-4', part: 4, port: 'video', keep: 'file' }]);
	});

	it('keeps the steps of one node together where nothing comes between them', () => {
		const plain = group([part('grey', [grey], { video: [{ input: 0 }] }), part('both', [trim, blur], { video: [at(0)] })], [1]);
		expect(shape(optimise(plain, videoPlanner).group)).toEqual([
			['both', 'trim', { video: [{ input: 0 }] }],
			['grey', 'greyscale', { video: [at(0)] }],
			['both', 'blur', { video: [at(1)] }],
		]);
	});

	it('does not touch what has several readers, or what somebody looks at', () => {
		const parts = [part('grey', [grey], { video: [{ input: 0 }] }), part('cut', [trim], { video: [at(0)] }), part('other', [trim], { video: [at(0)] })];
		expect(optimise(group(parts, [1, 2]), videoPlanner).applied).toEqual([]);
		expect(optimise(group(parts.slice(0, 2), [0, 1]), videoPlanner).applied).toEqual([]);
	});

	it('is the very group where no rule has anything to say', () => {
		const plain = group([part('soft', [blur], { video: [{ input: 0 }] })], [0]);
		expect(optimise(plain, videoPlanner).group).toBe(plain);
	});

	it('is left as it was by rules that would never end', () => {
		const restless: Planner = {
			...videoPlanner,
			rules: [
				{
					name: 'test.restless',
					summary: { en: '', zh: '' },
					tolerance: 'exact',
					span: 1,
					apply: ([step]) => (step === undefined ? null : [{ from: 0, step }]),
				},
			],
		};
		const plain = group([part('soft', [blur], { video: [{ input: 0 }] })], [0]);
		expect(optimise(plain, restless)).toEqual({ group: plain, applied: [] });
	});
});

describe('rules', () => {
	it('are switched off one by one or together', () => {
		const planners = { image: videoPlanner, video: videoPlanner, table: videoPlanner, task: videoPlanner };
		expect(withRules(planners, false).video.rules).toEqual([]);
		expect(withRules(planners, true).video.rules).toBe(videoPlanner.rules);
		expect(withRules(planners, { without: ['video.trim-first'] }).video.rules.map((rule) => rule.name)).toEqual(
			videoPlanner.rules.map((rule) => rule.name).filter((name) => name !== 'video.trim-first'),
		);
	});

	it('have names that are used once', () => {
		expect(new Set(RULES).size).toBe(RULES.length);
	});
});
