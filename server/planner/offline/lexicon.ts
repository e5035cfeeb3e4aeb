/** The words of all specs as a trie over stems (Latin) and a list by first character (Chinese), made once and only when first needed. */
import { SPECS } from '../../../nodes/catalogue.ts';
import type { Spec } from '../../../nodes/define.ts';
import { EXTRA_PHRASES } from './rules/words.ts';
import { wordsOf } from './text.ts';

export interface Entry {
	/** Stems; '…' stands for anything in between. */
	readonly words: readonly string[];
	readonly specs: readonly Spec[];
}

export interface ChineseEntry {
	/** Parts, with anything short in between. */
	readonly parts: readonly string[];
	readonly specs: readonly Spec[];
}

export interface Lexicon {
	/** First stem → entries, longest first. */
	readonly latin: ReadonlyMap<string, readonly Entry[]>;
	/** First character → entries, longest first. */
	readonly chinese: ReadonlyMap<string, readonly ChineseEntry[]>;
	/** Every stem of five letters or more in a phrase, for typos. */
	readonly stems: ReadonlySet<string>;
}

let made: Lexicon | undefined;

/** The lexicon of the visible specs. */
export function lexicon(): Lexicon {
	made ??= build();
	return made;
}

/** Words that separate parts of one phrase without changing it. */
export const LIGHT = new Set([
	'the',
	'a',
	'an',
	'it',
	'its',
	'this',
	'that',
	'my',
	'them',
	'their',
	'these',
	'those',
	'of',
	'to',
	'very',
	'really',
	'bit',
	'little',
	'all',
	'some',
	'in',
	'on',
	'from',
	'for',
	'more',
	'so',
	'whole',
	'entire',
	'complete',
	'video',
	'image',
	'picture',
	'photo',
	'clip',
	'gif',
	'pictur',
	'imag',
	'thi',
	'completely',
]);

function build(): Lexicon {
	const english = new Map<string, Set<Spec>>();
	const han = new Map<string, Set<Spec>>();
	const put = (map: Map<string, Set<Spec>>, key: string, spec: Spec) => map.set(key, (map.get(key) ?? new Set()).add(spec));
	for (const spec of SPECS) {
		if (spec.hidden === true || spec.medium === 'source') continue;
		const extra = EXTRA_PHRASES[spec.id];
		for (const phrase of [...spec.phrases.en, spec.title.en.toLowerCase(), ...(extra?.en ?? [])]) put(english, phrase, spec);
		for (const phrase of [...spec.phrases.zh, spec.title.zh, ...(extra?.zh ?? [])]) put(han, phrase.toLowerCase(), spec);
	}
	const latin = new Map<string, Entry[]>();
	const chinese = new Map<string, ChineseEntry[]>();
	const stems = new Set<string>();
	for (const [phrase, specs] of english) {
		const words = phrase.split(/…|\.\.\./).flatMap((part, i) => [...(i > 0 ? ['…'] : []), ...wordsOf(part).map((word) => word.stem)]);
		const first = words[0];
		if (first === undefined) continue;
		latin.set(first, [...(latin.get(first) ?? []), { words, specs: [...specs] }]);
		for (const word of words) if (word.length >= 5) stems.add(word);
	}
	for (const [phrase, specs] of han) {
		const parts = phrase.split(/…|\.\.\./).filter((part) => part !== '');
		const first = parts[0]?.charAt(0);
		if (first === undefined) continue;
		chinese.set(first, [...(chinese.get(first) ?? []), { parts, specs: [...specs] }]);
	}
	for (const entries of latin.values()) entries.sort((one, other) => other.words.length - one.words.length);
	for (const entries of chinese.values()) entries.sort((one, other) => other.parts.join('').length - one.parts.join('').length);
	return { latin, chinese, stems };
}
