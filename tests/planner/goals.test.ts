import { describe, expect, it } from 'vitest';
import { checkGraph } from '../../nodes/check.ts';
import { planOffline } from '../../server/planner/offline/index.ts';
import type { Plan } from '../../server/planner/plan.ts';
import { bindingsOf, knownOf } from '../../server/planner/verify.ts';
import { type DevelopmentGoal, developmentSet, languageOf } from './development-set.ts';
import { SOURCES } from './sources.ts';

function sourcesOf(goal: DevelopmentGoal) {
	return goal.inputs.map((name) => {
		const source = SOURCES[name];
		if (source === undefined) throw new Error(`no source ${name}`);
		return source;
	});
}

async function planned(goal: DevelopmentGoal): Promise<Plan> {
	const sources = sourcesOf(goal);
	const language = languageOf(goal.goal);
	if (goal.edits === undefined) return planOffline({ goal: goal.goal, sources, language });
	const first = await planOffline({ goal: goal.edits, sources, language });
	if (first.recipe === undefined) throw new Error(`no recipe for ${goal.edits}`);
	return planOffline({ goal: goal.goal, sources, language, recipe: first.recipe });
}

describe('the offline planner on the development set', () => {
	const goals = developmentSet();

	it('has at least 200 goals', () => {
		expect(goals.length).toBeGreaterThanOrEqual(200);
	});

	for (const goal of goals)
		it(`${goal.group}: ${goal.edits === undefined ? '' : `${goal.edits} → `}${goal.goal} [${goal.inputs.join(' ')}]`, async () => {
			const plan = await planned(goal);
			expect(plan.outcome).toBe(goal.outcome);
			// Nothing is dropped in silence: a plan that is offered accounts for every word.
			if (plan.outcome === 'planned') expect(plan.notUnderstood).toEqual([]);
			if (plan.outcome === 'needs-answer') expect(plan.questions.length).toBeGreaterThan(0);
			if (plan.outcome === 'refused') expect(plan.refusals.length).toBeGreaterThan(0);
			if (goal.outcome !== 'planned') return;
			const nodes = Object.values(plan.recipe?.graph.nodes ?? {}).filter((node) => !node.spec.startsWith('io.'));
			expect(nodes.map((node) => node.spec)).toEqual(goal.nodes);
			for (const [index, params] of Object.entries(goal.params ?? {})) expect(nodes[Number(index)]?.params).toMatchObject(params);
			for (const check of goal.checks ?? []) expect(plan.checks.map((one) => `${one.property}${one.compare}${one.value}`)).toContain(check);
			if (plan.recipe === undefined) return;
			expect(checkGraph(plan.recipe.graph, knownOf(plan.recipe, bindingsOf(plan, sourcesOf(goal)))).problems).toEqual([]);
		});
});
