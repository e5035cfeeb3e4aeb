/** Search over the catalogue: title, phrases, summary and id, in both languages whatever the page speaks. */
import type { Spec } from '../../nodes/define.ts';

/** How well a text answers a query: 0 not at all. Every word of the query has to be found. */
export function score(query: string, fields: readonly { readonly text: string; readonly weight: number }[]): number {
	const words = query.toLowerCase().trim().split(/\s+/).filter(Boolean);
	if (words.length === 0) return 1;
	let total = 0;
	for (const word of words) {
		let best = 0;
		for (const { text, weight } of fields) best = Math.max(best, weight * closeness(text.toLowerCase(), word));
		if (best === 0) return 0;
		total += best;
	}
	return total / words.length;
}

function closeness(text: string, word: string): number {
	if (text === word) return 1;
	if (text.startsWith(word)) return 0.9;
	const at = text.indexOf(word);
	if (at > 0) return /[\s.\-_(/]/.test(text[at - 1] ?? '') ? 0.75 : 0.5;
	return subsequence(text, word) ? 0.12 : 0;
}

/** `rsz` finds `resize`: the letters in order, the first one first. */
function subsequence(text: string, word: string): boolean {
	if (word.length < 3 || text.length > 24) return false;
	if (!text.startsWith(word.slice(0, 1))) return false;
	let at = 0;
	for (const letter of text) if (letter === word[at]) at += 1;
	return at === word.length;
}

/** Specs that answer the query, best first; hidden ones never. */
export function rankSpecs(query: string, specs: readonly Spec[]): readonly Spec[] {
	const rated = specs.filter((spec) => spec.hidden !== true).map((spec) => ({ spec, rating: score(query, fieldsOfSpec(spec)) }));
	return rated
		.filter(({ rating }) => rating > 0)
		.sort((a, b) => b.rating - a.rating)
		.map(({ spec }) => spec);
}

function fieldsOfSpec(spec: Spec): { text: string; weight: number }[] {
	return [
		{ text: spec.title.en, weight: 10 },
		{ text: spec.title.zh, weight: 10 },
		...[...spec.phrases.en, ...spec.phrases.zh].map((text) => ({ text, weight: 7 })),
		{ text: spec.id, weight: 5 },
		{ text: spec.summary.en, weight: 2.5 },
		{ text: spec.summary.zh, weight: 2.5 },
	];
}
