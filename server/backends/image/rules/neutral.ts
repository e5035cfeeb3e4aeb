import type { ImageMetadata, Metadata } from '../../../../nodes/define.ts';
import type { ImageStep } from '../../../../nodes/steps/image.ts';
import type { Rule } from '../../../../nodes/steps/rules.ts';

/** A step that changes nothing is left out. */
export const dropNeutral: Rule<ImageStep> = {
	name: 'image.drop-neutral',
	summary: { en: 'Leave out steps that would change nothing.', zh: '略去不会产生任何变化的步骤。' },
	tolerance: 'exact',
	span: 1,
	apply: ([step], entering) => (step !== undefined && entering.kind === 'image' && isNeutral(step, entering) ? [] : null),
};

/** A step that the next one undoes is left out with it. */
export const dropUndone: Rule<ImageStep> = {
	name: 'image.drop-undone',
	summary: { en: 'Leave out a step and the next one that undoes it.', zh: '略去互相抵消的两个步骤。' },
	tolerance: 'exact',
	span: 2,
	apply([first, second]) {
		return first?.op === 'negate' && second?.op === 'negate' ? [] : null;
	},
};

function isNeutral(step: ImageStep, entering: ImageMetadata): boolean {
	switch (step.op) {
		case 'resize':
			return sameSize(step, entering);
		case 'extract':
			return step.left === 0 && step.top === 0 && sameSize(step, entering);
		case 'rotate':
			return step.angle % 360 === 0;
		case 'modulate':
			return step.brightness === 1 && step.saturation === 1 && step.hue % 360 === 0;
		case 'linear':
			return step.a === 1 && step.b === 0;
		case 'gamma':
			return step.gamma === 1;
		case 'extend':
			return step.top + step.bottom + step.left + step.right === 0;
		case 'flatten':
			return entering.alpha === false;
		case 'overlay':
			return step.opacity === 0;
		default:
			return false;
	}
}

function sameSize(step: { readonly width: number; readonly height: number }, entering: Metadata & { readonly kind: 'image' }): boolean {
	return step.width === entering.width && step.height === entering.height;
}
