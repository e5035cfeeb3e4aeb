/** Goals about pictures, films, sound and documents: wishes → chains that end in files. */
import { specOf } from '../../../nodes/catalogue.ts';
import type { Kind, Metadata } from '../../../nodes/kinds.ts';
import { type Chain, inserted, type Link, placeWish, type Value, valuesOf } from './chain.ts';
import type { Reading } from './reading.ts';
import { kindsFor, savingOf, type Target } from './saving.ts';
import type { SlotOf } from './slots/slot.ts';
import type { Span } from './text.ts';
import { ofType, type Wish } from './wish.ts';

/** One result: what is done, and how it is saved. */
export interface Branch {
	chain: Chain;
	target: Target | null;
	/** The words that named the target. */
	named: Span | null;
}

export interface Flow {
	readonly branches: readonly Branch[];
	/** Wishes for which there is no place. */
	readonly lost: readonly Wish[];
	/** Words that ask again for a step that is there. */
	readonly repeated: readonly Span[];
	/** Targets that can't be reached. */
	readonly unreachable: readonly { readonly target: Target; readonly span: Span; readonly from: Kind }[];
}

const FRESH =
	/(?:^|[^a-z])(?:also|too|as well|another|separately|additionally|plus|besides)(?![a-z])|另外|还要|同时|再(?:存|导出|做|生成|来)|也(?:存|导出|做|要)|以及/;
const ORIGINAL =
	/(?:of|from|for|on) (?:the |my )?(?:original|source|unedited|untouched|whole|entire|full|complete)|(?:whole|entire|full|complete) (?:thing|video|clip|film|movie|song|track|recording|file|one|picture|photo|image|original)|原(?:图|片|视频|来|始)|整[个段首张]|完整的?|全片/;

const BOTH = /(?:^|[^a-z])(?:both|all|each|every)(?![a-z])|都|两个|均|各/;

/** Follows the goal clause by clause: steps extend the present result, a second target begins another one. */
export function flowOf(reading: Reading, base: Value, source: Metadata | undefined): Flow {
	const branches: Branch[] = [{ chain: { base, links: [] }, target: null, named: null }];
	let together: readonly Branch[] = [];
	const lost: Wish[] = [];
	const repeated: Span[] = [];
	const unreachable: Flow['unreachable'][number][] = [];
	for (const [index, clause] of reading.clauses.entries()) {
		const wishes = reading.wishes.filter((wish) => wish.clause === index);
		const targets = targetsIn(reading, clause);
		const text = reading.goal.text.slice(index === 0 ? 0 : (reading.clauses[index - 1]?.end ?? 0), clause.end);
		const known = branches.length;
		let branch = branches.at(-1);
		if (branch === undefined) break;
		// "as jpg and webp, both 800 px wide": what comes after several formats is for all of them.
		const others = targets.length === 0 && together.includes(branch) && BOTH.test(text) ? together.filter((one) => one !== branch) : [];
		const final = kindOf(targets.at(-1)?.target ?? branch.target);
		const beginsAnew =
			branch.target !== null &&
			(targets.some(({ target }) => branch?.target === null || branch?.target === undefined || !sameTarget(branch.target, target)) ||
				(wishes.length > 0 && FRESH.test(text) && (changesKind(branch, wishes) || ORIGINAL.test(text))) ||
				(wishes.some((wish) => wish.words !== null) && changesKind(branch, wishes)));
		if (beginsAnew) {
			branch = {
				chain: ORIGINAL.test(text) ? { base, links: [] } : prefixFor(branch.chain, wishes, targets[0]?.target ?? null, source),
				target: null,
				named: null,
			};
			branches.push(branch);
		}
		for (const wish of wishes) {
			const place = placeWish(branch.chain, wish.candidates, final);
			if (place === null) {
				// "split into images, one per page": a second wording of a step that is there.
				const same = branch.chain.links.find((link) => wish.candidates.includes(link.spec));
				if (same === undefined) lost.push(wish);
				else {
					same.wish.slots.push(...wish.slots);
					if (wish.words !== null) repeated.push(wish.words);
				}
				continue;
			}
			const link = { wish, spec: place.spec };
			branch.chain = inserted(branch.chain, link, place.at);
			for (const other of others) {
				const there = placeWish(other.chain, [place.spec], kindOf(other.target));
				if (there !== null) other.chain = inserted(other.chain, link, there.at);
			}
		}
		for (const { target, span } of targets) {
			if (branch.target !== null && !sameTarget(branch.target, target)) {
				branch = { chain: prefixFor(branch.chain, [], target, source), target: null, named: null };
				branches.push(branch);
			}
			const end = valuesOf(branch.chain).at(-1) ?? base;
			if (savingOf(end, target, source) === null) {
				const prefix = prefixFor(branch.chain, [], target, source);
				const reached = savingOf(valuesOf(prefix).at(-1) ?? base, target, source);
				if (reached === null) {
					unreachable.push({ target, span, from: end.kind });
					continue;
				}
				branch = { chain: prefix, target: null, named: null };
				branches.push(branch);
			}
			branch.target = merged(branch.target, target);
			branch.named = span;
		}
		if (targets.length > 0) {
			const fresh = branches.slice(known);
			together =
				wishes.length === 0 && fresh.length > 0 ? [...(together.length > 0 ? together : branches.slice(known - 1, known)), ...fresh] : branches.slice(-1);
		}
	}
	return { branches: branches.filter((branch, i) => i === 0 || branch.chain.links.length > 0 || branch.target !== null), lost, repeated, unreachable };
}

