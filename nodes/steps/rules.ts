/**
 * Rewriting rules: a fact about neighbouring steps, put as "these may stand in place of those".
 * A rule never changes what a value is, only how it is made; so it is about steps alone, and knows neither nodes nor the graph.
 */
import type { Metadata, Step } from '../define.ts';
import type { Words } from '../messages/words.ts';

/** A step after rewriting, and which of the steps before it stands for: a failure is blamed on that one's node. */
export interface Kept<S> {
	readonly from: number;
	readonly step: S;
}

export interface Rule<S = Step> {
	/** `medium.what-it-does`; never changes, because people switch rules off by it. */
	readonly name: string;
	readonly summary: Words;
	/**
	 * `exact`: every pixel, frame, sample and row is the same, but for what rounding does wherever steps are fused. `tiny`: on photographs and
	 * drawings the mean difference is at most 1/255 of the range (patterns as fine as a pixel may differ more); sound is at most a millisecond off.
	 */
	readonly tolerance: 'exact' | 'tiny';
	/** How many neighbouring steps it looks at. */
	readonly span: 1 | 2;
	/**
	 * What these steps become; null where the rule has nothing to say. Applied again and again, it must come to an end.
	 * @param entering What is known of the value before the first of them.
	 */
	apply(steps: readonly S[], entering: Metadata): readonly Kept<S>[] | null;
}

/** The second of two steps before the first. */
export function swapped<S>(first: S, second: S): readonly Kept<S>[] {
	return [
		{ from: 1, step: second },
		{ from: 0, step: first },
	];
}
