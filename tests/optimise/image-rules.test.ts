import { join } from 'node:path';
import sharp from 'sharp';
import { beforeAll, describe, expect, it } from 'vitest';
import type { ImageStep } from '../../nodes/steps/image.ts';
import { IMAGE_RULES } from '../../server/backends/image/rules/index.ts';
import { difference, folder } from '../backends/image/harness.ts';
import { fixture } from '../fixtures/index.ts';
import { better, madeBy, stepsOf } from './image-harness.ts';

const crop = (left: number, top: number, width: number, height: number): ImageStep => ({ op: 'extract', left, top, width, height });
const resize = (width: number, height: number, fit: 'fill' | 'cover' = 'fill'): ImageStep => ({ op: 'resize', width, height, fit });
const turn = (angle: number): ImageStep => ({ op: 'rotate', angle, background: '#ffffff' });
const grey: ImageStep = { op: 'greyscale' };
const flip: ImageStep = { op: 'flip' };
const flop: ImageStep = { op: 'flop' };
const negate: ImageStep = { op: 'negate' };
const tint: ImageStep = { op: 'tint', colour: '#704214' };
const bright: ImageStep = { op: 'modulate', brightness: 1.3, saturation: 1.2, hue: 10 };
const contrast: ImageStep = { op: 'linear', a: 1.4, b: -51 };
const fill: ImageStep = { op: 'flatten', background: '#3366cc' };
const gamma: ImageStep = { op: 'gamma', gamma: 0.7 };
const light: ImageStep = { op: 'gamma', gamma: 1.7 };

type Picture = 'photo' | 'portrait' | 'logo' | 'animation' | 'deep' | 'deepClear' | 'odd';
/** A chain, the rules that change it, and what is left of it. */
const EXAMPLES: readonly (readonly [chain: readonly ImageStep[], rules: readonly string[], left: readonly string[], pictures?: readonly Picture[]])[] = [
	[[turn(0), tint], ['image.drop-neutral'], ['tint']],
	[[turn(0), contrast, turn(360)], ['image.drop-neutral'], ['linear']],
	[[crop(5, 5, 40, 30), crop(2, 1, 30, 20)], ['image.merge-crops'], ['extract']],
	[[crop(5, 5, 40, 30), resize(40, 30)], ['image.drop-neutral'], ['extract']],
	[
		[
			{ op: 'linear', a: 1, b: 0 },
			{ op: 'modulate', brightness: 1, saturation: 1, hue: 0 },
		],
		['image.drop-neutral'],
		[],
	],
	[[{ op: 'extend', top: 0, bottom: 0, left: 0, right: 0, background: '#ff0000' }, flip], ['image.drop-neutral'], ['flip']],
	[[fill, fill], ['image.drop-neutral'], ['flatten'], ['logo', 'deepClear']],
	[[negate, negate], ['image.drop-undone'], []],
	[[flip, negate, flip], ['image.merge-turns', 'image.turn-first'], ['negate']],
	[[flip, flop], ['image.merge-turns'], ['rotate']],
	[[turn(90), turn(90), turn(180)], ['image.merge-turns'], []],
	[[turn(90), turn(180)], ['image.merge-turns'], ['rotate']],
	[[turn(90), flop, turn(90)], ['image.merge-turns'], ['flop']],
	[[flip, turn(90), flop], ['image.merge-turns'], ['rotate']],
	[[turn(270), flip], ['image.merge-turns'], ['flop', 'rotate']],
	[[grey, grey], ['image.drop-greys'], ['greyscale']],
	[[grey, tint], ['image.drop-greys'], ['tint']],
	...[grey, bright, contrast, negate, tint, gamma, light].map((step) => [[step, crop(11, 7, 43, 31)], ['image.crop-first'], ['extract', step.op]] as const),
	[[fill, crop(11, 7, 43, 31)], ['image.crop-first'], ['extract', 'flatten'], ['logo', 'deepClear']],
	...[flip, flop, turn(90), turn(180), turn(270)].map((step) => [[step, crop(11, 7, 43, 31)], ['image.crop-first'], ['extract', step.op]] as const),
	...[bright, contrast, negate, tint].map((step) => [[step, turn(90)], ['image.turn-first'], ['rotate', step.op]] as const),
	[
		[tint, flop, crop(3, 4, 40, 50), negate],
		['image.crop-first', 'image.turn-first'],
		['extract', 'flop', 'tint', 'negate'],
	],
	[[resize(50, 40), grey], ['image.grey-first'], ['greyscale', 'resize'], ['photo', 'portrait', 'deep', 'odd']],
	[[resize(400, 300), grey, flip], ['image.grey-first'], ['greyscale', 'resize', 'flip'], ['photo', 'portrait', 'deep', 'odd']],
	[
		[resize(60, 60, 'cover'), grey, turn(270), { op: 'sharpen', sigma: 1, amount: 1 }],
		['image.grey-first'],
		['greyscale', 'resize', 'rotate', 'sharpen'],
		['photo', 'portrait', 'deep', 'odd'],
	],
];

