/** What the planning of a goal holds while it goes on. */
import { Assembly } from '../assemble.ts';
import type { Plan, PlanRequest } from '../plan.ts';
import type { Link } from './chain.ts';
import { Outcome } from './outcome.ts';
import type { Slot } from './slots/slot.ts';
import type { Goal, Span } from './text.ts';

/** The goal, what is made of it so far, and which of its words are accounted for. */
export class GoalState {
	readonly goal: Goal;
	readonly request: PlanRequest;
	readonly outcome: Outcome;
	readonly covered: Span[] = [];
	readonly used = new Set<Slot>();
	readonly work: Assembly;
	readonly placed = new Map<Link, string>();
	readonly checks: Plan['checks'][number][] = [];
	failed = false;

	constructor(goal: Goal, request: PlanRequest) {
		this.goal = goal;
		this.request = request;
		this.outcome = new Outcome(request.language);
		this.work = new Assembly(request.sources);
	}

	/** Whether a pattern stands within a part of the goal; its words are covered. */
	cover(pattern: RegExp, within: Span): boolean {
		let found = false;
		const global = pattern.flags.includes('g') ? pattern : new RegExp(pattern.source, `${pattern.flags}g`);
		for (const match of this.goal.text.matchAll(global)) {
			if (match.index < within.start - 2 || match.index >= within.end) continue;
			if (match[0] === '') continue;
			found = true;
			this.covered.push({ start: match.index, end: match.index + match[0].length });
		}
		return found;
	}

	/** The words of a part as they were typed. */
	textOf(span: Span | undefined): string {
		return span === undefined ? '' : this.goal.original.slice(span.start, span.end).trim();
	}
}
