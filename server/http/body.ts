/** Request bodies: read as JSON, checked against a schema, never trusted. */
import { json, type Request, type RequestHandler } from 'express';
import { z } from 'zod';
import { type Recipe, recipeFrom } from '../../nodes/graph.ts';
import { LANGUAGES } from '../../nodes/messages/index.ts';
import { ORDERS } from '../batch/order.ts';
import { PAIRINGS } from '../batch/pair.ts';
import type { BatchBody, PlanBody, PreviewBody, RetryBody, RunBody } from './api.ts';
import { Refusal } from './problems.ts';

/** Recipes of thousands of nodes fit; floods don't. */
export const readJson: RequestHandler = json({ limit: '4mb' });
/** A pasted table or text. */
export const readLongJson: RequestHandler = json({ limit: '48mb' });

/** @throws Refusal 400; 422 for what isn't a recipe. */
export function bodyOf<T>(request: Request, schema: z.ZodType<T>): T {
	const read = schema.safeParse(request.body);
	if (read.success) return read.data;
	const reason = request.body === undefined ? 'expected JSON with content-type application/json' : z.prettifyError(read.error).replaceAll('\n', ' ');
	throw new Refusal(400, 'http.body', { reason });
}

/** A path parameter; express gives one string for a plain `:name`. */
export function param(request: Request, name: string): string {
	const value = request.params[name];
	return typeof value === 'string' ? value : '';
}

/** A query parameter, once. */
export function query(request: Request, name: string): string | undefined {
	const value = request.query[name];
	if (value === undefined || typeof value === 'string') return value;
	throw new Refusal(400, 'http.body', { reason: `expected one ${name}` });
}

const recipe = z.looseObject({}).transform((value): Recipe => recipeFrom(value));
const bindings = z.record(z.string(), z.array(z.string()));
const nodes = z.array(z.string());
const place = z.strictObject({ root: z.string(), path: z.string() });
const files = [place, z.strictObject({ inputs: z.array(z.string()) })] as const;

export const textBody = z.strictObject({ name: z.string().min(1).max(255), text: z.string() });
export const placeBody = place;
export const rootBody = z.strictObject({ path: z.string().min(1) });
export const recipeBody = z.strictObject({ recipe });
export const recipeUpdate = z.strictObject({ recipe, revision: z.number().int() });
export const explainBody = z.strictObject({ recipe, bindings });
export const ejectBody = z.strictObject({ recipe, bindings, as: z.enum(['node', 'sh']).default('node') });
export const keyBody = z.strictObject({ key: z.string().nullish(), baseUrl: z.string().nullish(), model: z.string().nullish() });

export const planBody: z.ZodType<PlanBody> = z.strictObject({
	goal: z.string().min(1).max(20_000),
	inputs: z.array(z.string()),
	planner: z.enum(['auto', 'offline', 'openai']),
	language: z.enum(LANGUAGES),
	recipe: recipe.exactOptional(),
	bindings: bindings.exactOptional(),
});
export const previewBody: z.ZodType<PreviewBody> = z.strictObject({ recipe, bindings, nodes: nodes.exactOptional(), channel: z.string().max(200) });
export const runBody: z.ZodType<RunBody> = z.strictObject({ recipe, bindings, nodes: nodes.exactOptional(), recipeId: z.string().exactOptional() });
export const batchBody: z.ZodType<BatchBody> = z.strictObject({
	recipe,
	node: z.string().exactOptional(),
	bindings,
	from: z.union([...files, z.strictObject({ rows: z.string(), settings: z.record(z.string(), z.string().max(10_000)) })]),
	also: z
		.array(z.strictObject({ node: z.string(), from: z.union(files) }))
		.max(20)
		.exactOptional(),
	pairing: z.enum(PAIRINGS).exactOptional(),
	order: z.enum(ORDERS).exactOptional(),
	canary: z.boolean().exactOptional(),
	pattern: z.string().max(500).exactOptional(),
	recursive: z.boolean(),
	to: place,
	name: z.string().max(500).exactOptional(),
	existing: z.enum(['error', 'skip', 'overwrite']),
	stopOnError: z.boolean(),
	commit: z.enum(['item', 'end']).exactOptional(),
	timeout: z.number().int().min(1).max(604_800).exactOptional(),
	jobs: z.number().int().min(1).max(1000).exactOptional(),
});
export const retryBody: z.ZodType<RetryBody> = z.strictObject({ cause: z.string().max(500).exactOptional(), mend: z.boolean().exactOptional() });
