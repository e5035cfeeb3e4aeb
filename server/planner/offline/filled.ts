/** Parameters of a node that is changed or put in, as the words say. */
import { checkGraph } from '../../../nodes/check.ts';
import { fieldsOf, type Spec } from '../../../nodes/define.ts';
import { type Edge, endpoint } from '../../../nodes/graph.ts';
import { elementOf } from '../../../nodes/inference.ts';
import { accepts } from './accept.ts';
import type { EditState } from './edit-state.ts';
import { fillParams } from './fill.ts';
import { takes } from './takes.ts';
import type { Wish } from './wish.ts';

/** What a wish says of the parameters of a present node, or of a new one where the id is null. */
export function filled(state: EditState, spec: Spec, wish: Wish, id: string | null): Record<string, unknown> {
	const clause = state.reading.clauses[wish.clause] ?? { start: 0, end: state.goal.text.length };
	const { seen } = checkGraph(state.recipe.graph, state.known);
	const wire: Edge | undefined = state.recipe.graph.edges.find((edge) => endpoint(edge.to).node === (id ?? state.saveNode()));
	const input = wire === undefined ? undefined : seen[wire.from];
	const present = id === null ? undefined : state.recipe.graph.nodes[id];
	const assumed: string[] = [];
	const params = fillParams({
		spec,
		goal: state.goal,
		text: state.goal.text.slice(clause.start, clause.end),
		words: wish.words === null ? '' : state.goal.text.slice(wish.words.start, wish.words.end),
		slots: wish.slots.filter((slot) => accepts(spec, slot, state.goal.text) > 0 || takes(spec, slot)),
		input: input === undefined ? undefined : elementOf(input),
		batch: false,
		target: null,
		use: (slot) => state.covered.push(slot),
		cover: (pattern) => {
			let found = false;
			for (const match of state.goal.text.matchAll(new RegExp(pattern.source, 'g'))) {
				if (match[0] === '') continue;
				found = true;
				state.covered.push({ start: match.index, end: match.index + match[0].length });
			}
			return found;
		},
		assume: (param, value) => {
			assumed.push(param);
			if (present === undefined)
				state.outcome.assume(
					'planner.default',
					{ en: { title: spec.title.en, param, value: String(value) }, zh: { title: spec.title.zh, param, value: String(value) } },
					{ param, value },
				);
		},
		refuse: (part) => state.outcome.refuse(part, 'planner.refuse-format', { kind: spec.title[state.request.language], format: part, choices: [] }),
	});
	if (present === undefined) return params;
	// What a rule only assumed never overwrites what is set.
	return Object.fromEntries(Object.entries(params).filter(([name]) => !assumed.includes(name) || wish.slots.length > 0));
}

/** Parameters that don't go with a newly set tag of a union are taken away. */
export function cleaned(spec: Spec, old: Readonly<Record<string, unknown>>, params: Record<string, unknown>): Record<string, unknown> {
	const fields = fieldsOf(spec.params, { ...old, ...params }).map((field) => field.name);
	const gone = Object.keys(old).filter((name) => !fields.includes(name));
	// A width alone replaces a height alone, so that the picture keeps its shape.
	if (params.width !== undefined && params.height === undefined && old.height !== undefined && old.width === undefined) gone.push('height');
	if (params.height !== undefined && params.width === undefined && old.width !== undefined && old.height === undefined) gone.push('width');
	return { ...params, ...Object.fromEntries(gone.map((name) => [name, null])) };
}
