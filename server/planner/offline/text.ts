/** The goal as it was typed, normalised for matching: the same length, so that every offset holds in both. */
export interface Goal {
	readonly original: string;
	/** Lower case, full-width forms narrowed, quotes and dashes made plain. */
	readonly text: string;
	readonly words: readonly Word[];
}

/** A Latin word of the goal. Chinese is not cut into words. */
export interface Word {
	readonly start: number;
	readonly end: number;
	readonly text: string;
	readonly stem: string;
}

export interface Span {
	readonly start: number;
	readonly end: number;
}

const PLAIN: Readonly<Record<string, string>> = { '‘': "'", '’': "'", '“': '"', '”': '"', '–': '-', '—': '-', '−': '-', '…': '…', '　': ' ' };

/** Normalises a goal. A character whose normal form is not one character stays as it is. */
export function readGoal(original: string): Goal {
	const text = Array.from({ length: original.length }, (_, i) => plainCharacter(original.charAt(i))).join('');
	return { original, text, words: wordsOf(text) };
}

function plainCharacter(one: string): string {
	const plain = PLAIN[one] ?? one.normalize('NFKC').toLowerCase();
	return plain.length === 1 ? plain : one;
}

export function wordsOf(text: string): Word[] {
	return [...text.matchAll(/[a-z\u00c0-\u024f0-9][a-z\u00c0-\u024f0-9']*/g)].map((match) => {
		const start = match.index;
		return { start, end: start + match[0].length, text: match[0], stem: stem(match[0]) };
	});
}

const KEPT = new Set([
	'bring',
	'string',
	'thing',
	'ring',
	'king',
	'sing',
	'wing',
	'spring',
	'speed',
	'seed',
	'feed',
	'red',
	'bed',
	'need',
	'bus',
	'this',
	'is',
	'as',
	'us',
	'gas',
	'its',
	'was',
	'canvas',
	'axis',
	'less',
	'lossless',
	'across',
	'during',
	'string',
	'nothing',
	'something',
	'everything',
	'using',
]);

/** The word without its ending: crop, crops, cropped and cropping are one. */
export function stem(word: string): string {
	let text = word.replace(/'s?$/, '').replace(/'/g, '');
	if (text.length < 4 || KEPT.has(text) || /\d/.test(text)) return text;
	text = text
		.replace(/colour/, 'color')
		.replace(/grey/, 'gray')
		.replace(/centre/, 'center')
		.replace(/isation/, 'ization')
		.replace(/ise(?=$|d$|r$|s$)/, 'ize')
		.replace(/ising$/, 'izing');
	if (text.endsWith('ies') && text.length > 4) text = `${text.slice(0, -3)}y`;
	else if (/(?:s|x|z|ch|sh)es$/.test(text)) text = text.slice(0, -2);
	else if (/[^su]s$/.test(text)) text = text.slice(0, -1);
	if (/..(?:ing)$/.test(text) && text.length > 5) text = text.slice(0, -3);
	else if (/..ied$/.test(text)) text = `${text.slice(0, -3)}y`;
	else if (/[^e]ed$/.test(text) && text.length > 4) text = text.slice(0, -2);
	if (/([bdgmnprt])\1$/.test(text)) text = text.slice(0, -1);
	return text.length > 3 ? text.replace(/e$/, '') : text;
}

/** Whether two spans share a character. */
export function overlap(one: Span, other: Span): boolean {
	return one.start < other.end && other.start < one.end;
}

const BREAK =
	/[,;.!?:，。；！？、\n]+|(?<![a-z])(?:and then|and also|then|and|after that|afterwards|finally|next|plus|also|but|while|before|after|as well as|on top of that)(?![a-z])|并且|然后|接着|随后|最后(?![\d一二两三四五六七八九十半])|同时|另外|还要|而且|以及|之后|再(?!现)|并(?!排|列)|且|和|后(?=[转存做变加裁缩导输])|，/g;

/** Parts of a goal between punctuation and connectives; a break inside a slot is none. */
export function clausesOf(text: string, slots: readonly Span[]): Span[] {
	const clauses: Span[] = [];
	let start = 0;
	for (const match of text.matchAll(BREAK)) {
		const at = { start: match.index, end: match.index + match[0].length };
		if (slots.some((slot) => overlap(slot, at))) continue;
		if (/^[.]$/.test(match[0]) && /\w/.test(text[at.end] ?? '')) continue;
		if (
			/^and$/.test(match[0]) &&
			/(?:^|[^a-z])(?:in|black|left|up|back|round|slow|top|in-) $/.test(text.slice(Math.max(0, at.start - 7), at.start)) &&
			/^ (?:out|white|right|down|forth|round|steady|bottom)/.test(text.slice(at.end))
		)
			continue;
		if (text.slice(start, at.start).trim() !== '') clauses.push({ start, end: at.start });
		start = at.end;
	}
	if (text.slice(start).trim() !== '') clauses.push({ start, end: text.length });
	return clauses;
}
