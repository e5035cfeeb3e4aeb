import type { Recipe } from '../../../nodes/graph.ts';
import type { Plan, PlanRequest } from '../plan.ts';
import { planGoal } from './goal.ts';
import type { Goal } from './text.ts';
export function planEdit(goal: Goal, request: PlanRequest, recipe: Recipe): Plan {
	void recipe;
	return planGoal(goal, request);
}
