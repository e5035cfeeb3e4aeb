/** An outcome and a graph → a plan. */
import type { Recipe } from '../../../nodes/graph.ts';
import type { Plan } from '../plan.ts';
import type { Outcome } from './outcome.ts';
import type { Goal } from './text.ts';

/** The plan that the outcome and the graph add up to. */
export function concluded(
	goal: Goal,
	outcome: Outcome,
	graph: Recipe['graph'] | null,
	bindings: Plan['bindings'],
	checks: Plan['checks'],
	answersNothing = false,
): Plan {
	for (const part of outcome.notUnderstood) outcome.ledger.push({ part, status: 'not-understood' });
	const words = Math.max(1, goal.words.length + (goal.text.match(/[\u4e00-\u9fff]/g)?.length ?? 0) / 2);
	const missed = outcome.notUnderstood.join(' ').length / Math.max(1, goal.original.length);
	const confidence = Math.max(0, Math.min(1, 1 - missed * 2 - 0.05 * outcome.assumptions.length - (words < 2 ? 0.1 : 0)));
	if (outcome.refusals.length === 0 && (graph === null || (missed > 0 && confidence < 0.8)) && outcome.questions.length === 0) {
		if (graph === null || outcome.notUnderstood.length === 0) outcome.ask('planner.ask-what', {});
		else for (const part of outcome.notUnderstood) outcome.ask('planner.ask-part', { part });
	} else if (outcome.refusals.length === 0 && outcome.notUnderstood.length > 0 && outcome.questions.length === 0)
		for (const part of outcome.notUnderstood) outcome.ask('planner.ask-part', { part });
	for (const question of outcome.questions)
		outcome.ledger.push({ part: question.text, status: 'asked', ...(question.node === undefined ? {} : { node: question.node }) });
	const result = outcome.refusals.length > 0 ? 'refused' : outcome.questions.length > 0 ? 'needs-answer' : 'planned';
	void answersNothing;
	return {
		outcome: result,
		...(graph === null
			? {}
			: {
					recipe: {
						millwright: 1 as const,
						name: goal.original.slice(0, 80).trim() || 'recipe',
						goal: goal.original,
						graph,
						...(checks.length === 0 ? {} : { checks: [...checks] }),
						...(outcome.assumptions.length === 0 ? {} : { assumptions: [...outcome.assumptions] }),
					},
				}),
		ledger: outcome.ledger,
		checks,
		assumptions: outcome.assumptions,
		questions: outcome.questions,
		refusals: outcome.refusals,
		notUnderstood: outcome.notUnderstood,
		bindings: Object.fromEntries(Object.entries(bindings).filter(([, files]) => files.length > 0)),
		confidence,
		usage: { planner: 'offline', model: null, tokens: null, cost: null },
		tried: null,
	};
}
