/** Steps cut into passes: each is one pipeline of sharp, with raw pixels handed from one to the next. */
import type { Step } from '../../../nodes/define.ts';
import type { ImageStep } from '../../../nodes/steps/image.ts';
import type { Part } from '../../engine/group.ts';
import { alphaAfter, emptyPass, type Pass, place } from './slots.ts';

/** As few passes as the order of sharp allows; always at least one. */
export function passesOf(steps: readonly ImageStep[], alpha: boolean): readonly Pass[] {
	const done: Pass[] = [];
	let open = emptyPass(alpha);
	let transparent = alpha;
	for (const step of withFill(steps, alpha)) {
		const next = place(open, step);
		if (!('placed' in next)) {
			done.push(open);
			const fresh = place(emptyPass(transparent), step);
			if (!('placed' in fresh)) throw new Error(fresh.en);
			open = fresh;
		} else open = next;
		transparent = alphaAfter(transparent, [step]);
	}
	return [...done, open];
}

/** JPEG has no transparency: the background is filled in before it is written. */
function withFill(steps: readonly ImageStep[], alpha: boolean): readonly ImageStep[] {
	const last = steps.at(-1);
	if (last?.op !== 'encode' || last.format !== 'jpeg') return steps;
	const before = steps.slice(0, -1);
	return alphaAfter(alpha, before) ? [...before, { op: 'flatten', background: last.background }, last] : steps;
}

/** The steps of a part of an image group. */
export function imageSteps(part: Part): readonly ImageStep[] {
	return part.steps.filter(isImageStep);
}

/** The contract's type is wider, but a group on the image backend holds steps of the image medium only. */
export function isImageStep(_: Step): _ is ImageStep {
	return true;
}
