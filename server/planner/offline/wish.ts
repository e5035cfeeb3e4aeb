/** A wish: one node that the goal asks for, before it is known which of several specs of that name it is. */
import type { Spec } from '../../../nodes/define.ts';
import type { Metadata } from '../../../nodes/kinds.ts';
import type { Slot } from './slots/slot.ts';
import type { Goal, Span } from './text.ts';

export interface Wish {
	readonly candidates: readonly Spec[];
	/** The words that asked for it; null when a slot implied it. */
	readonly words: Span | null;
	readonly at: number;
	readonly clause: number;
	readonly slots: Slot[];
	/** Whether its own words were read with a typo forgiven. */
	readonly typo?: { readonly typed: string; readonly meant: string };
}

/** What rules see when they set parameters. */
export interface Filling {
	readonly spec: Spec;
	readonly goal: Goal;
	/** The words of the wish with the rest of its clause. */
	readonly text: string;
	/** The words that asked for it. */
	readonly words: string;
	readonly slots: readonly Slot[];
	/** Of the value that enters, where it is known. */
	readonly input: Metadata | undefined;
	/** Several files are each done the same way, so that what is known of one isn't known of all. */
	readonly batch: boolean;
	/** Format or kind that the branch ends in. */
	readonly target: string | null;
	/** Marks a slot as used. */
	use(slot: Slot): void;
	/** Marks words of the goal as understood. */
	cover(pattern: RegExp): boolean;
	/** States that a value was chosen. */
	assume(param: string, value: unknown, part?: string): void;
	/** Says that this can't be done. */
	refuse(part: string, reason: string): void;
}

/** Parameters that a family of nodes takes from the goal; what they leave open is filled by general rules. */
export type Rule = (filling: Filling) => Readonly<Record<string, unknown>>;

/** The slots of a type, in order. */
export function ofType<T extends Slot['type']>(slots: readonly Slot[], type: T): Extract<Slot, { type: T }>[] {
	return slots.filter((slot): slot is Extract<Slot, { type: T }> => slot.type === type);
}
