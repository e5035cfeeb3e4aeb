/** Fused equals unfused, for every ordered pair of image nodes; where a pair may not share a pass, the backend splits it itself. */
import { describe, expect, it } from 'vitest';
import { SPECS } from '../../nodes/catalogue.ts';
import type { Fixture, Params } from '../../nodes/define.ts';
import { difference, imageOf, joins, pathOf, runFused, runUnfused, type Use } from '../backends/image/harness.ts';
import { fixture } from '../fixtures/index.ts';

const MORE: Readonly<Record<string, readonly Params[]>> = {
	'image.crop': [{ by: 'pixels', left: 10, top: 20, width: 60, height: 50 }],
	'image.rotate': [{ turn: 'right' }, { turn: 'by', angle: 33, background: '#ff0000' }],
	'image.resize': [{ width: 90, height: 90, fit: 'cover' }],
	'image.pad': [{ by: 'pixels', left: 7, bottom: 9, background: '#0044ff80' }],
	'image.flip': [{ direction: 'vertical' }],
	'image.adjust': [
		{ brightness: -20, saturation: 40 },
		{ gamma: 0.5, contrast: -30 },
	],
};

const USES: readonly Use[] = SPECS.filter(
	(spec) => spec.medium === 'image' && spec.id.startsWith('image.') && spec.saves !== true && spec.hidden !== true,
).flatMap((spec) =>
	[spec.example.params, ...(MORE[spec.id] ?? [])].map((params) => ({
		spec: spec.id,
		params,
		...(spec.inputs.mark === undefined ? {} : { mark: fixture('logo') }),
	})),
);
const PICTURES: readonly Fixture[] = ['photo', 'logo', 'animation'];
/** Frames are done one by one, as stills are, so an animation needs each node once only. */
const usesOn = (picture: Fixture) => (picture === 'animation' ? USES.filter((use, index) => USES.findIndex((one) => one.spec === use.spec) === index) : USES);
const named = ({ spec, params }: Use) => `${spec.slice(6)}${JSON.stringify(params)}`;

describe('fused equals unfused', () => {
	for (const picture of PICTURES)
		for (const first of usesOn(picture))
			it(`${named(first)} then anything, on ${picture}`, async () => {
				const wrong: string[] = [];
				let together = 0;
				const alone = await runUnfused(fixture(picture), [first]);
				for (const second of usesOn(picture)) {
					const uses = [first, second];
					if ((await joins(fixture(picture), uses)) === true) together++;
					const { made } = await runFused(fixture(picture), uses);
					const { made: apart } = await runFused(pathOf(alone), [second], alone.metadata);
					const { mean, most } = await difference(pathOf(made), pathOf(apart));
					if (mean > 1.5 || most > 24) wrong.push(`${named(second)}: mean ${mean.toFixed(2)}, most ${most}`);
					if (imageOf(made.metadata).alpha !== imageOf(apart.metadata).alpha) wrong.push(`${named(second)}: transparency differs`);
				}
				expect(wrong).toEqual([]);
				expect(together).toBeGreaterThan(0);
			});
});
