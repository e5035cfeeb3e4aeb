/**
 * Fields: the parameters of a node, as zod schemas that also carry what a form, a doc page and a planner need
 * (title, unit, range, choices). One constructor a kind of field; `fieldsOf` reads them back.
 *
 * Every constructor takes `default` (the field is always there after parsing) or `optional: true` (it may be absent) or neither
 * (it must be given).
 */
import { z } from 'zod';
import type { Words } from './messages/words.ts';

/** Lengths in `px` are scaled when a graph runs on a smaller proxy of its source; no other unit is. */
export type Unit = 'px' | 's' | '%' | '°' | 'dpi' | 'fps' | '×' | 'dB' | 'LUFS' | 'MB' | 'Hz';

export interface Choice {
	readonly value: string;
	readonly title: Words;
}

export interface FieldInfo {
	readonly control: 'number' | 'choice' | 'text' | 'long-text' | 'colour' | 'toggle' | 'column' | 'columns' | 'formula' | 'code' | 'list';
	readonly title: Words;
	readonly hint?: Words;
	readonly unit?: Unit;
	readonly min?: number;
	readonly max?: number;
	readonly step?: number;
	/** Where a slider should move quickly and finely: sizes, radii. */
	readonly logarithmic?: boolean;
	readonly choices?: readonly Choice[];
	/** The input port whose columns a `column`, `columns` or `formula` field speaks of. */
	readonly port?: string;
	/** Language of a `code` field. */
	readonly language?: string;
	/** Words that people use for this parameter, beside its title, for the offline planner. */
	readonly phrases?: { readonly en: readonly string[]; readonly zh: readonly string[] };
}

/** A field as read back from a spec's parameters. */
export interface Field extends FieldInfo {
	readonly name: string;
	readonly required: boolean;
	readonly default?: unknown;
	/** Fields of one entry of a `list`. */
	readonly item?: readonly Field[];
}

const registry = z.registry<FieldInfo>();

interface Common {
	readonly title: Words;
	readonly hint?: Words;
	readonly phrases?: FieldInfo['phrases'];
}
type Given<T> = { readonly default: T };
type Optional = { readonly optional: true };
/** A schema that takes what it gives. */
type Exactly<T> = z.ZodType<T, T>;

/** Marks the schema as defaulted or optional and remembers what forms need. */
function settle<S extends z.ZodType>(schema: S, info: FieldInfo, options: object): z.ZodType {
	const settled = 'optional' in options ? schema.optional() : 'default' in options ? schema.prefault(options.default as never) : schema;
	registry.add(settled, info);
	return settled;
}

type NumberOptions = Common & Pick<FieldInfo, 'unit' | 'step' | 'logarithmic'> & { readonly min: number; readonly max: number; readonly whole?: boolean };

/** A number between `min` and `max`, both included. `whole`: integers only. */
function number(options: NumberOptions & Optional): z.ZodOptional<Exactly<number>>;
function number(options: NumberOptions & Given<number>): z.ZodPrefault<Exactly<number>>;
function number(options: NumberOptions): Exactly<number>;
function number(options: NumberOptions): z.ZodType {
	const { whole, ...rest } = options;
	const base = whole === true ? z.number().int() : z.number();
	return settle(
		base.min(options.min).max(options.max),
		{ ...info(rest), control: 'number', ...(whole === true && rest.step === undefined ? { step: 1 } : {}) },
		options,
	);
}

type ChoiceOptions<V extends string> = Common & { readonly choices: Readonly<Record<V, Words>> };

/** One of a few named values. */
function choice<V extends string>(options: ChoiceOptions<V> & Optional): z.ZodOptional<Exactly<V>>;
function choice<V extends string>(options: ChoiceOptions<V> & Given<NoInfer<V>>): z.ZodPrefault<Exactly<V>>;
function choice<V extends string>(options: ChoiceOptions<V>): Exactly<V>;
function choice<V extends string>(options: ChoiceOptions<V>): z.ZodType {
	const choices = Object.entries<Words>(options.choices).map(([value, title]) => ({ value, title }));
	return settle(z.enum(choices.map((one) => one.value)), { ...info(options), control: 'choice', choices }, options);
}

type TextOptions = Common & { readonly max?: number; readonly min?: number; readonly pattern?: RegExp };

/** Text of at most `max` characters (10,000 unless told). `long` fields get a text area. */
function textual(control: 'text' | 'long-text' | 'colour' | 'column' | 'formula' | 'code') {
	function make(options: TextOptions & Pick<FieldInfo, 'port' | 'language'> & Optional): z.ZodOptional<Exactly<string>>;
	function make(options: TextOptions & Pick<FieldInfo, 'port' | 'language'> & Given<string>): z.ZodPrefault<Exactly<string>>;
	function make(options: TextOptions & Pick<FieldInfo, 'port' | 'language'>): Exactly<string>;
	function make(options: TextOptions & Pick<FieldInfo, 'port' | 'language'>): z.ZodType {
		let schema = z
			.string()
			.max(options.max ?? 10_000)
			.min(options.min ?? 0);
		if (options.pattern !== undefined) schema = schema.regex(options.pattern);
		const { pattern: _, ...rest } = options;
		return settle(schema, { ...info(rest), control }, options);
	}
	return make;
}

/** Yes or no. */
function toggle(options: Common & Given<boolean>): z.ZodPrefault<Exactly<boolean>> {
	return settle(z.boolean(), { ...info(options), control: 'toggle' }, options) as z.ZodPrefault<Exactly<boolean>>;
}

