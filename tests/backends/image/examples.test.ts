import { describe, expect, it } from 'vitest';
import { SPECS } from '../../../nodes/catalogue.ts';
import type { Fixture } from '../../../nodes/define.ts';
import { probeImage } from '../../../server/backends/image/probe.ts';
import { fixture } from '../../fixtures/index.ts';
import { chain, imageOf, pathOf, runFused, type Use } from './harness.ts';

const OWN = SPECS.filter((spec) => spec.medium === 'image' && spec.id.startsWith('image.'));
const PICTURES: readonly Fixture[] = ['photo', 'portrait', 'logo', 'animation'];

describe('every image node', () => {
	for (const spec of OWN)
		for (const picture of PICTURES)
			it(`${spec.id} gives of ${picture} what it describes`, async () => {
				const mark = spec.inputs.mark === undefined ? {} : { mark: fixture('logo') };
				const use: Use = { spec: spec.id, params: spec.example.params, ...mark };
				const { parts } = await chain(fixture(picture), [use]);
				const described = Object.values(parts[0]?.expected ?? {})[0];
				const { made } = await runFused(fixture(picture), [use]);
				const truth = imageOf(made.metadata);
				const wanted = imageOf(described);
				for (const [key, value] of Object.entries(wanted)) if (value !== null) expect({ [key]: truth[key as keyof typeof truth] }).toEqual({ [key]: value });
				const probed = await probeImage(pathOf(made), truth.format ?? 'png', 'result');
				expect({ width: probed.width, height: probed.height, frames: probed.frames }).toEqual({
					width: truth.width,
					height: truth.height,
					frames: truth.frames,
				});
				if (truth.frames === 1) expect(probed.alpha).toBe(truth.alpha);
				if (truth.duration !== null) expect(probed.duration).toBeCloseTo(truth.duration, 5);
			});
});

it('describes sizes it cannot know as unknown', () => {
	for (const spec of OWN) {
		const unknown = { kind: 'image', width: null, height: null, frames: null, duration: null, alpha: null, format: null } as const;
		const params = spec.params.parse(spec.example.params) as Readonly<Record<string, unknown>>;
		expect(() => spec.describe(params, { image: unknown, mark: unknown })).not.toThrow();
	}
});
