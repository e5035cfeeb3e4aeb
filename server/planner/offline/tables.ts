import type { Plan, PlanRequest } from '../plan.ts';
import type { Goal } from './text.ts';
export function planTable(goal: Goal, request: PlanRequest): Plan | null {
	void goal;
	void request;
	return null;
}
