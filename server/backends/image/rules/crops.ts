import { type ImageStep, imageNature } from '../../../../nodes/steps/image.ts';
import { type Kept, type Rule, swapped } from '../../../../nodes/steps/rules.ts';
import { sizeOf } from './after.ts';

type Crop = Extract<ImageStep, { op: 'extract' }>;
type Size = { readonly width: number; readonly height: number };

/** A crop of a crop is a crop. */
export const mergeCrops: Rule<ImageStep> = {
	name: 'image.merge-crops',
	summary: { en: 'Crop once instead of twice.', zh: '两次裁剪合并为一次。' },
	tolerance: 'exact',
	span: 2,
	apply([first, second]) {
		if (first?.op !== 'extract' || second?.op !== 'extract') return null;
		return [{ from: 1, step: { ...second, left: first.left + second.left, top: first.top + second.top } }];
	},
};

/** What a crop leaves out needs no work: it goes before steps that take each pixel for itself, and before mirrors and right angles. */
export const cropFirst: Rule<ImageStep> = {
	name: 'image.crop-first',
	summary: { en: 'Crop before work on single pixels, so that fewer are left.', zh: '先裁剪再逐像素处理，处理的像素更少。' },
	tolerance: 'exact',
	span: 2,
	apply([first, second], entering): readonly Kept<ImageStep>[] | null {
		if (first === undefined || second?.op !== 'extract' || first.op === 'extract') return null;
		if (imageNature(first) === 'pointwise') return swapped<ImageStep>(first, second);
		const size = sizeOf(entering);
		const before = size === null ? null : boxBefore(second, first, size);
		return before === null ? null : swapped<ImageStep>(first, before);
	},
};

/** The part of a picture that a mirror or a turn brings to where this crop is. */
function boxBefore(crop: Crop, turn: ImageStep, { width, height }: Size): Crop | null {
	const right = width - crop.left - crop.width;
	const bottom = height - crop.top - crop.height;
	if (turn.op === 'flop') return { ...crop, left: right };
	if (turn.op === 'flip') return { ...crop, top: bottom };
	if (turn.op !== 'rotate') return null;
	const box = { op: 'extract', width: crop.height, height: crop.width } as const;
	switch (((turn.angle % 360) + 360) % 360) {
		case 90:
			return { ...box, left: crop.top, top: height - crop.left - crop.width };
		case 180:
			return { ...crop, left: right, top: bottom };
		case 270:
			return { ...box, left: width - crop.top - crop.height, top: crop.left };
		default:
			return null;
	}
}