const made: Partial<Record<Picture, string>> = {};
const pathOf = (picture: Picture): string =>
	made[picture] ?? (picture === 'photo' || picture === 'portrait' || picture === 'logo' || picture === 'animation' ? fixture(picture) : '');

beforeAll(async () => {
	const own = await folder();
	const deep = new Uint16Array(97 * 83 * 4);
	for (let y = 0; y < 83; y++) for (let x = 0; x < 97; x++) deep.set([x * 675, y * 789, (x + y) * 364, 20_000 + x * 469], (y * 97 + x) * 4);
	const raw = sharp(deep, { raw: { width: 97, height: 83, channels: 4 } });
	for (const [name, image] of [
		['deepClear', raw.clone()],
		['deep', raw.clone().removeAlpha()],
	] as const) {
		made[name] = join(own, `${name}.png`);
		await image
			.toColourspace('rgb16')
			.png()
			.toFile(made[name] ?? '');
	}
	made.odd = join(own, 'odd.png');
	await sharp(fixture('photo')).resize(201, 133).png().toFile(made.odd);
});

const EVERYTHING: readonly Picture[] = ['photo', 'portrait', 'logo', 'animation', 'deep', 'deepClear', 'odd'];

describe('rules for pictures', () => {
	for (const [chain, rules, left, pictures = EVERYTHING] of EXAMPLES)
		it(`${chain.map((step) => step.op).join(', ')} → ${left.join(', ') || 'nothing'}`, async () => {
			const tiny = rules.some((name) => IMAGE_RULES.find((rule) => rule.name === name)?.tolerance === 'tiny');
			for (const picture of pictures) {
				const { plain, quick, rules: applied } = await better(pathOf(picture), chain);
				expect(applied.toSorted(), picture).toEqual(rules.toSorted());
				expect(stepsOf(quick), picture).toEqual(left);
				const { mean, most } = await difference(await madeBy(quick), await madeBy(plain));
				if (tiny) expect(mean, picture).toBeLessThanOrEqual(1);
				else expect({ mean, most }, picture).toEqual({ mean: 0, most: 0 });
			}
		});

	it('each has a name of its own, words, and an example that makes it fire', () => {
		const names = IMAGE_RULES.map((rule) => rule.name);
		expect(new Set(names).size).toBe(names.length);
		for (const { name, summary } of IMAGE_RULES) {
			expect(name).toMatch(/^image\.[a-z-]+$/);
			expect(summary.en).toMatch(/^[A-Z].*\.$/);
			expect(summary.zh).toMatch(/。$/);
			expect(
				EXAMPLES.some(([, rules]) => rules.includes(name)),
				name,
			).toBe(true);
		}
	});

	it('leave transparent greys, and what does not commute, in the order of the graph', async () => {
		for (const [picture, chain] of [
			['logo', [resize(50, 50), grey]],
			['photo', [contrast, resize(50, 40)]],
			['photo', [negate, resize(50, 40)]],
			['photo', [{ op: 'blur', sigma: 2 }, crop(5, 5, 40, 40)]],
			['photo', [resize(60, 40), crop(5, 5, 30, 30)]],
			['photo', [resize(240, 160), resize(60, 40)]],
			['photo', [{ op: 'text', text: 'Hi', size: 20, colour: '#ffffff', gravity: 'centre', margin: 2, opacity: 1, shadow: false, tile: false }, flip]],
		] as const satisfies readonly (readonly [Picture, readonly ImageStep[]])[])
			expect((await better(pathOf(picture), chain)).rules, JSON.stringify(chain)).toEqual([]);
	});

	it('do not spend a pass of sharp on saving work', async () => {
		const text: ImageStep = { op: 'text', text: 'Hi', size: 20, colour: '#ff0000', gravity: 'centre', margin: 2, opacity: 1, shadow: false, tile: false };
		const { rules } = await better(fixture('photo'), [resize(240, 160), grey, text]);
		expect(rules).toEqual([]);
	});

	it('leave each step with its node', async () => {
		const { quick } = await better(fixture('photo'), [tint, flop, crop(3, 4, 40, 50), negate]);
		expect(quick.parts.map((part) => [part.node, part.spec])).toEqual([
			['n2', 'test.extract'],
			['n1', 'test.flop'],
			['n0', 'test.tint'],
			['n3', 'test.negate'],
		]);
		expect(quick.outputs[0]).toMatchObject({ part: 3, key: 'out' });
		expect(quick.parts[3]?.inputs).toEqual({ image: [{ part: 2, port: 'image' }] });
	});
});
