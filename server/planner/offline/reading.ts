/** A goal as read: slots, clauses and wishes, with every slot given to the wish that it belongs to, or made a wish of its own. */
import { specOf } from '../../../nodes/catalogue.ts';
import type { Spec } from '../../../nodes/define.ts';
import type { Metadata } from '../../../nodes/kinds.ts';
import { accepts } from './accept.ts';
import { type Mention, mentionsOf } from './mentions.ts';
import { withoutConflicts } from './rules/conflicts.ts';
import { familyOf } from './rules/families.ts';
import { WEAK } from './rules/words.ts';
import { share } from './share.ts';
import { slotsOf } from './slots/index.ts';
import type { Slot } from './slots/slot.ts';
import { takes } from './takes.ts';
import { clausesOf, type Goal, type Span } from './text.ts';
import type { Wish } from './wish.ts';
import { FILLERS } from './words.ts';

export interface Reading {
	readonly goal: Goal;
	readonly slots: readonly Slot[];
	readonly clauses: readonly Span[];
	readonly wishes: readonly Wish[];
	/** Words that are understood without being a node: hints for saving, words of the source. */
	readonly hints: readonly Span[];
	/** What the goal says not to do. */
	readonly negated: readonly { readonly span: Span; readonly text: string }[];
}

const NEGATION =
	/(?:(?:^|[^a-z])(?:don'?t|do not|never|without|no|not|avoid|instead of)(?: \w+)?\s+(?:(?:any|the|a|being)\s+)?$)|(?:不要|别|不用|无需|不必|不)(?:再|去|做|进行)?$/;

/** Reads a goal over what the sources can be read as. */
export function readAll(goal: Goal, readings: readonly (readonly Metadata[])[], main: Metadata | undefined): Reading {
	const slots = slotsOf(goal, readings);
	const blocking = slots.filter((slot) => ['text', 'url', 'cell', 'column'].includes(slot.type));
	const clauses = clausesOf(goal.text, slots);
	const clauseOf = (at: number) => {
		const found = clauses.findIndex((clause) => at < clause.end);
		return found < 0 ? Math.max(0, clauses.length - 1) : found;
	};
	const negated: { span: Span; text: string }[] = [];
	const hints: Span[] = [];
	let wishes: Wish[] = [];
	const ignored: { readonly mention: Mention; readonly makers: readonly Spec[] }[] = [];
	for (const mention of mentionsOf(goal, blocking)) {
		// "paper" is a document, no misspelt "pepper".
		if (
			mention.typo !== undefined &&
			slots.some((slot) => NAMING.includes(slot.type) && mention.covers.some((span) => slot.start < span.end && span.start < slot.end))
		)
			continue;
		const clause = clauses[clauseOf(mention.start)] ?? { start: 0, end: goal.text.length };
		const specs = mention.specs.filter((spec) => !spec.id.startsWith('table.') && !spec.id.startsWith('chart.') && !spec.id.startsWith('code.'));
		const makers = withFamily(specs.filter((spec) => spec.saves !== true));
		if (makers.length === 0) {
			if (specs.length > 0) hints.push(...mention.covers);
			continue;
		}
		if (isWeak(goal, mention) && !supported(makers, slots, clause, goal)) {
			ignored.push({ mention, makers });
			continue;
		}
		// "2x" is a value first; what it means depends on what stands beside it.
		if (
			mention.covers.every((span) =>
				slots.some((slot) => (VALUED.includes(slot.type) || (slot.type === 'unit' && slot.unit === 'dpi')) && slot.start <= span.start && span.end <= slot.end),
			)
		) {
			hints.push(...mention.covers);
			continue;
		}
		if (!isWeak(goal, mention) && onlyFillers(goal, mention)) {
			hints.push(...mention.covers);
			continue;
		}
		// A picture that loops for ever is a way of saving, not a repetition.
		if (
			makers.every((spec) => spec.id === 'video.loop') &&
			/gif|webp|动图|forever|for ever|endless/.test(goal.text) &&
			!slots.some((slot) => (slot.type === 'count' && /times|loop|repet|次|遍/.test(slot.noun)) || slot.type === 'factor')
		) {
			hints.push(...mention.covers);
			continue;
		}
		const before = goal.text.slice(clause.start, mention.start);
		if (NEGATION.test(before)) {
			const at = before.search(NEGATION);
			negated.push({
				span: { start: clause.start + Math.max(at, 0), end: mention.end },
				text: goal.original.slice(clause.start + Math.max(at, 0), mention.end).trim(),
			});
			continue;
		}
		const same = wishes.find((wish) => wish.clause === clauseOf(mention.start) && wish.candidates.some((spec) => makers.includes(spec)));
		if (same !== undefined) {
			hints.push(...mention.covers);
			const both = same.candidates.filter((spec) => makers.includes(spec));
			wishes[wishes.indexOf(same)] = { ...same, candidates: both };
			continue;
		}
		hints.push(...mention.covers);
		wishes.push({
			candidates: makers,
			words: { start: mention.start, end: mention.end },
			at: mention.start,
			clause: clauseOf(mention.start),
			slots: [],
			...(mention.typo === undefined ? {} : { typo: mention.typo }),
		});
	}
	wishes = withoutConflicts(goal, wishes, slots, readings.length, main);
	share(goal, slots, wishes, clauseOf, clauses, main);
	// "scale to 50 %": a word that is too common to be a wish of its own belongs to the wish that its value made.
	for (const { mention, makers } of ignored) if (wishes.some((wish) => wish.candidates.some((spec) => makers.includes(spec)))) hints.push(...mention.covers);
	return { goal, slots, clauses, wishes: wishes.sort((one, other) => one.at - other.at), hints, negated };
}

/** The specs and their likes in other media. */
function withFamily(specs: readonly Spec[]): Spec[] {
	const ids = new Set(specs.flatMap((spec) => familyOf(spec.id)));
	return [...ids].map((id) => specOf(id)).filter((spec) => spec !== undefined);
}

/** Function words alone ("from … to") ask for nothing; the values between them do. */
function onlyFillers(goal: Goal, mention: Mention): boolean {
	return (
		mention.specs.every((spec) => spec.id.endsWith('.trim') || spec.id.startsWith('table.')) &&
		mention.covers.every((span) => {
			const word = goal.text.slice(span.start, span.end);
			return (/^[a-z]/.test(word) && FILLERS.has(word)) || /^[从由自到至往第]+$/.test(word);
		})
	);
}

function isWeak(goal: Goal, mention: Mention): boolean {
	return mention.covers.length === 1 && WEAK.has(goal.text.slice(mention.start, mention.end));
}

const NAMING: readonly Slot['type'][] = ['kind', 'format', 'colour', 'side', 'direction'];
const VALUED: readonly Slot['type'][] = ['factor', 'px', 'ratio', 'percent', 'degrees', 'duration', 'edge', 'range', 'size', 'unit'];
const HEAVY: readonly Slot['type'][] = ['px', 'size', 'ratio', 'degrees', 'range', 'edge', 'factor', 'duration', 'text', 'colour', 'side', 'unit', 'count'];

function supported(specs: readonly Spec[], slots: readonly Slot[], clause: Span, goal: Goal): boolean {
	const near = slots.filter((slot) => HEAVY.includes(slot.type) && slot.start >= clause.start && slot.end <= clause.end + 1);
	return near.some((slot) => specs.some((spec) => accepts(spec, slot, goal.text) >= 5 || takes(spec, slot)));
}