interface Named {
	readonly target: Target;
	readonly span: Span;
}

/** Targets that a clause names, a format and the kind beside it as one. */
export function targetsIn(reading: Reading, clause: Span): Named[] {
	const inside = reading.slots.filter((slot) => slot.start >= clause.start && slot.end <= clause.end + 1);
	const formats = ofType(inside, 'format').filter((slot) => slot.role === 'target');
	const named = formats.map((slot): Named => ({ target: { format: slot.format, kind: null }, span: slot }));
	if (formats.length > 0) return named;
	// "with the text 'Hello'" speaks of words, not of a text file.
	const quoted = ofType(reading.slots, 'text');
	const kinds = ofType(inside, 'kind').filter(
		(slot) =>
			slot.role === 'target' && !covered(reading, slot) && !(slot.kind === 'text' && quoted.some((one) => one.start >= slot.end && one.start - slot.end < 4)),
	);
	return kinds.slice(0, 1).map((slot): Named => ({ target: { format: null, kind: slot.kind }, span: slot }));
}

/** A kind inside the words of a node ("extract the audio") is no target of its own. */
function covered(reading: Reading, slot: SlotOf<'kind'>): boolean {
	return reading.wishes.some((wish) => wish.words !== null && wish.words.start < slot.end && slot.start < wish.words.end);
}

function kindOf(target: Target | null): Kind | null {
	if (target === null) return null;
	if (target.kind !== null) return target.kind;
	const kinds = target.format === null ? [] : kindsFor(target.format);
	return kinds.length === 1 ? (kinds[0] ?? null) : null;
}

function sameTarget(one: Target, other: Target): boolean {
	return (
		(one.format === other.format && one.kind === other.kind) ||
		(one.format === null && other.format !== null && fitsKind(one.kind, other.format)) ||
		(other.format === null && one.format !== null && fitsKind(other.kind, one.format))
	);
}

function fitsKind(kind: Kind | null, format: string): boolean {
	return kind === null || kindsFor(format).includes(kind);
}

function merged(one: Target | null, other: Target): Target {
	return { format: other.format ?? one?.format ?? null, kind: other.kind ?? one?.kind ?? null };
}

function changesKind(branch: Branch, wishes: readonly Wish[]): boolean {
	const final = kindOf(branch.target);
	const end = valuesOf(branch.chain).at(-1)?.kind ?? null;
	const outputs = wishes.flatMap((wish) => {
		const place = placeWish(branch.chain, wish.candidates, final);
		return place === null ? [] : [Object.values(place.spec.outputs)[0]?.kind ?? null];
	});
	const last = outputs.at(-1);
	// "as wav, only the first 3 seconds": the cut is of the sound just as well.
	if (final !== null && wishes.every((wish) => wish.candidates.some((spec) => Object.values(spec.outputs)[0]?.kind === final))) return false;
	return last !== undefined && last !== null && last !== (final ?? end) && !(last === 'video' && final === null);
}

/** The longest beginning of a chain from which the wishes and the target can be reached. */
function prefixFor(chain: Chain, wishes: readonly Wish[], target: Target | null, source: Metadata | undefined): Chain {
	const final = kindOf(target);
	for (let length = chain.links.length; length >= 0; length--) {
		let prefix: Chain = { base: chain.base, links: chain.links.slice(0, length) };
		if (final === 'audio' && prefix.links.some((link) => link.spec.id === 'video.mute')) continue;
		const start = prefix;
		const easy = wishes.every((wish) => {
			const place = placeWish(prefix, wish.candidates, final);
			if (place === null || place.cost >= 3) return false;
			prefix = inserted(prefix, { wish, spec: place.spec }, place.at);
			return true;
		});
		const reached = target === null ? 0 : (savingOf(valuesOf(prefix).at(-1) ?? chain.base, target, source)?.cost ?? 99);
		if (easy && reached < 1) return start;
	}
	return { base: chain.base, links: [] };
}

/** A still picture that shall become a film needs a camera move; which one is assumed. */
export function withMotion(_chain: Chain): Link | null {
	const spec = specOf('video.ken-burns');
	return spec === undefined ? null : { spec, wish: { candidates: [spec], words: null, at: 0, clause: 0, slots: [] } };
}
