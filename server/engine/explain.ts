/** What would run: the fused groups, their commands, and why each ends where it ends. Runs nothing. */
import { checkGraph } from '../../nodes/check.ts';
import type { Recipe } from '../../nodes/graph.ts';
import { ProblemError } from '../../nodes/problems.ts';
import { demand } from './demand.ts';
import { derive } from './derive.ts';
import type { Bindings, Explained } from './engine.ts';
import type { DraftGroup } from './fuse.ts';
import { groupOf, type PlannedGroup } from './pieces.ts';
import { inputOf, planned } from './planned.ts';
import type { Parts } from './run.ts';

export function explain(recipe: Recipe, bindings: Bindings, parts: Parts): Explained[] {
	const { wanted, pieces } = planned(recipe, bindings, (key) => parts.results.get(key), parts.planners);
	const missing = new Set(demand(wanted, (key) => parts.results.get(key)).calls.map((call) => call.key));
	const pieces = piecesOf(fuse(all, parts.planners), all);
	return together(pieces.flatMap((piece) => piece.groups.map((group) => explained(group, missing, parts))));
}

/** Groups that are alike but for the element that they work on are told once. */
function together(groups: readonly Explained[]): Explained[] {
	const found = new Map<string, Explained>();
	for (const group of groups) {
		const key = JSON.stringify([group.backend, group.nodes, group.cut]);
		const known = found.get(key);
		found.set(key, known === undefined ? group : { ...known, times: known.times + 1, cached: known.cached && group.cached });
	}
	return [...found.values()];
}

function explained(one: PlannedGroup, missing: ReadonlySet<string>, { planners }: Parts): Explained {
	const { draft } = one;
	const group = groupOf(one, one.reads.map(inputOf));
	return {
		backend: draft.backend,
		nodes: [...new Set(draft.calls.map((call) => call.node))],
		commands: planners[draft.backend].explain(group),
		cut: cutOf(draft, one),
		cached: !draft.calls.some((call) => missing.has(call.key)),
		seconds: planners[draft.backend].estimate(group),
		times: 1,
	};
}

function cutOf(draft: DraftGroup, one: PlannedGroup): string {
	const last = draft.calls.at(-1);
	if (last?.spec.saves === true) return 'the result is saved';
	const inMemory = one.outputs.some((output) => output.keep === 'memory');
	return inMemory ? `${draft.cut}; pixels are handed on in memory` : draft.cut;
}

function inputOf(value: Value): GroupInput {
	if (value.origin.type === 'source')
		return { key: value.key, metadata: value.metadata, from: 'file', path: value.origin.source.path, name: value.origin.source.name };
	return { key: value.key, metadata: value.metadata, from: 'file', path: `${value.stem}.${value.metadata.kind}`, name: value.stem };
}
