/** What the model wrote, read leniently: missing keys are empty, one thing stands for a list of one, an object for name-value pairs. */
import { z } from 'zod';
import { specOf } from '../../../nodes/catalogue.ts';
import { fieldsOf, type Params, type Spec } from '../../../nodes/define.ts';
import { CHECK_PROPERTIES, COMPARISONS, NODE_ID } from '../../../nodes/graph.ts';
import { CHANGES, STATUSES } from './schema.ts';

const text = z.string().nullish();
const texts = z.preprocess((value) => (typeof value === 'string' ? [value] : (value ?? [])), z.array(z.coerce.string()));

const params = z.preprocess(
	(value) => {
		if (Array.isArray(value)) return Object.fromEntries(value.map((one: { name?: unknown; value?: unknown }) => [String(one?.name ?? ''), one?.value]));
		return value ?? {};
	},
	z.record(z.string(), z.unknown()),
);

const stepSchema = z.object({ id: z.coerce.string(), op: z.string(), params, from: texts });
export type Step = z.output<typeof stepSchema>;

const requirementSchema = z.object({ part: z.string(), status: z.enum(STATUSES).catch('done'), step: text, param: text, reason: text });
export type Requirement = z.output<typeof requirementSchema>;

const checkSchema = z.object({
	step: z.string(),
	property: z.enum(CHECK_PROPERTIES),
	compare: z.enum(COMPARISONS).catch('='),
	value: z.union([z.string(), z.number(), z.boolean()]),
	tolerance: z.number().min(0).nullish().catch(null),
});
const questionSchema = z.object({ text: z.string(), step: text, param: text, choices: texts });

const changeSchema = z.object({
	kind: z.enum(CHANGES),
	node: text,
	before: text,
	param: text,
	value: z.unknown(),
	step: stepSchema.extend({ id: z.coerce.string().default('') }).nullish(),
});
export type DraftChange = z.output<typeof changeSchema>;

/** Entries that can't be read are left out of the lists that don't decide what is done. */
const readable = <S extends z.ZodType>(schema: S) =>
	z.preprocess((value) => (Array.isArray(value) ? value.filter((one) => schema.safeParse(one).success) : []), z.array(schema));

const common = {
	understanding: z.string().catch(''),
	requirements: z.array(requirementSchema).default([]),
	checks: readable(checkSchema),
	questions: readable(questionSchema),
};
export const draftSchema = z.object({ ...common, steps: z.array(stepSchema), outputs: texts });
export const editSchema = z.object({ ...common, changes: z.array(changeSchema) });
export type Draft = z.output<typeof draftSchema>;
export type EditDraft = z.output<typeof editSchema>;

/** One step as it arrives; null when it can't be read. */
export function readStep(value: unknown): Step | null {
	return stepSchema.safeParse(value).data ?? null;
}

/** One change as it arrives; null when it can't be read. */
export function readChange(value: unknown): DraftChange | null {
	return changeSchema.safeParse(value).data ?? null;
}

/** The draft with ids that a recipe can hold, each only once; a reference means the latest step of that id. */
export function tidyDraft(draft: Draft, taken: readonly string[]): Draft {
	const names = new Map<string, string>();
	const steps = tidySteps(draft.steps, taken, names);
	const named = <T extends { readonly step?: string | null | undefined }>(one: T): T => (one.step ? { ...one, step: names.get(one.step) ?? one.step } : one);
	return {
		...draft,
		steps: [...steps],
		outputs: draft.outputs.map((output) => renamed(output, names)),
		requirements: draft.requirements.map(named),
		checks: draft.checks.map(named),
		questions: draft.questions.map(named),
	};
}

/** @param names filled with written id → id in the recipe. */
export function tidySteps(steps: readonly Step[], taken: readonly string[], names: Map<string, string> = new Map()): readonly Step[] {
	const used = new Set(taken);
	return steps.map((step) => {
		const from = step.from.map((reference) => renamed(reference, names));
		const plain = step.id
			.replace(/[^A-Za-z0-9_-]+/g, '-')
			.replace(/^-+|-+$/g, '')
			.slice(0, 56);
		const base = NODE_ID.test(plain) ? plain : 'step';
		let id = base;
		for (let i = 2; used.has(id); i += 1) id = `${base}-${i}`;
		used.add(id);
		names.set(step.id, id);
		return { ...step, id, from };
	});
}

function renamed(reference: string, names: ReadonlyMap<string, string>): string {
	const { port, node, output } = partsOf(reference);
	return `${port === null ? '' : `${port}=`}${names.get(node) ?? node}${output === null ? '' : `.${output}`}`;
}

/** `port=step.output` taken apart. */
export function partsOf(reference: string): { readonly port: string | null; readonly node: string; readonly output: string | null } {
	const [, port, node, output] = /^\s*(?:([\w-]+)\s*=\s*)?([^.=]*?)(?:\.([\w-]+))?\s*$/.exec(reference) ?? [];
	return { port: port ?? null, node: node ?? reference, output: output ?? null };
}

/** Lists that a model wrote as JSON text, as lists. Everything else is the business of the shared validation. */
export function readParams(spec: Spec | string, raw: Params): Params {
	const known = typeof spec === 'string' ? specOf(spec) : spec;
	if (known === undefined) return raw;
	const lists = new Set(fieldsOf(known.params, raw).flatMap((field) => (field.control === 'list' || field.control === 'columns' ? [field.name] : [])));
	return Object.fromEntries(
		Object.entries(raw)
			.filter(([, value]) => value !== null && value !== undefined)
			.map(([name, value]) => [name, lists.has(name) ? listOf(value) : value]),
	);
}

function listOf(value: unknown): unknown {
	if (Array.isArray(value)) return value.map((one: unknown) => (typeof one === 'string' && /^\s*\{/.test(one) ? json(one) : one));
	return typeof value === 'string' && /^\s*[[{]/.test(value) ? json(value) : value;
}

function json(value: string): unknown {
	try {
		return JSON.parse(value);
	} catch {
		return value;
	}
}
