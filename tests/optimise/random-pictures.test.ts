/** Random chains of image steps give the same picture as the rules put them and as they stand. */
import { join } from 'node:path';
import fc from 'fast-check';
import sharp from 'sharp';
import { beforeAll, expect, it } from 'vitest';
import type { ImageStep } from '../../nodes/steps/image.ts';
import { difference, folder } from '../backends/image/harness.ts';
import { fixture } from '../fixtures/index.ts';
import { better, madeBy, stepsOf } from './image-harness.ts';

/** A step of a random chain; crops and sizes are shares of the picture that they meet. */
type Drawn =
	| ImageStep
	| { readonly op: 'part'; readonly x: number; readonly y: number; readonly share: number }
	| { readonly op: 'sized'; readonly factor: number };

const share = fc.double({ min: 0, max: 1, noNaN: true });
const step: fc.Arbitrary<Drawn> = fc.oneof(
	{ weight: 3, arbitrary: fc.record({ op: fc.constant('part' as const), x: share, y: share, share: fc.double({ min: 0.5, max: 1, noNaN: true }) }) },
	{ weight: 2, arbitrary: fc.record({ op: fc.constant('sized' as const), factor: fc.constantFrom(0.5, 0.7, 1, 1.3) }) },
	{ weight: 2, arbitrary: fc.constant<Drawn>({ op: 'greyscale' }) },
	{
		weight: 6,
		arbitrary: fc.constantFrom<Drawn>(
			{ op: 'flip' },
			{ op: 'flop' },
			...[0, 90, 180, 270].map((angle) => ({ op: 'rotate', angle, background: '#ffffff' }) as const),
			{ op: 'negate' },
			{ op: 'tint', colour: '#704214' },
			{ op: 'linear', a: 0.9, b: 10 },
			{ op: 'modulate', brightness: 1.1, saturation: 0.8, hue: 0 },
			{ op: 'gamma', gamma: 1.2 },
			{ op: 'flatten', background: '#3366cc' },
			{ op: 'blur', sigma: 1 },
			{ op: 'extend', top: 3, bottom: 0, left: 5, right: 2, background: '#ffcc00' },
		),
	},
);

/** Drawn steps with numbers that fit the size that they meet. */
function fitted(drawn: readonly Drawn[], width: number, height: number): ImageStep[] {
	const size = { width, height };
	return drawn.map((one): ImageStep => {
		if (one.op === 'part') {
			const box = { width: Math.max(8, Math.round(size.width * one.share)), height: Math.max(8, Math.round(size.height * one.share)) };
			const made = { op: 'extract', left: Math.floor((size.width - box.width) * one.x), top: Math.floor((size.height - box.height) * one.y), ...box } as const;
			Object.assign(size, box);
			return made;
		}
		if (one.op === 'sized') {
			Object.assign(size, { width: Math.max(12, Math.round(size.width * one.factor)), height: Math.max(12, Math.round(size.height * one.factor)) });
			return { op: 'resize', ...size, fit: 'fill' };
		}
		if (one.op === 'extend') Object.assign(size, { width: size.width + one.left + one.right, height: size.height + one.top + one.bottom });
		if (one.op === 'rotate' && one.angle % 180 !== 0) Object.assign(size, { width: size.height, height: size.width });
		return one;
	});
}

const pictures: { readonly path: string; readonly width: number; readonly height: number }[] = [];
beforeAll(async () => {
	const own = await folder();
	for (const [name, from] of [
		['opaque', sharp(fixture('photo')).resize(121, 83)],
		['clear', sharp(fixture('logo')).resize(96, 96)],
	] as const) {
		const path = join(own, `${name}.png`);
		const { width, height } = await from.png().toFile(path);
		pictures.push({ path, width, height });
	}
	pictures.push({ path: fixture('portrait'), width: 200, height: 300 });
});

it('random chains stay what they are', async () => {
	const fired = new Set<string>();
	let shorter = 0;
	await fc.assert(
		fc.asyncProperty(fc.nat({ max: 2 }), fc.array(step, { minLength: 6, maxLength: 8 }), async (which, drawn) => {
			const picture = pictures[which];
			if (picture === undefined) return;
			const chain = fitted(drawn, picture.width, picture.height);
			const { plain, quick, rules } = await better(picture.path, chain);
			if (rules.length === 0) return;
			for (const rule of rules) fired.add(rule);
			if (stepsOf(quick).length < chain.length) shorter++;
			const { mean } = await difference(await madeBy(quick), await madeBy(plain));
			const said = JSON.stringify({ picture: picture.path, chain, quick: stepsOf(quick), rules });
			expect(mean, said).toBeLessThanOrEqual(1);
		}),
		{ seed: Number(process.env.RANDOM_SEED ?? 2026), numRuns: Number(process.env.RANDOM_CHAINS ?? 120) },
	);
	expect(fired.size).toBeGreaterThan(6);
	expect(shorter).toBeGreaterThan(5);
}, 120_000);
