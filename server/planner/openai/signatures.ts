/** The catalogue as compact TypeScript-like signatures, generated from the specs: what the model reads. */
import { z } from 'zod';
import { SPECS } from '../../../nodes/catalogue.ts';
import { type Field, fieldsOf, type Ports, type Spec } from '../../../nodes/define.ts';

/** Choices this long are given a name when more than one parameter has them. */
const WORTH_A_NAME = 40;

/** One line for every spec that planners may use. The same text every time, so that a vendor's cache holds it. */
export function signatures(specs: readonly Spec[] = SPECS): string {
	const offered = specs.filter((spec) => spec.hidden !== true);
	const names = namesOf(offered);
	const types = [...names].map(([text, name]) => `type ${name} = ${text}`);
	return [...types, ...offered.map((spec) => signature(spec, names))].join('\n');
}

/** `area.name(port: kind; param?: type = default): kind  // What it does.` */
export function signature(spec: Spec, names: ReadonlyMap<string, string> = new Map()): string {
	const inputs = Object.entries(spec.inputs).map(([name, port]) => `${name}${port.optional === true ? '?' : ''}: ${kindOf(port)}`);
	const params = paramsOf(spec, names);
	const marks = [
		spec.saves === true ? 'saves a file' : '',
		spec.answers === true ? 'answers' : '',
		spec.portsOf === undefined ? '' : 'ports follow the parameters',
	];
	const noted = marks.filter((mark) => mark !== '').join(', ');
	return `${spec.id}(${inputs.join(', ')}${params === '' ? '' : `; ${params}`}): ${outputsOf(spec.outputs)}  // ${spec.summary.en}${noted === '' ? '' : ` [${noted}]`}`;
}

/** Names for long lists of choices that several parameters share. */
function namesOf(specs: readonly Spec[]): ReadonlyMap<string, string> {
	const counted = new Map<string, { name: string; count: number }>();
	for (const field of specs.flatMap((spec) => variantsOf(spec).flatMap((variant) => variant.fields))) {
		const text = choicesText(field);
		if (text.length < WORTH_A_NAME) continue;
		const known = counted.get(text);
		counted.set(text, { name: known?.name ?? field.name.replace(/^./, (first) => first.toUpperCase()), count: (known?.count ?? 0) + 1 });
	}
	const names = new Map<string, string>();
	for (const [text, { name, count }] of counted) {
		if (count < 2) continue;
		const taken = [...names.values()].filter((one) => one.replace(/\d+$/, '') === name).length;
		names.set(text, taken === 0 ? name : `${name}${taken + 1}`);
	}
	return names;
}

interface VariantFields {
	/** `by: "ratio"`; null: parameters without variants. */
	readonly tag: string | null;
	readonly fields: readonly Field[];
}

function variantsOf(spec: Spec): readonly VariantFields[] {
	if (!(spec.params instanceof z.ZodDiscriminatedUnion)) return [{ tag: null, fields: fieldsOf(spec.params) }];
	const tag = fieldsOf(spec.params)[0];
	return (tag?.choices ?? []).map(({ value }) => ({
		tag: `${tag?.name}: "${value}"`,
		fields: fieldsOf(spec.params, { [tag?.name ?? '']: value }).slice(1),
	}));
}

/** What all variants have in common is said once. */
function paramsOf(spec: Spec, names: ReadonlyMap<string, string>): string {
	const variants = variantsOf(spec).map(({ tag, fields }) => ({ tag, texts: fields.map((field) => fieldText(field, names)) }));
	const [first, ...others] = variants;
	if (first === undefined) return '';
	if (first.tag === null) return first.texts.join(', ');
	const common = first.texts.filter((text) => others.every((other) => other.texts.includes(text)));
	const own = variants.map(({ tag, texts }) => `{${[tag, ...texts.filter((text) => !common.includes(text))].join(', ')}}`);
	return [...common, own.join(' | ')].join(', ');
}

function kindOf(port: Ports[string]): string {
	return port.many === true ? `${port.kind}[]` : port.kind;
}

function outputsOf(ports: Ports): string {
	const [only, ...more] = Object.entries(ports);
	if (only === undefined) return 'nothing';
	if (more.length === 0) return kindOf(only[1]);
	return `{${[only, ...more].map(([name, port]) => `${name}: ${kindOf(port)}`).join(', ')}}`;
}

function fieldText(field: Field, names: ReadonlyMap<string, string>): string {
	const fallback = field.default === undefined ? '' : ` = ${JSON.stringify(field.default)}`;
	return `${field.name}${field.required ? '' : '?'}: ${typeText(field, names)}${fallback}`;
}

function choicesText(field: Field): string {
	return (field.choices ?? []).map((choice) => JSON.stringify(choice.value)).join('|');
}

function typeText(field: Field, names: ReadonlyMap<string, string>): string {
	const hint = field.hint === undefined ? '' : ` /* ${field.hint.en} */`;
	const of = field.port === undefined ? '' : ` of ${field.port}`;
	switch (field.control) {
		case 'number':
			return `${field.step === 1 ? 'int' : 'number'} ${field.min}..${field.max}${field.unit === undefined ? '' : ` ${field.unit}`}${hint}`;
		case 'choice':
			return (names.get(choicesText(field)) ?? choicesText(field)) + hint;
		case 'toggle':
			return 'bool';
		case 'colour':
			return 'colour';
		case 'column':
		case 'columns':
		case 'formula':
			return `${field.control}${of}${hint}`;
		case 'list':
			return `[{${(field.item ?? []).map((one) => fieldText(one, names)).join(', ')}}]${hint}`;
		case 'code':
			return `${field.language ?? ''} code${hint}`;
		default:
			return `text${hint}`;
	}
}
