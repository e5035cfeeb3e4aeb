/**
 * Parameters as a planner wrote them → parameters that a spec takes. What has exactly one reading is mended ("50%" → 0.5, "Red" → #ff0000,
 * the nearest name of a choice); a parameter that the spec doesn't have is an error, never dropped.
 */
import { type Field, fieldsOf, type Params, type Spec } from '../../nodes/define.ts';
import { parseParams } from '../../nodes/params.ts';
import { GraphError, type Problem, problemOf } from '../../nodes/problems.ts';
import { colourOf } from './offline/colours.ts';
import { numberOf } from './offline/numbers.ts';

export interface Validated {
	/** Only what was given, in the types that the spec takes. */
	readonly params: Params;
	readonly problems: readonly Problem[];
}

/** Coerces and checks the parameters of one node. Defaults are not filled in: a recipe keeps only what was said. */
export function validateParams(spec: Spec, raw: Params): Validated {
	const given = Object.fromEntries(Object.entries(raw).filter(([, value]) => value !== null && value !== undefined));
	const params = tagged(spec, given);
	const fields = fieldsOf(spec.params, params);
	const coerced: Record<string, unknown> = {};
	for (const [name, value] of Object.entries(params)) {
		const field = fields.find((one) => one.name === name) ?? onlyNear(fields, name);
		if (field === undefined) {
			const problem = new GraphError('param.unknown', { param: name, choices: fields.map((one) => one.name) }, { param: name }).problem;
			return { params, problems: [problem] };
		}
		coerced[field.name] = coerce(field, value);
	}
	try {
		parseParams(spec, coerced);
		return { params: coerced, problems: [] };
	} catch (error) {
		return { params: coerced, problems: [problemOf(error)] };
	}
}

/** The tag of a union decides which fields there are, so it is brought in order first. */
function tagged(spec: Spec, params: Params): Params {
	const tag = fieldsOf(spec.params, params)[0];
	if (tag === undefined || tag.control !== 'choice' || !(tag.name in params)) return params;
	return { ...params, [tag.name]: coerce(tag, params[tag.name]) };
}

/** The field that differs only in spelling (`aspect_ratio`, `Width`); none where two do. */
function onlyNear(fields: readonly Field[], name: string): Field | undefined {
	const plain = (text: string) => text.toLowerCase().replace(/[^a-z0-9\u4e00-\u9fff]/g, '');
	const near = fields.filter((field) => plain(field.name) === plain(name) || plain(field.title.en) === plain(name) || field.title.zh === name);
	return near.length === 1 ? near[0] : undefined;
}

/** The value in the field's own type, where there is exactly one way to read it; else the value as it was, which parsing then refuses. */
export function coerce(field: Field, value: unknown): unknown {
	switch (field.control) {
		case 'number':
			return typeof value === 'string' ? toNumber(field, value) : field.step === 1 && typeof value === 'number' ? Math.round(value) : value;
		case 'choice':
			return typeof value === 'string' || typeof value === 'number' ? nearestChoice(field, String(value)) : value;
		case 'toggle':
			return value === 'true' || value === 'yes' ? true : value === 'false' || value === 'no' ? false : value;
		case 'colour':
			return typeof value === 'string' ? (colourOf(value) ?? value) : value;
		case 'columns':
			return typeof value === 'string' ? value.split(',').map((one) => one.trim()) : value;
		case 'list':
			return Array.isArray(value) ? value.map((entry) => coerceEntry(field, entry)) : coerceEntry(field, value) === value ? value : [coerceEntry(field, value)];
		default:
			return typeof value === 'number' ? String(value) : value;
	}
}

function coerceEntry(field: Field, entry: unknown): unknown {
	if (typeof entry !== 'object' || entry === null || Array.isArray(entry)) return entry;
	const item = field.item ?? [];
	return Object.fromEntries(
		Object.entries(entry).map(([name, value]) => {
			const inner = item.find((one) => one.name === name) ?? onlyNear(item, name);
			return inner === undefined ? [name, value] : [inner.name, coerce(inner, value)];
		}),
	);
}

function toNumber(field: Field, text: string): unknown {
	const match = /^\s*([+-]?[\d.,]+|[a-z\u4e00-\u9fff -]+?)\s*(%|px|s|sec|seconds?|秒|°|deg|x|×|倍|dpi|fps|db|lufs|mb)?\s*$/i.exec(text);
	const number = match?.[1] === undefined ? null : numberOf(match[1]);
	if (number === null) return text;
	const percent = match?.[2] === '%' && field.unit !== '%';
	const value = percent ? number / 100 : number;
	return field.step === 1 ? Math.round(value) : value;
}

function nearestChoice(field: Field, text: string): string {
	const choices = field.choices ?? [];
	const plain = (one: string) => one.toLowerCase().replace(/[\s_-]/g, '');
	const wanted = plain(text);
	const same = choices.find((choice) => plain(choice.value) === wanted || plain(choice.title.en) === wanted || choice.title.zh === text);
	if (same !== undefined) return same.value;
	const starts = choices.filter(
		(choice) => plain(choice.value).startsWith(wanted) || wanted.startsWith(plain(choice.value)) || plain(choice.title.en).includes(wanted),
	);
	return starts.length === 1 && starts[0] !== undefined ? starts[0].value : text;
}
