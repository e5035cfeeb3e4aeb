/**
 * The forms of the model's answers. Deliberately loose: one form for every node, checked against the node's own schema afterwards.
 * Only what every server with structured outputs knows: all keys required, null for "not given", no further keys, no oneOf, allOf, not.
 */
import { z } from 'zod';
import { type Field, fieldsOf, type Params, type Spec } from '../../../nodes/define.ts';
import { CHECK_PROPERTIES, COMPARISONS } from '../../../nodes/graph.ts';

export type JsonSchema = { readonly [key: string]: unknown };
/** A form of answers, with its name on the wire. */
export interface Schema {
	readonly name: string;
	readonly schema: JsonSchema;
}

const text = { type: 'string' };
const maybeText = { type: ['string', 'null'] };
const value = { anyOf: [text, { type: 'number' }, { type: 'boolean' }, { type: 'array', items: text }] };

function object(properties: Readonly<Record<string, JsonSchema>>): JsonSchema {
	return { type: 'object', properties, required: Object.keys(properties), additionalProperties: false };
}
const list = (items: JsonSchema): JsonSchema => ({ type: 'array', items });

export const STATUSES = ['done', 'assumed', 'asked', 'refused'] as const;
export const CHANGES = ['set_param', 'insert_between', 'remove_and_bridge', 'add_branch', 'replace'] as const;

const requirement = object({ part: text, status: { type: 'string', enum: [...STATUSES] }, step: maybeText, param: maybeText, reason: maybeText });
const step = object({ id: text, op: text, params: list(object({ name: text, value })), from: list(text) });
const check = object({
	step: text,
	property: { type: 'string', enum: [...CHECK_PROPERTIES] },
	compare: { type: 'string', enum: [...COMPARISONS] },
	value: { anyOf: [text, { type: 'number' }, { type: 'boolean' }] },
	tolerance: { type: ['number', 'null'] },
});
const question = object({ text, step: maybeText, param: maybeText, choices: list(text) });
const change = object({
	kind: { type: 'string', enum: [...CHANGES] },
	node: maybeText,
	before: maybeText,
	param: maybeText,
	value: { anyOf: [...value.anyOf, { type: 'null' }] },
	step: { anyOf: [step, { type: 'null' }] },
});

/** A plan. */
export const PLAN_SCHEMA: Schema = {
	name: 'plan',
	schema: object({
		understanding: text,
		requirements: list(requirement),
		steps: list(step),
		outputs: list(text),
		checks: list(check),
		questions: list(question),
	}),
};
/** Changes to a plan that there is. */
export const EDIT_SCHEMA: Schema = {
	name: 'changes',
	schema: object({ understanding: text, requirements: list(requirement), changes: list(change), checks: list(check), questions: list(question) }),
};

/** Exactly what these steps take: for the second try of steps whose parameters were wrong. */
export function mendSchema(steps: readonly { readonly id: string; readonly spec: Spec; readonly params: Params }[]): Schema {
	const one = ({ spec, params }: (typeof steps)[number]) => object({ params: paramsSchema(spec, params), from: list(text) });
	return { name: 'mended_steps', schema: object(Object.fromEntries(steps.map((each) => [each.id, one(each)]))) };
}

/** The parameters of a spec, every key required; null stands for the default. */
export function paramsSchema(spec: Spec, params: Params): JsonSchema {
	const tag = spec.params instanceof z.ZodDiscriminatedUnion ? fieldsOf(spec.params, params)[0] : undefined;
	if (tag === undefined) return fieldsObject(fieldsOf(spec.params, params));
	const variants = (tag.choices ?? []).map((choice) => {
		const [, ...rest] = fieldsOf(spec.params, { ...params, [tag.name]: choice.value });
		return object({ [tag.name]: { type: 'string', enum: [choice.value] }, ...properties(rest) });
	});
	return { anyOf: variants };
}

function fieldsObject(fields: readonly Field[]): JsonSchema {
	return object(properties(fields));
}

function properties(fields: readonly Field[]): Record<string, JsonSchema> {
	return Object.fromEntries(fields.map((field) => [field.name, fieldSchema(field)]));
}

function fieldSchema(field: Field): JsonSchema {
	const exact = typeOf(field);
	const described = { ...exact, description: describeField(field) };
	if (field.required) return described;
	return 'enum' in exact && Array.isArray(exact.enum)
		? { ...described, type: ['string', 'null'], enum: [...exact.enum, null] }
		: { ...described, type: [String(exact.type), 'null'] };
}

function typeOf(field: Field): JsonSchema {
	if (field.control === 'number') return { type: field.step === 1 ? 'integer' : 'number' };
	if (field.control === 'toggle') return { type: 'boolean' };
	if (field.control === 'choice') return { type: 'string', enum: (field.choices ?? []).map((choice) => choice.value) };
	if (field.control === 'columns') return list(text);
	if (field.control === 'list') return list(fieldsObject(field.item ?? []));
	return text;
}

// Ranges go into words: not every server that takes a schema takes `minimum`.
function describeField(field: Field): string {
	const range = field.control !== 'number' ? '' : `, ${field.min} to ${field.max}${field.unit === undefined ? '' : ` ${field.unit}`}`;
	const colour = field.control === 'colour' ? ', #rrggbb' : '';
	const hint = field.hint === undefined ? '' : `. ${field.hint.en}`;
	return `${field.title.en}${range}${colour}${field.default === undefined ? '' : `; null: ${JSON.stringify(field.default)}`}${hint}`;
}
