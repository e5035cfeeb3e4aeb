/** Slots: the values in a goal, each with the characters that it claims. */
import type { Kind, Metadata } from '../../../../nodes/kinds.ts';
import { leanFor } from '../numbers.ts';
import type { Goal, Span } from '../text.ts';

export type Gravity = 'centre' | 'north' | 'northeast' | 'east' | 'southeast' | 'south' | 'southwest' | 'west' | 'northwest';

export type Value =
	| { readonly type: 'text'; readonly value: string; readonly sure: boolean }
	| { readonly type: 'url'; readonly value: string }
	| { readonly type: 'column'; readonly column: string; readonly source: number; readonly exact: boolean }
	| { readonly type: 'cell'; readonly column: string; readonly value: string }
	/** Seconds; null: open. */
	| { readonly type: 'range'; readonly from: number | null; readonly to: number | null }
	| {
			readonly type: 'edge';
			readonly which: 'first' | 'last';
			readonly count: number;
			readonly unit: 'second' | 'frame' | 'page' | 'row' | 'half';
			readonly drop: boolean;
	  }
	| { readonly type: 'instant'; readonly seconds: number }
	| { readonly type: 'duration'; readonly seconds: number }
	| { readonly type: 'factor'; readonly value: number }
	| { readonly type: 'size'; readonly width: number; readonly height: number }
	| { readonly type: 'px'; readonly value: number; readonly axis: 'width' | 'height' | 'long' | 'short' | null }
	| { readonly type: 'percent'; readonly value: number }
	| { readonly type: 'degrees'; readonly value: number; readonly turn: 'left' | 'right' | null }
	| { readonly type: 'unit'; readonly unit: 'fps' | 'dpi' | 'dB' | 'LUFS' | 'Hz'; readonly value: number }
	| { readonly type: 'ratio'; readonly width: number; readonly height: number }
	| { readonly type: 'side'; readonly gravity: Gravity }
	| { readonly type: 'direction'; readonly from: Side; readonly to: Side }
	| { readonly type: 'colour'; readonly value: string; readonly name: string }
	| { readonly type: 'format'; readonly format: string; readonly role: Role }
	| { readonly type: 'kind'; readonly kind: Kind; readonly plural: boolean; readonly role: Role }
	| { readonly type: 'pages'; readonly from: number; readonly to: number | null; readonly text: string }
	| { readonly type: 'bytes'; readonly bytes: number }
	| { readonly type: 'count'; readonly value: number; readonly noun: string }
	| { readonly type: 'number'; readonly value: number };
export type Side = 'left' | 'right' | 'top' | 'bottom';
/** What a format or kind stands for: the thing wanted, the thing at hand, or what the result must not be. */
export type Role = 'target' | 'reference' | 'excluded';

export type Slot = Span & Value;
export type SlotOf<T extends Value['type']> = Span & Extract<Value, { type: T }>;

export interface SlotContext {
	readonly goal: Goal;
	readonly readings: readonly (readonly Metadata[])[];
	/** Claims characters; false when some of them are taken. */
	readonly claim: (start: number, end: number, value: Value) => boolean;
	readonly taken: (span: Span) => boolean;
}

/** Claims every match of a pattern whose value isn't null. */
export function claimAll(context: SlotContext, pattern: RegExp, read: (match: RegExpExecArray) => Value | null): void {
	for (const match of context.goal.text.matchAll(leanFor(context.goal.text, pattern))) {
		const span = { start: match.index, end: match.index + match[0].trimEnd().length };
		if (context.taken(span)) continue;
		const value = read(match as RegExpExecArray);
		if (value !== null) context.claim(span.start, span.end, value);
	}
}
