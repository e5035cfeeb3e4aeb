/** The model's draft → graph, checks, questions. Everything after the wording is shared with the offline planner. */
import { SPECS, specOf } from '../../../nodes/catalogue.ts';
import { fieldsOf } from '../../../nodes/define.ts';
import type { Check, Graph, Recipe } from '../../../nodes/graph.ts';
import { RECIPE_FORMAT } from '../../../nodes/graph.ts';
import { KINDS, type Kind, type Seen } from '../../../nodes/kinds.ts';
import { GraphError, type Problem } from '../../../nodes/problems.ts';
import type { Source } from '../../engine/engine.ts';
import { assemble, type DraftSource, type DraftStep, freshId } from '../assemble.ts';
import { applyChanges, type Change } from '../edit.ts';
import type { Plan, PlanRequest } from '../plan.ts';
import { bindingsOf, knownOf } from '../verify.ts';
import { type Draft, type DraftChange, type EditDraft, partsOf, readParams, type Step, tidySteps } from './draft.ts';

export type Question = Plan['questions'][number];

export interface Built {
	readonly graph: Graph;
	readonly bindings: Plan['bindings'];
	readonly known: Readonly<Record<string, Seen>>;
	readonly assumptions: Plan['assumptions'];
	readonly problems: readonly Problem[];
	/** New or different nodes. */
	readonly touched: readonly string[];
}

/** The word for all inputs as one list. */
const ALL = 'inputs';

/** What the model calls the inputs. */
export function referencesOf(sources: readonly Source[]): readonly string[] {
	return sources.map((_, index) => `in${index + 1}`);
}

/** Builds the graph of steps, as far as they have arrived. */
export function build(written: readonly Step[], sources: readonly Source[], outputs: readonly string[] = []): Built {
	const references = referencesOf(sources);
	const steps = tidySteps(written, [...references, ALL]);
	const problems: Problem[] = [];
	const used = new Map<string, DraftSource>();
	const drafted = withSaves(steps, outputs).map((step): DraftStep => {
		const earlier = new Set(steps.slice(0, steps.findIndex((one) => one.id === step.id) + 1).map((one) => one.id));
		const from = step.from.flatMap((reference): DraftStep['from'][number][] => {
			const named = sources.findIndex((one) => one.name === reference);
			const { port, node, output } = named < 0 ? partsOf(reference) : { port: null, node: references[named] ?? reference, output: null };
			const source = sourceFor(node, step.op, port, sources, references);
			if (source === null && (!earlier.has(node) || node === step.id) && steps.every((one) => one.id === step.id || one.id !== node)) {
				const choices = [...references, ...[...earlier].filter((id) => id !== step.id)];
				problems.push(new GraphError('model.unknown-reference', { node: step.id, value: reference, choices }, { node: step.id }).problem);
				return [];
			}
			if (source !== null) used.set(source.id, source);
			const end = `${source?.id ?? node}${output === null ? '' : `.${output}`}`;
			return [port === null ? end : { from: end, port }];
		});
		return { id: step.id, spec: step.op, params: readParams(step.op, step.params), from };
	});
	const made = assemble(drafted, [...used.values()], sources);
	return { ...made, problems: [...problems, ...made.problems], touched: Object.keys(made.graph.nodes) };
}

/** A source node read as what its reader takes: a GIF is a picture for one step and a video for the next. */
function sourceFor(node: string, op: string, port: string | null, sources: readonly Source[], references: readonly string[]): DraftSource | null {
	const all = node === ALL && sources.length > 0;
	const index = references.indexOf(node);
	const source = sources[all ? 0 : index];
	if (source === undefined) return null;
	const spec = specOf(op);
	const wanted = new Set(Object.entries(spec?.inputs ?? {}).flatMap(([name, one]) => (port === null || port === name ? [one.kind] : [])));
	const natural: Kind = source.readings[0]?.kind ?? 'file';
	const kind = source.readings.find((reading) => wanted.has(reading.kind))?.kind ?? natural;
	const id = `${all ? ALL : node}${kind === natural ? '' : `-${kind}`}`;
	return { id, kind, files: all ? readableAs(kind, sources) : [index], ...(all ? { many: true } : {}) };
}

function readableAs(kind: Kind, sources: readonly Source[]): readonly number[] {
	return sources.flatMap((source, index) => (kind === 'file' || source.readings.some((reading) => reading.kind === kind) ? [index] : []));
}

/** Results that were wanted and that nothing saves get the one node that saves their kind. */
function withSaves(steps: readonly Step[], outputs: readonly string[]): readonly Step[] {
	const all = [...steps];
	for (const id of new Set(outputs.map((output) => partsOf(output).node))) {
		const step = steps.find((one) => one.id === id);
		const spec = specOf(step?.op ?? '');
		const kind = Object.values(spec?.outputs ?? {})[0]?.kind;
		if (spec === undefined || kind === undefined || spec.saves === true || spec.answers === true) continue;
		if (steps.some((one) => one.from.some((reference) => partsOf(reference).node === id))) continue;
		const savers = SPECS.filter((one) => one.saves === true && one.hidden !== true && Object.values(one.inputs)[0]?.kind === kind);
		const saver = savers[0];
		if (saver === undefined || savers.length > 1 || fieldsOf(saver.params).some((field) => field.required)) continue;
		all.push({ id: freshId(saver.id, Object.fromEntries(all.map((one) => [one.id, true]))), op: saver.id, params: {}, from: [id] });
	}
	return all;
}

