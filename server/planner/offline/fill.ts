/** Parameters of a wished node: the rules of its family first, then every slot left to the field that it fits best. */
import type { Field, Spec } from '../../../nodes/define.ts';
import { fitness, type Variant, valueFor, variantsOf } from './accept.ts';
import { RULES } from './rules/index.ts';
import type { Slot } from './slots/slot.ts';
import { wordsOf } from './text.ts';
import type { Filling } from './wish.ts';

/** The parameters that the goal gives; what it doesn't speak of keeps its default and isn't listed. */
export function fillParams(filling: Filling): Record<string, unknown> {
	const { spec } = filling;
	const used = new Set<Slot>();
	const watched: Filling = {
		...filling,
		use: (slot) => {
			used.add(slot);
			filling.use(slot);
		},
	};
	const params: Record<string, unknown> = { ...RULES[spec.id]?.(watched) };
	const rest = filling.slots.filter((slot) => !used.has(slot));
	const best = variantsOf(spec)
		.filter((variant) => variant.tag === null || params[variant.tag.name] === undefined || params[variant.tag.name] === variant.tag.value)
		.map((variant) => ({ variant, filled: place(variant, rest, params, filling.goal.text) }))
		.sort((one, other) => other.filled.reduce((sum, entry) => sum + entry.score, 0) - one.filled.reduce((sum, entry) => sum + entry.score, 0))[0];
	if (best === undefined) return params;
	for (const { field, slot } of best.filled) {
		params[field.name] = valueFor(slot, field);
		filling.use(slot);
		// The words that name the parameter are understood with its value.
		for (const name of [field.title.en.toLowerCase(), field.title.zh, ...(field.phrases?.en ?? []), ...(field.phrases?.zh ?? [])])
			filling.cover(new RegExp(/^[a-z]/.test(name) ? `(?<![a-z])${escaped(name)}(?![a-z])` : escaped(name), 'g'));
	}
	if (best.variant.tag !== null && best.filled.length > 0) params[best.variant.tag.name] = best.variant.tag.value;
	chooseByWords(best.variant, spec, params, filling);
	return params;
}

interface Placed {
	readonly field: Field;
	readonly slot: Slot;
	readonly score: number;
}

/** Slots to fields, best fit first; each once. */
function place(variant: Variant, slots: readonly Slot[], params: Readonly<Record<string, unknown>>, text: string): Placed[] {
	const pairs = slots
		.flatMap((slot) => variant.fields.map((field) => ({ field, slot, score: fitness(slot, field, text) })))
		.filter((pair) => pair.score > 0 && params[pair.field.name] === undefined);
	pairs.sort((one, other) => other.score - one.score || one.slot.start - other.slot.start);
	const placed: Placed[] = [];
	for (const pair of pairs) if (!placed.some((one) => one.field === pair.field || one.slot === pair.slot)) placed.push(pair);
	return placed;
}

/** Choices whose own words stand in the clause, and toggles that are named. */
function chooseByWords(variant: Variant, spec: Spec, params: Record<string, unknown>, filling: Filling): void {
	void spec;
	for (const field of variant.fields) {
		if (params[field.name] !== undefined) continue;
		if (field.control === 'choice') {
			const choice = (field.choices ?? []).find((one) => one.value !== field.default && said(filling.text, one.value.replace(/-/g, ' '), one.title));
			if (choice !== undefined) {
				params[field.name] = choice.value;
				filling.cover(
					new RegExp(
						`(?<![a-z])${escaped(choice.value.replace(/-/g, ' '))}(?![a-z])|${escaped(choice.title.zh)}|${escaped(choice.title.en.toLowerCase())}`,
						'g',
					),
				);
			}
		} else if (
			field.control === 'toggle' &&
			field.default === false &&
			(field.phrases?.en ?? []).concat(field.phrases?.zh ?? []).some((phrase) => filling.text.includes(phrase))
		) {
			params[field.name] = true;
			for (const phrase of [...(field.phrases?.en ?? []), ...(field.phrases?.zh ?? [])]) filling.cover(new RegExp(escaped(phrase), 'g'));
		}
	}
}

function said(text: string, value: string, title: { readonly en: string; readonly zh: string }): boolean {
	const stems = wordsOf(text).map((word) => word.stem);
	const words = wordsOf(value).map((word) => word.stem);
	if (words.length > 0 && value.length > 2 && words.every((word) => stems.includes(word))) return true;
	return (title.zh.length > 1 && text.includes(title.zh)) || text.includes(title.en.toLowerCase());
}

function escaped(text: string): string {
	return text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
}
