/** A round's graph and ledger → the plan that people see. */
import type { Assumption, Recipe } from '../../../nodes/graph.ts';
import { sayProblem } from '../../../nodes/problems.ts';
import type { LedgerRow, Plan, PlanRequest } from '../plan.ts';
import { type Built, checksOfDraft, recipeOf } from './build.ts';
import type { Draft, EditDraft, Requirement } from './draft.ts';
import type { Ledger } from './ledger.ts';

interface Readable {
	readonly draft: Draft | EditDraft | null;
	readonly built: Built | null;
	readonly ledger: Ledger | null;
}

/** The plan as it stands after a round. */
export function finished(request: PlanRequest, { draft, built, ledger }: Readable, usage: Plan['usage']): Plan {
	if (draft === null || built === null || ledger === null) return empty(request, usage);
	const { rows } = ledger;
	const checks = checksOfDraft(draft, built.graph);
	const assumptions = [...built.assumptions, ...assumed(draft.requirements, built)];
	const refusals = rows.filter((row) => row.status === 'refused').map((row) => ({ part: row.part, reason: row.reason ?? '' }));
	const notUnderstood = rows.filter((row) => row.status === 'not-understood').map((row) => row.part);
	const questions = [...questionsOf(draft, rows), ...built.problems.map((problem) => ({ text: sayProblem(request.language, problem), ...place(problem) }))];
	const nothing = 'steps' in draft ? draft.steps.length === 0 : draft.changes.length === 0;
	const recipe: Recipe = recipeOf(request, built.graph, checks, assumptions);
	const outcome =
		nothing && refusals.length > 0 && questions.length === 0 ? 'refused' : questions.length + notUnderstood.length > 0 || nothing ? 'needs-answer' : 'planned';
	return {
		outcome,
		...(nothing && request.recipe === undefined ? {} : { recipe }),
		ledger: rows,
		checks: recipe.checks ?? [],
		assumptions,
		questions,
		refusals,
		notUnderstood,
		bindings: built.bindings,
		confidence: confidenceOf(outcome, rows, built),
		usage,
		tried: built.problems.length > 0 ? { ok: false, problems: built.problems, checks: [] } : null,
	};
}

function empty(request: PlanRequest, usage: Plan['usage']): Plan {
	const row: LedgerRow = { part: request.goal, status: 'not-understood' };
	const nothing = { checks: [], assumptions: [], questions: [], refusals: [], bindings: {}, tried: null };
	return { outcome: 'needs-answer', ledger: [row], notUnderstood: [request.goal], confidence: 0, usage, ...nothing };
}

/** What the model chose where the goal left it open, with the value that it chose. */
function assumed(requirements: readonly Requirement[], built: Built): Assumption[] {
	return requirements.flatMap((one): Assumption[] => {
		if (one.status !== 'assumed' || !one.reason) return [];
		const node = one.step ? built.graph.nodes[one.step] : undefined;
		const value = one.param && node !== undefined ? node.params[one.param] : undefined;
		return [
			{
				text: { en: one.reason, zh: one.reason },
				...(node === undefined || !one.step ? {} : { node: one.step }),
				...(value === undefined || !one.param ? {} : { param: one.param, value }),
			},
		];
	});
}

/** The model's questions; a part that is asked about without one asks with its reason. */
function questionsOf(draft: Draft | EditDraft, rows: readonly LedgerRow[]): Plan['questions'] {
	const asked = draft.questions.map((one) => ({
		text: one.text,
		...(one.step ? { node: one.step } : {}),
		...(one.param ? { param: one.param } : {}),
		...(one.choices.length > 0 ? { choices: one.choices } : {}),
	}));
	if (asked.length > 0) return asked;
	return rows.filter((row) => row.status === 'asked').map((row) => ({ text: row.reason ?? row.part }));
}

function place(problem: { readonly node?: string; readonly param?: string }): { node?: string; param?: string } {
	return { ...(problem.node === undefined ? {} : { node: problem.node }), ...(problem.param === undefined ? {} : { param: problem.param }) };
}

function confidenceOf(outcome: Plan['outcome'], rows: readonly LedgerRow[], built: Built): number {
	if (built.problems.length > 0 || rows.some((row) => row.status === 'not-understood')) return 0.4;
	if (outcome === 'needs-answer') return 0.6;
	return rows.some((row) => row.status === 'assumed') ? 0.8 : 0.95;
}
