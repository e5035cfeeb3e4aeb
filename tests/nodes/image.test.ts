import { describe, expect, it } from 'vitest';
import { SPECS } from '../../nodes/catalogue.ts';
import { type AnyMetadata, fieldsOf, type Params } from '../../nodes/define.ts';
import { withDefaultVariant } from '../../nodes/fields.ts';
import { imageSpec } from '../backends/image/harness.ts';

const picture = { kind: 'image', width: 800, height: 600, frames: 1, duration: 0, alpha: false, format: 'jpeg' } as const;

function described(id: string, params: Params, image: AnyMetadata = picture): AnyMetadata | undefined {
	const spec = imageSpec(id);
	return Object.values(spec.describe(spec.params.parse(withDefaultVariant(spec.params, params)) as Params, { image }))[0];
}

describe('sizes', () => {
	const cases: readonly (readonly [id: string, params: Params, width: number, height: number])[] = [
		['image.crop', { by: 'ratio', ratio: 'square' }, 600, 600],
		['image.crop', { by: 'ratio', ratio: '16:9' }, 800, 450],
		['image.crop', { by: 'size', width: 1000, height: 100 }, 800, 100],
		['image.crop', { by: 'pixels', left: 700, top: 0, width: 500, height: 50 }, 100, 50],
		['image.rotate', { turn: 'left' }, 600, 800],
		['image.rotate', { turn: 'by', angle: -90 }, 600, 800],
		['image.rotate', { turn: 'by', angle: 45 }, 990, 990],
		['image.pad', { by: 'ratio', ratio: 'square' }, 800, 800],
		['image.pad', { by: 'size', width: 1080, height: 400 }, 1080, 600],
		['image.pad', { by: 'pixels', left: 3, bottom: 5 }, 803, 605],
		['image.proxy', {}, 800, 600],
	];
	for (const [id, params, width, height] of cases)
		it(`${id} ${JSON.stringify(params)} is ${width}×${height}`, () => expect(described(id, params)).toMatchObject({ width, height }));
});

it('a crop that begins outside the picture is refused, with the size that there is', () => {
	expect(() => described('image.crop', { by: 'pixels', left: 900, top: 0, width: 10, height: 10 })).toThrow(/800×600 px, got left 900/);
});

it('a picture that a format can not hold is refused, with formats that can', () => {
	expect(() => described('image.save', { format: 'webp' }, { ...picture, height: 40_000 })).toThrow(/webp takes at most 16383 px.*png, jpeg, tiff, gif/);
	expect(() => described('image.save', { format: 'jpeg' }, { ...picture, height: 400_000 })).toThrow(/png, tiff/);
});

it('formats without transparency or frames say so', () => {
	const moving = { ...picture, frames: 12, duration: 1.2, alpha: true };
	expect(described('image.save', { format: 'jpeg' }, moving)).toMatchObject({ format: 'jpeg', content: { frames: 1, duration: 0, alpha: false } });
	expect(described('image.save', { format: 'gif' }, moving)).toMatchObject({ format: 'gif', content: { frames: 12, duration: 1.2 } });
});

it('turns around by nothing and radii too small to be seen leave nothing to do', () => {
	for (const [id, params] of [
		['image.rotate', { turn: 'by', angle: 360, background: '#ffffff' }],
		['image.blur', { radius: 0.1 }],
		['image.adjust', { brightness: 0, contrast: 0, saturation: 0, hue: 0, gamma: 1 }],
		['image.background', { colour: '#ffffff' }],
	] as const)
		expect(imageSpec(id).lower(params, { image: picture })).toEqual([]);
});

it('every visible image node can be asked for in many words, and all its fields are known to forms', () => {
	for (const spec of SPECS.filter((one) => one.id.startsWith('image.') && one.hidden !== true && one.id !== 'image.qr')) {
		expect(spec.phrases.en.length, spec.id).toBeGreaterThanOrEqual(12);
		expect(spec.phrases.zh.length, spec.id).toBeGreaterThanOrEqual(8);
		expect(() => fieldsOf(spec.params)).not.toThrow();
	}
});