type ColumnsOptions = Common & Pick<FieldInfo, 'port'> & { readonly min?: number };

/** Names of columns of the table at `port`. */
function columns(options: ColumnsOptions & Given<string[]>): z.ZodPrefault<Exactly<string[]>>;
function columns(options: ColumnsOptions): Exactly<string[]>;
function columns(options: ColumnsOptions): z.ZodType {
	return settle(z.array(z.string()).min(options.min ?? 0), { ...info(options), control: 'columns' }, options);
}

type ListOptions<S extends z.ZodObject> = Common & { readonly item: S; readonly min?: number };
type ListOf<S extends z.ZodObject> = z.ZodType<z.output<S>[], z.input<S>[]>;

/** Several entries, each an object of fields. */
function list<S extends z.ZodObject>(options: ListOptions<S> & Given<z.input<S>[]>): z.ZodPrefault<ListOf<S>>;
function list<S extends z.ZodObject>(options: ListOptions<S>): ListOf<S>;
function list<S extends z.ZodObject>(options: ListOptions<S>): z.ZodType {
	return settle(z.array(options.item).min(options.min ?? 0), { ...info(options), control: 'list' }, options);
}

const HEX = /^#(?:[0-9a-f]{6}|[0-9a-f]{8})$/i;
const colourText = textual('colour');

/** `#rrggbb` or `#rrggbbaa`. */
function colour(options: Common & Optional): z.ZodOptional<Exactly<string>>;
function colour(options: Common & Given<string>): z.ZodPrefault<Exactly<string>>;
function colour(options: Common): z.ZodType {
	return colourText({ ...options, pattern: HEX });
}

export const field = {
	number,
	choice,
	text: textual('text'),
	longText: textual('long-text'),
	code: textual('code'),
	/** A small formula over the columns of `port`: `price * quantity`. */
	formula: textual('formula'),
	/** Name of one column of the table at `port`. */
	column: textual('column'),
	columns,
	colour,
	toggle,
	list,
};

function info(options: object): FieldInfo & Common {
	const { default: _d, optional: _o, item: _i, choices: _c, ...rest } = options as FieldInfo & { default?: unknown; optional?: unknown; item?: unknown };
	return rest;
}

/** A node's parameters: an object of fields, or a union of such objects told apart by a `choice`-like literal. */
export type ParamsSchema = z.ZodObject | z.ZodDiscriminatedUnion<z.ZodObject[]>;

/** One variant of a union of parameters. */
export interface Variant {
	readonly value: string;
	readonly title: Words;
}
const variants = z.registry<{ readonly title: Words; readonly variants: readonly Variant[] }>();

/**
 * Parameters that depend on each other: `tag` names the field that decides which others there are.
 * The first variant is the default.
 */
export function oneOf<const T extends string, V extends Record<string, { title: Words; fields: z.ZodRawShape }>>(
	tag: T,
	title: Words,
	options: V,
): z.ZodDiscriminatedUnion<{ [K in keyof V & string]: z.ZodObject<{ [N in T]: z.ZodLiteral<K> } & V[K]['fields']> }[keyof V & string][]> {
	const objects = Object.entries(options).map(([value, variant]) => z.object({ [tag]: z.literal(value), ...variant.fields }));
	const union = z.discriminatedUnion(tag, objects as never);
	variants.add(union, { title, variants: Object.entries(options).map(([value, variant]) => ({ value, title: variant.title })) });
	return union as never;
}

/** The fields of a spec's parameters that are in force for these values; the tag of a union comes first, as a choice. */
export function fieldsOf(schema: ParamsSchema, params: Readonly<Record<string, unknown>> = {}): readonly Field[] {
	if (schema instanceof z.ZodObject) return fieldsOfShape(schema.shape);
	const union = variants.get(schema);
	if (union === undefined) throw new Error('a union of parameters is made with oneOf()');
	const tag = schema.def.discriminator;
	const names = union.variants.map((variant) => variant.value);
	const chosen = names.includes(String(params[tag])) ? String(params[tag]) : names[0];
	const object = schema.options[names.indexOf(chosen ?? '')] as z.ZodObject;
	const { [tag]: _, ...rest } = object.shape;
	return [{ name: tag, control: 'choice', title: union.title, choices: union.variants, required: false, default: names[0] }, ...fieldsOfShape(rest)];
}

function fieldsOfShape(shape: z.ZodRawShape): readonly Field[] {
	return Object.entries(shape).map(([name, schema]) => fieldOf(name, schema as z.ZodType));
}

function fieldOf(name: string, schema: z.ZodType): Field {
	const known = registry.get(schema);
	if (known === undefined) throw new Error(`the parameter ${name} is made with field.…()`);
	const base = { ...known, name };
	const inner = schema instanceof z.ZodPrefault ? schema.unwrap() : schema;
	const item = inner instanceof z.ZodArray && inner.element instanceof z.ZodObject ? { item: fieldsOfShape(inner.element.shape) } : {};
	if (schema instanceof z.ZodOptional) return { ...base, ...item, required: false };
	if (schema instanceof z.ZodPrefault) return { ...base, ...item, required: false, default: schema.def.defaultValue };
	return { ...base, ...item, required: true };
}

/** A union without its tag gets the first variant's. */
export function withDefaultVariant(schema: ParamsSchema, params: Readonly<Record<string, unknown>>): Readonly<Record<string, unknown>> {
	if (schema instanceof z.ZodObject) return params;
	const tag = schema.def.discriminator;
	return tag in params ? params : { [tag]: variants.get(schema)?.variants[0]?.value, ...params };
}