/** Applies changes to the recipe at hand. */
export function buildEdit(changes: readonly DraftChange[], recipe: Recipe, sources: readonly Source[]): Built {
	const bindings = bindSources(recipe, sources);
	const known = knownOf(recipe, bindingsOf({ bindings }, sources));
	const problems: Problem[] = [];
	const typed = changes.flatMap((change): Change[] => {
		const one = changeOf(change);
		if (typeof one !== 'string') return [one];
		problems.push(new GraphError('model.no-such-change', { reason: one }, change.node ? { node: change.node } : {}).problem);
		return [];
	});
	const edited = applyChanges(recipe.graph, typed, known);
	// A change to what was there already is none.
	const touched = edited.touched.filter((id) => JSON.stringify(edited.graph.nodes[id]) !== JSON.stringify(recipe.graph.nodes[id]));
	return { graph: edited.graph, bindings, known, assumptions: [], problems: [...problems, ...edited.problems], touched };
}

/** A change in the shared form, or what it lacks. */
function changeOf({ kind, node, before, param, value, step }: DraftChange): Change | string {
	const made =
		step === null || step === undefined ? null : { spec: step.op, params: readParams(step.op, step.params), ...(step.id === '' ? {} : { id: step.id }) };
	if (kind === 'insert_between') {
		if (made === null) return 'insert_between has no step';
		if (before) return { change: kind, ...made, before };
		return node ? { change: kind, ...made, after: node } : 'insert_between names neither node nor before';
	}
	if (!node) return `${kind} names no node`;
	if (kind === 'remove_and_bridge') return { change: kind, node };
	if (kind === 'set_param') return param ? { change: kind, node, params: { [param]: value ?? null } } : 'set_param names no param';
	if (made === null) return `${kind} has no step`;
	if (kind === 'add_branch') return { change: kind, from: node, nodes: [made] };
	return { change: kind, node, spec: made.spec, params: made.params };
}

/** Files for the source nodes of a recipe that there is: each takes the first one that is left and can be read as its kind. */
function bindSources(recipe: Recipe, sources: readonly Source[]): Record<string, readonly number[]> {
	const left = sources.map((source, index) => ({ source, index }));
	const bindings: Record<string, readonly number[]> = {};
	for (const [id, node] of Object.entries(recipe.graph.nodes)) {
		const spec = specOf(node.spec);
		if (spec?.medium !== 'source') continue;
		const kind = KINDS.find((one) => one === node.params.kind);
		const fitting = left.filter(({ source }) => kind === undefined || kind === 'file' || source.readings.some((reading) => reading.kind === kind));
		const many = Object.values(spec.outputs)[0]?.many === true;
		const taken = many ? fitting : fitting.slice(0, 1);
		if (taken.length === 0) continue;
		for (const one of taken) left.splice(left.indexOf(one), 1);
		bindings[id] = taken.map((one) => one.index);
	}
	return bindings;
}

/** The checks of a draft whose nodes are in the graph; numbers in words of digits become numbers. */
export function checksOfDraft(draft: Draft | EditDraft, graph: Graph): readonly Check[] {
	return draft.checks.flatMap(({ step, property, compare, value, tolerance }): Check[] => {
		if (graph.nodes[step] === undefined) return [];
		const number = typeof value === 'string' && /^-?\d+(\.\d+)?$/.test(value) && property !== 'decodes-to' && property !== 'contains-text';
		const slack = tolerance ?? (property === 'duration' ? 0.1 : null);
		return [{ node: step, property, compare, value: number ? Number(value) : value, ...(slack === null ? {} : { tolerance: slack }) }];
	});
}

/** A recipe around the graph; for an edit, the present one with its graph and checks changed. */
export function recipeOf(request: PlanRequest, graph: Graph, checks: readonly Check[], assumptions: Plan['assumptions']): Recipe {
	const before = request.recipe;
	if (before === undefined) {
		return {
			millwright: RECIPE_FORMAT,
			name: request.goal.trim().slice(0, 80) || 'recipe',
			goal: request.goal,
			graph,
			...(checks.length === 0 ? {} : { checks: [...checks] }),
			...(assumptions.length === 0 ? {} : { assumptions: [...assumptions] }),
		};
	}
	const kept = (before.checks ?? []).filter(
		(check) => graph.nodes[check.node] !== undefined && !checks.some((one) => one.node === check.node && one.property === check.property),
	);
	const all = [...kept, ...checks];
	return { ...before, graph, ...(all.length === 0 && before.checks === undefined ? {} : { checks: all }) };
}
