/** The groups of a recipe on given sources, without running: shared by what shows them (`explain`) and what writes them down (`program`). */
import { type Checked, checkGraph } from '../../nodes/check.ts';
import type { Recipe } from '../../nodes/graph.ts';
import { ProblemError } from '../../nodes/problems.ts';
import { demand } from './demand.ts';
import { type Derived, derive } from './derive.ts';
import type { Bindings } from './engine.ts';
import { fuse, type Planners } from './fuse.ts';
import type { GroupInput, Hash } from './group.ts';
import { type Piece, piecesOf } from './pieces.ts';
import { observersOf, seenOfBindings, sourcesOf } from './run.ts';
import type { Result } from './stores.ts';
import type { Value } from './values.ts';

export interface Planned {
	readonly checked: Checked;
	readonly observed: ReadonlySet<string>;
	readonly derived: Derived;
	/** What somebody looks at; where nothing of that is known yet, what has to be made first. */
	readonly wanted: readonly Value[];
	readonly pieces: readonly Piece[];
}

/** @throws ProblemError for the first thing that is wrong with the graph or the sources. */
export function planned(recipe: Recipe, bindings: Bindings, known: (key: Hash) => Result | null, planners: Planners): Planned {
	const checked = checkGraph(recipe.graph, seenOfBindings(recipe, bindings));
	const [problem] = checked.problems;
	if (problem !== undefined) throw new ProblemError(problem);
	const observed = new Set(observersOf(checked));
	const derived = derive({ checked, sources: sourcesOf(checked, bindings), known });
	const [wrong] = derived.problems;
	if (wrong !== undefined) throw new ProblemError(wrong);
	const ends = [...derived.slots]
		.filter(([end]) => observed.has(end.split('.')[0] ?? ''))
		.flatMap(([, slot]) => ('values' in slot ? slot.values : 'value' in slot ? [slot.value] : slot.pending));
	const wanted = ends.length > 0 ? ends : derived.blockedBy;
	const all = demand(wanted, () => null);
	return { checked, observed, derived, wanted, pieces: piecesOf(fuse(all, planners), all) };
}

/** A value as the input of a group, as far as it is known before anything runs. */
export function inputOf(value: Value): GroupInput {
	if (value.origin.type === 'source')
		return { key: value.key, metadata: value.metadata, from: 'file', path: value.origin.source.path, name: value.origin.source.name };
	return { key: value.key, metadata: value.metadata, from: 'file', path: `${value.stem}.${value.metadata.kind}`, name: value.stem };
}
