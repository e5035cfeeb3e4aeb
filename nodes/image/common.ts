/** What several image nodes share: their ports, aspect ratios and places in the picture. */
import { field, type Words } from '../define.ts';
import type { Gravity } from '../steps/image.ts';

const image = { kind: 'image', title: { en: 'Image', zh: '图片' } } as const;

/** One picture in. */
export const IMAGE_IN = { image } as const;
/** One picture out. */
export const IMAGE_OUT = { image } as const;

const RATIOS = {
	square: { en: 'Square (1:1)', zh: '正方形（1:1）' },
	'16:9': { en: '16:9 (wide)', zh: '16:9（宽屏）' },
	'9:16': { en: '9:16 (story)', zh: '9:16（竖屏）' },
	'4:3': { en: '4:3', zh: '4:3' },
	'3:4': { en: '3:4', zh: '3:4' },
	'3:2': { en: '3:2 (photo)', zh: '3:2（照片）' },
	'2:3': { en: '2:3', zh: '2:3' },
	'4:5': { en: '4:5 (portrait post)', zh: '4:5（竖版帖子）' },
	'5:4': { en: '5:4', zh: '5:4' },
	'2:1': { en: '2:1', zh: '2:1' },
	'21:9': { en: '21:9 (cinema)', zh: '21:9（电影）' },
} as const satisfies Record<string, Words>;
export type Ratio = keyof typeof RATIOS;

/** Field of an aspect ratio, width to height. */
export const ratioField = () =>
	field.choice({
		title: { en: 'Shape', zh: '比例' },
		choices: RATIOS,
		default: 'square',
		phrases: { en: ['aspect ratio', 'aspect', 'ratio', 'shape'], zh: ['比例', '宽高比', '长宽比'] },
	});

/** Width divided by height. */
export function ratioOf(ratio: Ratio): number {
	if (ratio === 'square') return 1;
	const [width, height] = ratio.split(':').map(Number);
	return (width ?? 1) / (height ?? 1);
}

const GRAVITIES = {
	centre: { en: 'Centre', zh: '居中' },
	north: { en: 'Top', zh: '上' },
	northeast: { en: 'Top right', zh: '右上' },
	east: { en: 'Right', zh: '右' },
	southeast: { en: 'Bottom right', zh: '右下' },
	south: { en: 'Bottom', zh: '下' },
	southwest: { en: 'Bottom left', zh: '左下' },
	west: { en: 'Left', zh: '左' },
	northwest: { en: 'Top left', zh: '左上' },
} as const satisfies Record<Gravity, Words>;

/** Field of a place in the picture. */
export const gravityField = (title: Words, preset: Gravity) =>
	field.choice({
		title,
		choices: GRAVITIES,
		default: preset,
		phrases: { en: ['position', 'corner', 'place', 'at the'], zh: ['位置', '角落', '放在'] },
	});

/** Where a box of `inner` length begins inside `outer`, along one axis; may be negative where the box is the larger one. */
export function offsetOf(gravity: Gravity, outer: { width: number; height: number }, inner: { width: number; height: number }): { left: number; top: number } {
	const across = gravity.includes('west') ? 0 : gravity.includes('east') ? 1 : 0.5;
	const down = gravity.includes('north') ? 0 : gravity.includes('south') ? 1 : 0.5;
	return { left: Math.floor((outer.width - inner.width) * across), top: Math.floor((outer.height - inner.height) * down) };
}

/** Whether a colour `#rrggbbaa` lets something shine through. */
export function translucent(colour: string): boolean {
	return colour.length === 9 && colour.slice(7).toLowerCase() !== 'ff';
}
