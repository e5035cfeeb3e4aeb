/** What would run: the fused groups, their commands, and why each ends where it ends. Runs nothing. */
import type { Recipe } from '../../nodes/graph.ts';
import type { Words } from '../../nodes/messages/words.ts';
import { demand } from './demand.ts';
import type { Bindings, Explained } from './engine.ts';
import type { DraftGroup } from './fuse.ts';
import type { Applied } from './optimise/chain.ts';
import { optimise } from './optimise.ts';
import { groupOf, type PlannedGroup } from './pieces.ts';
import { inputOf, planned } from './planned.ts';
import type { Parts } from './run.ts';
import { type Memory, SAME, type Why, whyMade } from './why.ts';

export function explain(recipe: Recipe, bindings: Bindings, parts: Parts): Explained[] {
	const { wanted, pieces } = planned(recipe, bindings, (key) => parts.results.get(key), parts.planners);
	const missing = new Set(demand(wanted, (key) => parts.results.get(key)).calls.map((call) => call.key));
	return together(pieces.flatMap((piece) => piece.groups.map((group) => explained(group, missing, parts, { recipe: recipe.name, lineage: parts.lineage }))));
}

/** Groups that are alike but for the element that they work on are told once. */
function together(groups: readonly Explained[]): Explained[] {
	const found = new Map<string, Explained>();
	for (const group of groups) {
		const key = JSON.stringify([group.backend, group.nodes, group.cut, group.rules]);
		const known = found.get(key);
		found.set(key, known === undefined ? group : { ...known, times: known.times + 1, cached: known.cached && group.cached });
	}
	return [...found.values()];
}

function explained(one: PlannedGroup, missing: ReadonlySet<string>, { planners }: Parts, memory: Memory): Explained {
	const { draft } = one;
	const reasons = draft.calls.filter((call) => missing.has(call.key)).map((call) => whyMade(call, memory));
	const { group, applied } = optimise(groupOf(one, one.reads.map(inputOf)), planners[draft.backend]);
	return {
		backend: draft.backend,
		nodes: [...new Set(draft.calls.map((call) => call.node))],
		commands: planners[draft.backend].explain(group),
		rules: rulesOf(applied),
		cut: cutOf(draft, one),
		cached: reasons.length === 0,
		why: mainOf(reasons),
		seconds: planners[draft.backend].estimate(group),
		times: 1,
	};
}

/** A change says more than what follows from it: nodes within a group leave nothing in the store, so that theirs always seems gone. */
function mainOf(reasons: readonly Why[]): Why {
	const changed = reasons.find(({ key }) => key !== 'why.input' && key !== 'why.gone');
	return changed ?? reasons.find(({ key }) => key === 'why.input') ?? reasons[0] ?? SAME;
}

/** Each rule once, with all nodes that it was about. */
function rulesOf(applied: readonly Applied[]): Explained['rules'] {
	const rules = new Map(applied.map(({ rule }) => [rule.name, rule]));
	return [...rules.values()].map(({ name, summary, tolerance }) => ({
		name,
		summary,
		tolerance,
		nodes: [...new Set(applied.filter(({ rule }) => rule.name === name).flatMap(({ nodes }) => nodes))],
	}));
}

function cutOf(draft: DraftGroup, one: PlannedGroup): Words {
	const last = draft.calls.at(-1);
	if (last?.spec.saves === true) return { en: 'the result is saved', zh: '结果在此保存' };
	const inMemory = one.outputs.some((output) => output.keep === 'memory');
	return inMemory ? { en: `${draft.cut.en}; pixels are handed on in memory`, zh: `${draft.cut.zh}；像素在内存中交给下一步` } : draft.cut;
}
