/** Reading a node's parameters: defaults filled in, earlier versions migrated, everything unknown or out of range named. */
import type { z } from 'zod';
import { fieldsOf, type Params, type Spec } from './define.ts';
import { withDefaultVariant } from './fields.ts';
import { GraphError } from './problems.ts';

/**
 * The complete parameters of a node.
 * @throws GraphError `param.unknown`, `param.missing` or `param.invalid`, with the parameter.
 */
export function parseParams(spec: Spec, raw: Params, version: number = spec.version): Params {
	const current = version < spec.version ? (spec.migrate?.(raw, version) ?? raw) : raw;
	const given = withDefaultVariant(spec.params, current);
	const fields = fieldsOf(spec.params, given);
	const unknown = Object.keys(given).find((name) => !fields.some((field) => field.name === name));
	if (unknown !== undefined) throw new GraphError('param.unknown', { param: unknown, choices: fields.map((field) => field.name) }, { param: unknown });
	const parsed = spec.params.safeParse(given);
	if (parsed.success) return parsed.data;
	throw invalid(parsed.error, given, fields);
}

function invalid(error: z.ZodError, given: Params, fields: ReturnType<typeof fieldsOf>): GraphError {
	const issue = error.issues[0];
	const param = String(issue?.path[0] ?? '');
	const field = fields.find((one) => one.name === param);
	const value = given[param];
	if (value === undefined) return new GraphError('param.missing', { param: field?.title.en ?? param }, { param });
	return new GraphError(
		'param.invalid',
		{ param: field?.title.en ?? param, value: JSON.stringify(value), expected: expected(field, issue?.message ?? '') },
		{ param },
	);
}

function expected(field: ReturnType<typeof fieldsOf>[number] | undefined, fallback: string): string {
	if (field?.choices !== undefined) return field.choices.map((choice) => choice.value).join(' | ');
	if (field?.control === 'number')
		return `${field.step === 1 ? 'a whole number' : 'a number'} ${field.min} … ${field.max}${field.unit === undefined ? '' : ` ${field.unit}`}`;
	if (field?.control === 'colour') return '#rrggbb';
	return fallback;
}
