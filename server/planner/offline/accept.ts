/** Which fields of a spec a slot could fill: by unit, control, choices and words, never by the name of a node. */
import { type Field, fieldsOf, type Spec } from '../../../nodes/define.ts';
import type { Slot } from './slots/slot.ts';
import { stem, wordsOf } from './text.ts';

const known = new Map<Spec, readonly Variant[]>();

/** The fields in force for one value of a union's tag; a plain object has one variant without a tag. */
export interface Variant {
	readonly tag: { readonly name: string; readonly value: string } | null;
	readonly fields: readonly Field[];
}

export function variantsOf(spec: Spec): readonly Variant[] {
	const found = known.get(spec);
	if (found !== undefined) return found;
	const fields = fieldsOf(spec.params);
	const tag = 'shape' in spec.params ? undefined : fields[0];
	const variants =
		tag === undefined
			? [{ tag: null, fields }]
			: (tag.choices ?? []).map(({ value }) => ({ tag: { name: tag.name, value }, fields: fieldsOf(spec.params, { [tag.name]: value }).slice(1) }));
	known.set(spec, variants);
	return variants;
}

/** How well a slot fills a field, 0 (not at all) … 10. `text`: the clause that it stands in. */
export function fitness(slot: Slot, field: Field, text: string): number {
	const words = wordScore(field, text, slot);
	const numeric = field.control === 'number';
	switch (slot.type) {
		case 'duration':
			return numeric && field.unit === 's' ? 5 + words + (/duration|length|seconds/.test(field.name) ? 2 : 0) : 0;
		case 'instant':
			return numeric && field.unit === 's' && /^(?:at|start|from|time)$/.test(field.name) ? 6 : 0;
		case 'px':
			if (!numeric || field.unit !== 'px') return 0;
			if (slot.axis === 'width' || slot.axis === 'height') return field.name.toLowerCase() === slot.axis ? 9 : 0;
			if (slot.axis !== null) return 0;
			return /^(?:width)$/.test(field.name) ? 5 : /^(?:height)$/.test(field.name) ? 2 : 3 + words;
		case 'percent':
			return numeric && (field.unit === '%' || (field.unit === undefined && (field.max ?? 0) <= 100 && (field.min ?? 0) >= 0 && field.name !== 'loop'))
				? 4 + words
				: 0;
		case 'factor':
			return numeric && field.unit === '×' ? 7 : numeric && /^(?:times|repetitions|repeats)$/.test(field.name) ? 4 : 0;
		case 'degrees':
			return numeric && field.unit === '°' ? 7 + words : 0;
		case 'unit':
			return numeric && field.unit === slot.unit ? 9 : 0;
		case 'ratio':
			return (field.choices ?? []).some((choice) => ratioNames(slot).includes(choice.value)) ? 9 : 0;
		case 'side':
			return (field.choices ?? []).some((choice) => choice.value === slot.gravity) ? 8 : 0;
		case 'colour':
			return field.control === 'colour' ? 6 + words : 0;
		case 'text':
		case 'url':
			return (field.control === 'text' || field.control === 'long-text') && /^(?:text|content|value|url|caption|words)$/.test(field.name) ? 8 : 0;
		case 'count':
			return numeric && countFits(slot.noun, field) ? 8 : 0;
		case 'bytes':
			return numeric && field.unit === 'MB' ? 8 : 0;
		case 'number':
			return numeric && words > 0 ? 4 + words : 0;
		default:
			return 0;
	}
}

/** The value that a slot gives a field. */
export function valueFor(slot: Slot, field: Field): unknown {
	const inRange = (value: number) => (field.step === 1 ? Math.round(value) : value);
	switch (slot.type) {
		case 'duration':
		case 'instant':
			return inRange(slot.seconds);
		case 'percent':
			return field.unit === '%' || (field.max ?? 0) > 1 ? slot.value : slot.value / 100;
		case 'px':
		case 'factor':
		case 'degrees':
		case 'unit':
		case 'count':
		case 'number':
			return inRange(slot.value);
		case 'ratio':
			return (field.choices ?? []).find((choice) => ratioNames(slot).includes(choice.value))?.value;
		case 'side':
			return slot.gravity;
		case 'bytes':
			return slot.bytes / 1_000_000;
		case 'colour':
		case 'text':
		case 'url':
			return slot.value;
		default:
			return undefined;
	}
}

/** Whether any field of any variant takes the slot. */
export function accepts(spec: Spec, slot: Slot, text: string): number {
	return Math.max(0, ...variantsOf(spec).flatMap((variant) => variant.fields.map((field) => fitness(slot, field, text))));
}

function ratioNames(slot: Extract<Slot, { type: 'ratio' }>): readonly string[] {
	return slot.width === slot.height ? ['square', '1:1'] : [`${slot.width}:${slot.height}`];
}

const SYNONYMS: Readonly<Record<string, RegExp>> = {
	colour: /colou?rs?|颜色|色|swatch|count/i,
	column: /columns?|across|列|每行/i,
	row: /rows?|across|行/i,
	frame: /frames?|stills?|帧|count|limit/i,
	time: /times?|repetitions?|loops?|次|遍/i,
};

function countFits(noun: string, field: Field): boolean {
	const words = [field.name, field.title.en, field.title.zh, ...(field.phrases?.en ?? []), ...(field.phrases?.zh ?? [])].join(' ').toLowerCase();
	if (noun === '') return false;
	if (/^(?:列|columns?$|cols?$|across|per row)/.test(noun) || noun.startsWith('每行')) return /column|across|列|per row/.test(words);
	if (/colou?r|swatch|颜色|主色|色/.test(noun)) return /colou?r|颜色|色/.test(words) && !/background/.test(words) && field.unit === undefined;
	if (/frame|still|image|picture|photo|thumbnail|帧|画面|截图|张|图/.test(noun))
		return /frame|count|limit|how many|帧|张|数量/.test(words) && field.unit === undefined;
	if (/times|loop|repet|次|遍/.test(noun)) return /times|repe|loop|次/.test(words);
	if (/row|record|entr|line|item|行|条|记录/.test(noun)) return /rows?|count|limit|行/.test(words);
	const plain = stem(noun);
	return Object.entries(SYNONYMS).some(([word, pattern]) => word === plain && pattern.test(words)) || wordsOf(words).some((word) => word.stem === plain);
}

/** 0 … 3: whether words of the field stand near the slot in the clause. */
function wordScore(field: Field, text: string, slot: Slot): number {
	const near = text.slice(Math.max(0, slot.start - 24), slot.end + 24);
	const stems = new Set(wordsOf(near).map((word) => word.stem));
	const names = [field.name, field.title.en, ...(field.phrases?.en ?? [])];
	if (names.some((name) => wordsOf(name.toLowerCase()).every((word) => stems.has(word.stem)) && name !== '')) return 3;
	return [field.title.zh, ...(field.phrases?.zh ?? [])].some((name) => near.includes(name)) ? 3 : 0;
}
