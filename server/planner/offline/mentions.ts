/** Node mentions: where the goal says words of specs, leftmost and longest, over gaps and with one typo forgiven. */
import type { Spec } from '../../../nodes/define.ts';
import { type ChineseEntry, type Entry, LIGHT, lexicon } from './lexicon.ts';
import type { Goal, Span, Word } from './text.ts';
import { stem } from './text.ts';
import { FILLERS } from './words.ts';

export interface Mention extends Span {
	readonly specs: readonly Spec[];
	/** The characters that it covers, which may have gaps. */
	readonly covers: readonly Span[];
	/** Words it matched; longer is surer. */
	readonly weight: number;
	/** The word that was typed, when it was read as another. */
	readonly typo?: { readonly typed: string; readonly meant: string };
}

/** Mentions in the order in which they stand. Words that slots claimed take no part, but a phrase may reach over them. */
export function mentionsOf(goal: Goal, claimed: readonly Span[]): Mention[] {
	const found = [...latin(goal, claimed), ...chinese(goal, claimed)].sort((one, other) => one.start - other.start || other.weight - one.weight);
	const kept: Mention[] = [];
	for (const mention of found.sort((one, other) => other.weight - one.weight || one.start - other.start)) {
		const clash = kept.find((one) => one.covers.some((a) => mention.covers.some((b) => a.start < b.end && b.start < a.end)));
		if (clash === undefined) kept.push(mention);
	}
	return kept.sort((one, other) => one.start - other.start);
}

function latin(goal: Goal, claimed: readonly Span[]): Mention[] {
	const { latin: trie, stems } = lexicon();
	const words = goal.words;
	const mentions: Mention[] = [];
	const free = (word: Word) => !claimed.some((slot) => word.start < slot.end && slot.start < word.end);
	for (const [at, word] of words.entries()) {
		if (!free(word)) continue;
		const direct = matches(trie.get(word.stem) ?? [], words, at, free, stems);
		mentions.push(...direct);
		if (direct.length > 0 || word.text.length < 5 || FILLERS.has(word.text) || FILLERS.has(word.stem) || stems.has(word.stem)) continue;
		const meant = nearest(word.stem, stems);
		const entries = meant === null ? undefined : trie.get(meant);
		if (entries === undefined || meant === null) continue;
		for (const guess of matches(entries, words, at, free, stems))
			mentions.push({ ...guess, weight: guess.weight - 0.3, typo: { typed: word.text, meant: stemmed(guess.specs, meant) } });
	}
	return mentions;
}

/** The spec's own word with this stem, to show what was read. */
function stemmed(specs: readonly Spec[], meant: string): string {
	const words = specs.flatMap((spec) => spec.phrases.en).flatMap((phrase) => phrase.split(' '));
	return words.find((word) => stem(word) === meant) ?? meant;
}

function matches(entries: readonly Entry[], words: readonly Word[], at: number, free: (word: Word) => boolean, stems: ReadonlySet<string>): Mention[] {
	const found: Mention[] = [];
	for (const entry of entries) {
		const covers = match(entry.words, words, at, free, stems);
		if (covers === null) continue;
		const weight = entry.words.filter((word) => word !== '…').length;
		const same = found.findIndex((one) => one.weight === weight);
		const known = found[same];
		if (known === undefined) found.push({ start: covers[0]?.start ?? 0, end: covers.at(-1)?.end ?? 0, covers, weight, specs: entry.specs });
		else found[same] = { ...known, specs: [...new Set([...known.specs, ...entry.specs])] };
	}
	return found;
}

const WIDEST_GAP = 4;

function match(pattern: readonly string[], words: readonly Word[], at: number, free: (word: Word) => boolean, stems: ReadonlySet<string>): Span[] | null {
	const first = words[at];
	if (first === undefined) return null;
	const covers: Span[] = [first];
	let next = at + 1;
	for (let i = 1; i < pattern.length; i++) {
		const wanted = pattern[i];
		let reach = 2;
		let open = false;
		if (wanted === '…') continue;
		if (pattern[i - 1] === '…') {
			reach = WIDEST_GAP;
			open = true;
		}
		let hit = -1;
		for (let j = next; j <= next + reach && j < words.length; j++) {
			const word = words[j];
			if (word === undefined) break;
			if (
				free(word) &&
				(word.stem === wanted || (word.text.length >= 6 && !stems.has(word.stem) && wanted !== undefined && wanted.length >= 5 && within(word.stem, wanted)))
			) {
				hit = j;
				break;
			}
			if (!open && free(word) && !LIGHT.has(word.text) && !LIGHT.has(word.stem)) break;
		}
		const word = words[hit];
		if (word === undefined) return null;
		covers.push(word);
		next = hit + 1;
	}
	return covers;
}

function chinese(goal: Goal, claimed: readonly Span[]): Mention[] {
	const { chinese: trie } = lexicon();
	const mentions: Mention[] = [];
	for (let at = 0; at < goal.text.length; at++) {
		for (const entry of trie.get(goal.text.charAt(at)) ?? []) {
			const covers = spanOf(entry, goal.text, at);
			if (
				covers === null ||
				covers.some((span) =>
					claimed.some((slot) => slot.start < span.end && span.start < slot.end && !(slot.start <= span.start && span.end <= slot.end && false)),
				)
			)
				continue;
			const weight = covers.reduce((sum, span) => sum + span.end - span.start, 0) / 2;
			mentions.push({ start: covers[0]?.start ?? at, end: covers.at(-1)?.end ?? at, covers, weight, specs: entry.specs });
		}
	}
	return mentions;
}

function spanOf(entry: ChineseEntry, text: string, at: number): Span[] | null {
	const spans: Span[] = [];
	let from = at;
	for (const [i, part] of entry.parts.entries()) {
		const found = i === 0 ? (text.startsWith(part, at) ? at : -1) : text.indexOf(part, from);
		if (found < 0 || found - from > 8) return null;
		spans.push({ start: found, end: found + part.length });
		from = found + part.length;
	}
	return spans;
}

function nearest(word: string, stems: ReadonlySet<string>): string | null {
	const near = [...stems].filter((one) => Math.abs(one.length - word.length) <= 1 && one.charAt(0) === word.charAt(0) && within(word, one));
	const whole = near.filter((one) => one.length >= word.length);
	return (near.length === 1 ? near[0] : whole.length === 1 ? whole[0] : undefined) ?? null;
}

/** Whether one edit (a letter more, less, other, or two swapped) makes one of the other. */
export function within(one: string, other: string): boolean {
	if (one === other) return true;
	const [short, long] = one.length <= other.length ? [one, other] : [other, one];
	if (long.length - short.length > 1) return false;
	let i = 0;
	while (i < short.length && short[i] === long[i]) i++;
	if (short.length === long.length)
		return short.slice(i + 1) === long.slice(i + 1) || (short[i] === long[i + 1] && short[i + 1] === long[i] && short.slice(i + 2) === long.slice(i + 2));
	return short.slice(i) === long.slice(i + 1);
}
