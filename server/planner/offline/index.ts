/**
 * The offline planner: a semantic parser over the specs' own words. No model, no weights, milliseconds.
 * Slots first, then node words, clauses, dataflow, gaps; what nothing accounts for is said, never dropped.
 */
import type { Plan, PlanRequest } from '../plan.ts';
import { planEdit } from './edits.ts';
import { planGoal } from './goal.ts';
import { planTable } from './tables.ts';
import { readGoal } from './text.ts';

/** Plans a goal without a model. Pure: it looks at nothing but the request. */
export async function planOffline(request: PlanRequest): Promise<Plan> {
	const goal = readGoal(request.goal);
	const plan = request.recipe === undefined ? (planTable(goal, request) ?? planGoal(goal, request)) : planEdit(goal, request, request.recipe);
	if (plan.recipe !== undefined) for (const node of Object.keys(plan.recipe.graph.nodes)) request.onNode?.(node, plan.recipe);
	return plan;
}
