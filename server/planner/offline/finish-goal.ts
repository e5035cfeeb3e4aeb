/** The last look at a goal: words that are left over, problems of the graph, files that nothing uses. */
import { specOf } from '../../../nodes/catalogue.ts';
import { checkGraph } from '../../../nodes/check.ts';
import { KIND_TITLES } from '../../../nodes/kinds.ts';
import { sayProblem } from '../../../nodes/problems.ts';
import type { Plan } from '../plan.ts';
import { concluded } from './concluded.ts';
import { uncovered } from './coverage.ts';
import { fieldWords, purposes } from './fields.ts';
import type { GoalState } from './goal-state.ts';
import type { Reading } from './reading.ts';
import type { Slot } from './slots/slot.ts';
import type { MainSource } from './sources.ts';
import type { Goal } from './text.ts';

/** The plan, once every part of the goal is placed, refused or asked about. */
export function finishGoal(state: GoalState, reading: Reading, main: MainSource | null): Plan {
	const { outcome, goal, request } = state;
	state.covered.push(...reading.hints, ...reading.slots.filter((slot) => slot.type === 'format' || (slot.type === 'kind' && explained(state, slot.kind))));
	for (const { span, text } of reading.negated) {
		state.covered.push(span);
		outcome.ledger.push({ part: text, status: 'done', reason: text });
		outcome.assume('planner.kept-out', { part: text });
	}
	for (const slot of reading.slots) {
		if (state.covered.some((span) => span.start <= slot.start && slot.end <= span.end)) continue;
		if (harmless(slot, goal)) state.covered.push(slot);
		else if (!outcome.notUnderstood.includes(state.textOf(slot))) {
			outcome.notUnderstood.push(state.textOf(slot));
			state.covered.push(slot);
		}
	}
	state.covered.push(
		...fieldWords(
			goal,
			Object.values(state.work.nodes).map((node) => node.spec),
		),
		...purposes(goal),
	);
	for (const span of uncovered(goal, state.covered)) outcome.notUnderstood.push(state.textOf(span));
	const graph = { nodes: state.work.nodes, edges: state.work.edges };
	const problems = [...state.work.problems, ...checkGraph(graph, state.work.known).problems];
	for (const problem of problems) {
		if (problem.key === 'param.missing' || (problem.key === 'graph.missing-input' && (outcome.questions.length > 0 || problems.length > 1))) continue;
		const part = outcome.ledger.find((row) => row.node === problem.node)?.part ?? goal.original;
		outcome.refuseWith(part, sayProblem(request.language, problem));
	}
	const bound = new Set(Object.values(state.work.bindings).flat());
	for (const [index, source] of request.sources.entries())
		if (!bound.has(index) && Object.keys(graph.nodes).length > 1 && outcome.refusals.length === 0) outcome.ask('planner.ask-unused', { name: source.name });
	const made = Object.values(graph.nodes).filter((node) => !node.spec.startsWith('io.')).length > 0;
	if (main !== null && made && Object.values(state.work.bindings).some((files) => files.length === 0) && outcome.questions.length === 0)
		outcome.ask('planner.ask-input', { kind: KIND_TITLES[main.kind][request.language] }, { node: 'input' });
	return concluded(goal, outcome, made ? graph : null, state.work.bindings, state.checks);
}

/** Whether a kind that was named is at hand or passes through the plan: "and the text of it" is a wish where nothing makes text. */
function explained(state: GoalState, kind: MainSource['kind']): boolean {
	if (kind !== 'text' && kind !== 'audio') return true;
	if (state.request.sources.some((source) => source.readings.some((one) => one.kind === kind || (kind === 'audio' && one.kind === 'video')))) return true;
	return Object.values(state.work.nodes).some((node) => {
		const spec = specOf(node.spec);
		return (
			spec !== undefined && (/text|qr/.test(spec.id) || [...Object.values(spec.inputs), ...Object.values(spec.outputs)].some((port) => port.kind === kind))
		);
	});
}

/** Slots that need no node: sides in "the left picture", counts of the files at hand. */
function harmless(slot: Slot, goal: Goal): boolean {
	if (slot.type === 'count' && (slot.value === 1 || /^pages?$|页/.test(slot.noun))) return true;
	if (slot.type === 'count' && /^(?:images?|pictures?|photos?|files?|图|图片|张|个)$/.test(slot.noun))
		return /(?:these|the|my|这|all)\s*$/.test(goal.text.slice(Math.max(0, slot.start - 8), slot.start));
	return slot.type === 'number' && slot.value === 1;
}
