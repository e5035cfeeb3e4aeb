/** The last look at a change: words that are left over, problems of the graph, checks that stay. */
import { checkGraph } from '../../../nodes/check.ts';
import { endpoint, type Graph } from '../../../nodes/graph.ts';
import { elementOf } from '../../../nodes/inference.ts';
import type { Seen } from '../../../nodes/kinds.ts';
import type { Plan } from '../plan.ts';
import { concluded } from './concluded.ts';
import { uncovered } from './coverage.ts';
import type { EditState } from './edit-state.ts';
import { overlap } from './text.ts';

/** The plan of all changes, with the checks that still hold. */
export function finishEdit(state: EditState, graph: Graph, problems: readonly { readonly node: string | undefined; readonly text: string }[]): Plan {
	const { outcome, goal } = state;
	state.covered.push(...state.reading.hints, ...state.reading.slots.filter((slot) => slot.type === 'kind'));
	state.cover(/instead(?: of)?|rather|step|node|effect|filter|only|change|switch|replace|改|换|步骤|一步|步|前面|后面|节点|效果/g);
	for (const slot of state.reading.slots)
		if (!state.covered.some((span) => overlap(span, slot))) {
			outcome.notUnderstood.push(state.textOf(slot));
			state.covered.push(slot);
		}
	for (const span of uncovered(goal, state.covered)) outcome.notUnderstood.push(state.textOf(span));
	for (const problem of problems) outcome.refuseWith(outcome.ledger.find((row) => row.node === problem.node)?.part ?? goal.original, problem.text);
	if (state.changes.length === 0 && outcome.questions.length === 0 && outcome.refusals.length === 0)
		outcome.ask('planner.ask-which-node', { choices: Object.keys(state.recipe.graph.nodes) }, { choices: Object.keys(state.recipe.graph.nodes) });
	const plan = concluded(goal, outcome, graph, state.bindings, []);
	const checks = keptChecks(state, graph);
	const { checks: _, assumptions, ...rest } = state.recipe;
	return {
		...plan,
		checks,
		recipe: {
			...rest,
			graph,
			...(checks.length === 0 ? {} : { checks }),
			...(outcome.assumptions.length + (assumptions?.length ?? 0) === 0 ? {} : { assumptions: [...(assumptions ?? []), ...outcome.assumptions] }),
		},
	};
}

/** Checks of the recipe that the change doesn't speak against: those of properties that it moved go. */
function keptChecks(state: EditState, graph: Graph) {
	const before = checkGraph(state.recipe.graph, state.known).seen;
	const after = checkGraph(graph, state.known).seen;
	const contentOf = (seen: Readonly<Record<string, Seen>>, node: string) => {
		const entry = Object.entries(seen).find(([end]) => endpoint(end).node === node);
		return entry === undefined ? null : JSON.stringify(elementOf(entry[1]));
	};
	return (state.recipe.checks ?? []).filter(
		(check) =>
			graph.nodes[check.node] !== undefined &&
			(contentOf(before, check.node) === contentOf(after, check.node) ||
				check.property === 'codec' ||
				check.property === 'pixel-format' ||
				(check.property === 'format' && graph.nodes[check.node]?.params.format === check.value)),
	);
}
