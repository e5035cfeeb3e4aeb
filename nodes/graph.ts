/**
 * Graphs and recipes: what is saved, diffed, shared and migrated. One JSON file a recipe; see docs/recipe-format.md.
 * Reading one never executes anything of it.
 */
import { z } from 'zod';
import { KINDS } from './kinds.ts';
import { GraphError } from './problems.ts';

export const RECIPE_FORMAT = 1;

/** Node ids are letters, digits, `-` and `_`, so that `node.port` can be split at the dot. */
export const NODE_ID = /^[A-Za-z0-9_-]{1,64}$/;
const ENDPOINT = /^[A-Za-z0-9_-]{1,64}\.[A-Za-z0-9_-]{1,64}$/;

const nodeSchema = z.strictObject({
	/** Id of the spec. One that this version doesn't know makes the node a placeholder. */
	spec: z.string(),
	version: z.number().int().min(1).default(1),
	params: z.record(z.string(), z.unknown()).default({}),
	/** The user's own name for it. */
	title: z.string().optional(),
	/** Where it stands on the canvas. */
	at: z.tuple([z.number(), z.number()]).optional(),
	/** Not run, nor is anything that hangs on it. */
	muted: z.boolean().optional(),
	/** Passes its first input through. */
	bypassed: z.boolean().optional(),
});

const edgeSchema = z.strictObject({
	/** `node.port` of an output. */
	from: z.string().regex(ENDPOINT),
	/** `node.port` of an input. Several edges into one many-port keep the order of this list. */
	to: z.string().regex(ENDPOINT),
});

const noteSchema = z.strictObject({ text: z.string(), at: z.tuple([z.number(), z.number()]), size: z.tuple([z.number(), z.number()]).optional() });

export const graphSchema = z.strictObject({
	nodes: z.record(z.string().regex(NODE_ID), nodeSchema),
	edges: z.array(edgeSchema).default([]),
	notes: z.array(noteSchema).optional(),
});

export const CHECK_PROPERTIES = [
	'format',
	'codec',
	'pixel-format',
	'bytes',
	'width',
	'height',
	'duration',
	'fps',
	'frames',
	'loops',
	'audio',
	'pages',
	'count',
	'rows',
	'columns',
	'has-column',
	'blanks',
	'characters',
	'decodes-to',
	'contains-text',
	'colours',
] as const;
export const COMPARISONS = ['=', '<=', '>='] as const;

export const checkSchema = z.strictObject({
	/** The node whose output is tested: usually one that saves. */
	node: z.string(),
	property: z.enum(CHECK_PROPERTIES),
	compare: z.enum(COMPARISONS).default('='),
	value: z.union([z.string(), z.number(), z.boolean()]),
	/** How far a number may be off. */
	tolerance: z.number().min(0).optional(),
});

export const assumptionSchema = z.strictObject({
	text: z.strictObject({ en: z.string(), zh: z.string() }),
	node: z.string().optional(),
	param: z.string().optional(),
	value: z.unknown().optional(),
});

export const recipeSchema = z.strictObject({
	millwright: z.literal(RECIPE_FORMAT),
	name: z.string().min(1).max(200),
	/** The sentence that it was made from. */
	goal: z.string().optional(),
	description: z.string().optional(),
	graph: graphSchema,
	/** Exposed inputs: name → a source node. Absent: every source node under its own id. */
	inputs: z.record(z.string(), z.strictObject({ node: z.string(), kind: z.enum(KINDS).optional() })).optional(),
	/** Exposed parameters: name → `node.param`. */
	parameters: z.record(z.string(), z.strictObject({ node: z.string(), param: z.string() })).optional(),
	checks: z.array(checkSchema).optional(),
	assumptions: z.array(assumptionSchema).optional(),
});

export type GraphNode = z.output<typeof nodeSchema>;
export type Edge = z.output<typeof edgeSchema>;
export type Graph = z.output<typeof graphSchema>;
export type Check = z.output<typeof checkSchema>;
export type CheckProperty = (typeof CHECK_PROPERTIES)[number];
export type Assumption = z.output<typeof assumptionSchema>;
export type Recipe = z.output<typeof recipeSchema>;

export interface Endpoint {
	readonly node: string;
	readonly port: string;
}

/** `node.port` taken apart. */
export function endpoint(text: string): Endpoint {
	const dot = text.indexOf('.');
	return { node: text.slice(0, dot), port: text.slice(dot + 1) };
}

/**
 * Reads a recipe from the text of its file.
 * @throws GraphError `recipe.unreadable` or `recipe.newer`.
 */
export function readRecipe(text: string): Recipe {
	return recipeFrom(parseJson(text));
}

/** Reads a recipe from parsed JSON. */
export function recipeFrom(json: unknown): Recipe {
	const version = typeof json === 'object' && json !== null && 'millwright' in json ? json.millwright : undefined;
	if (typeof version === 'number' && version > RECIPE_FORMAT) throw new GraphError('recipe.newer', { version });
	const read = recipeSchema.safeParse(json);
	if (!read.success) throw new GraphError('recipe.unreadable', { reason: z.prettifyError(read.error).replaceAll('\n', ' ') });
	return read.data;
}

/** The text of a recipe's file: keys in a fixed order, one entry a line, so that a diff shows what changed. */
export function writeRecipe(recipe: Recipe): string {
	return `${JSON.stringify(recipeSchema.parse(recipe), null, 2)}\n`;
}

function parseJson(text: string): unknown {
	try {
		return JSON.parse(text);
	} catch (error) {
		throw new GraphError('recipe.unreadable', { reason: error instanceof Error ? error.message : String(error) });
	}
}
