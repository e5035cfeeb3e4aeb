import type { ImageStep } from '../../../../nodes/steps/image.ts';
import { type Rule, swapped } from '../../../../nodes/steps/rules.ts';

/**
 * Greys have one channel instead of three, for everything that follows; sharp makes them before it resizes. Only where nothing is
 * transparent: transparent greys are made by other means, and colours behind transparency would come through.
 */
export const greyFirst: Rule<ImageStep> = {
	name: 'image.grey-first',
	summary: { en: 'Make greys before resizing: one channel to work on instead of three.', zh: '先变灰度再缩放：只需处理一个通道而不是三个。' },
	tolerance: 'tiny',
	span: 2,
	apply([first, second], entering) {
		if (first === undefined || second?.op !== 'greyscale' || entering.kind !== 'image' || entering.alpha !== false) return null;
		return first.op === 'resize' ? swapped<ImageStep>(first, second) : null;
	},
};

/** Greys of greys are the same greys; a tint takes nothing but lightness from what is below. */
export const dropGreys: Rule<ImageStep> = {
	name: 'image.drop-greys',
	summary: { en: 'Leave out greys where the next step takes the colour out anyway.', zh: '下一步反正会去掉颜色时，略去变灰度。' },
	tolerance: 'tiny',
	span: 2,
	apply([first, second]) {
		if (first?.op !== 'greyscale' || second === undefined) return null;
		return second.op === 'greyscale' || second.op === 'tint' ? [{ from: 1, step: second }] : null;
	},
};
