/** Going back to the model with what was wrong: for the steps that failed only, wherever they alone can be mended. */
import { specOf } from '../../../nodes/catalogue.ts';
import { checkGraph } from '../../../nodes/check.ts';
import { fieldsOf } from '../../../nodes/define.ts';
import { elementOf } from '../../../nodes/inference.ts';
import { say } from '../../../nodes/messages/index.ts';
import type { Problem } from '../../../nodes/problems.ts';
import type { LedgerRow } from '../plan.ts';
import type { Message } from './ask.ts';
import type { Built } from './build.ts';
import { type Draft, partsOf, type Step } from './draft.ts';
import { readJson } from './json.ts';
import { metadataText } from './prompt.ts';
import { EDIT_SCHEMA, mendSchema, PLAN_SCHEMA, type Schema } from './schema.ts';

/** What is wrong with an answer. */
export interface Faults {
	/** Nothing could be read from it. */
	readonly unreadable: boolean;
	readonly problems: readonly Problem[];
	/** Parts of the goal that nothing answers. */
	readonly empty: readonly LedgerRow[];
}

export interface Repair {
	/** Added to the conversation. */
	readonly messages: readonly Message[];
	readonly schema: Schema;
	/** Steps that are asked for again; null: the whole answer is. */
	readonly steps: readonly string[] | null;
}

/** Problems that new parameters or references of the same step can solve. */
const OWN = /^(param\.|graph\.(column|unknown-port|missing-input|two-wires)|model\.unknown-reference)/;

/** The question that puts it right. */
export function repairOf(answer: string, draft: Draft | null, built: Built | null, faults: Faults, editing: boolean): Repair {
	const before: Message = { role: 'assistant', content: answer.slice(0, 40_000) };
	const failing = draft === null || built === null || faults.empty.length > 0 ? null : mendable(draft, faults.problems);
	const said = [
		...(faults.unreadable ? ['The answer was not one JSON object of the form that was asked for.'] : []),
		...faults.problems.map((problem) => problemText(problem, built)),
		...faults.empty.map((row) => `The part ${JSON.stringify(row.part)} of the goal: ${row.reason ?? ''} Do it, ask about it, or refuse it with a reason.`),
	].map((line) => `- ${line}`);
	if (failing !== null) {
		const schema = mendSchema(failing);
		const ask = `Give these steps again, and only these: an object with the keys ${failing.map((step) => step.id).join(', ')}, by this JSON schema:`;
		const content = `These steps can't run:\n${said.join('\n')}\n\n${ask}\n${JSON.stringify(schema.schema)}`;
		return { messages: [before, { role: 'user', content }], schema, steps: failing.map((step) => step.id) };
	}
	const content = `This can't run yet:\n${said.join('\n')}\n\nGive the whole answer again, with these things put right and everything else as it was.`;
	return { messages: [before, { role: 'user', content }], schema: editing ? EDIT_SCHEMA : PLAN_SCHEMA, steps: null };
}

/** The failing steps, when each problem belongs to one that is known. */
function mendable(draft: Draft, problems: readonly Problem[]) {
	const steps = new Map<string, { id: string; spec: NonNullable<ReturnType<typeof specOf>>; params: Step['params'] }>();
	for (const problem of problems) {
		const step = draft.steps.find((one) => one.id === problem.node);
		const spec = specOf(step?.op ?? '');
		if (step === undefined || spec === undefined || !(problem.type === 'run' || OWN.test(problem.key))) return null;
		steps.set(step.id, { id: step.id, spec, params: step.params });
	}
	return steps.size === 0 ? null : [...steps.values()];
}

/** A problem for the model. Of outside programs only a script's own traceback is told: other programs quote what stands in files. */
function problemText(problem: Problem, built: Built | null): string {
	const node = built?.graph.nodes[problem.node ?? ''];
	const spec = specOf(node?.spec ?? '');
	const place = problem.node === undefined ? '' : `step ${problem.node}${problem.param === undefined ? '' : `, parameter ${problem.param}`}: `;
	const values = problem.type === 'graph' ? problem.values : { ...problem.values, reason: discreet(String(problem.values.reason ?? 'it failed'), built) };
	const message = `${place}${say('en', problem.key, values)}`;
	const code = spec === undefined || node === undefined ? undefined : fieldsOf(spec.params, node.params).find((field) => field.control === 'code');
	if (code === undefined || problem.type !== 'run' || built === null) return message;
	const { seen, nodes } = checkGraph(built.graph, built.known);
	const feeds = nodes.find((one) => one.id === problem.node)?.feeds ?? {};
	const inputs = Object.entries(feeds).flatMap(([port, ends]) =>
		ends.flatMap((end) => {
			const value = seen[`${end.node}.${end.port}`];
			return value === undefined ? [] : [`${port}: ${value.many ? 'list of ' : ''}${metadataText(elementOf(value))}`];
		}),
	);
	const traceback = (problem.detail ?? '').slice(-4000);
	return `${message}\nTraceback:\n${traceback}\nInputs:\n${inputs.join('\n')}\nScript (${code.name}):\n${String(node?.params[code.name] ?? '')}`;
}

/** What a program said, without the quoted text that isn't the plan's own: it may be a cell of somebody's table. */
function discreet(reason: string, built: Built | null): string {
	const own = JSON.stringify(built === null ? '' : [built.graph.nodes, Object.values(built.known).map((seen) => metadataText(elementOf(seen)))]);
	return reason.slice(0, 1000).replace(/(["'`])((?:(?!\1).)*)\1/g, (whole, mark: string, inner: string) => (own.includes(inner) ? whole : `${mark}…${mark}`));
}

/** The draft with the steps that came back put in their places; null when the answer can't be read. */
export function withMended(draft: Draft, steps: readonly string[], text: string): Draft | null {
	const value = readJson(text);
	if (typeof value !== 'object' || value === null) return null;
	const entries = new Map(Object.entries(value));
	if (!steps.some((id) => entries.has(id))) return null;
	return { ...draft, steps: draft.steps.map((step) => (steps.includes(step.id) ? mendedStep(step, entries.get(step.id)) : step)) };
}

function mendedStep(step: Step, value: unknown): Step {
	if (typeof value !== 'object' || value === null) return step;
	const params = 'params' in value && typeof value.params === 'object' && value.params !== null ? { ...value.params } : step.params;
	const from = 'from' in value && Array.isArray(value.from) ? value.from.map(String).filter((one) => partsOf(one).node !== '') : step.from;
	return { ...step, params: Object.fromEntries(Object.entries(params).filter(([, one]) => one !== null)), from };
}
