/** A wish that the recipe has no node for yet → a node before the saving, in front, or beside. */
import { checkGraph } from '../../../nodes/check.ts';
import { fieldsOf } from '../../../nodes/define.ts';
import { endpoint } from '../../../nodes/graph.ts';
import { elementOf } from '../../../nodes/inference.ts';
import { fits } from '../gaps.ts';
import { mainPort } from './chain.ts';
import type { EditState } from './edit-state.ts';
import { filled } from './filled.ts';
import { formatsOf, savers } from './saving.ts';
import type { Wish } from './wish.ts';

/** Puts in the node of a wish. */
export function addWish(state: EditState, wish: Wish): void {
	const target = state.saveNode();
	const wire = state.recipe.graph.edges.find((edge) => endpoint(edge.to).node === target);
	const seen = wire === undefined ? undefined : checkGraph(state.recipe.graph, state.known).seen[wire.from];
	const spec =
		seen === undefined
			? wish.candidates[0]
			: wish.candidates.find((one) => {
					const port = mainPort(one);
					return (
						port !== undefined &&
						fits(elementOf(seen), port.kind) &&
						Object.values(one.outputs)[0]?.kind === (elementOf(seen).kind === 'image' && port.kind === 'video' ? 'video' : port.kind)
					);
				});
	const part = state.textOf(wish.words ?? wish.slots[0]);
	if (spec === undefined || target === undefined || wire === undefined) {
		const other = wish.candidates[0];
		const from = wire === undefined ? state.lastNode() : endpoint(wire.from).node;
		if (other === undefined || from === undefined) {
			state.outcome.notUnderstood.push(part);
			return;
		}
		// What can't stand in the way hangs beside it, with a file of its own.
		const kind = Object.values(other.outputs)[0]?.kind;
		const saving = savers().find((one) => mainPort(one)?.kind === kind);
		const formats = saving === undefined ? [] : formatsOf(saving);
		const format = state.reading.slots.find((slot) => slot.type === 'format' && slot.role === 'target');
		const wanted = format?.type === 'format' && formats.includes(format.format) ? format.format : formats[0];
		if (format !== undefined) state.covered.push(format);
		const nodes = [
			{ spec: other.id, params: filled(state, other, wish, null) },
			...(saving === undefined ? [] : [{ spec: saving.id, params: { format: wanted } }]),
		];
		state.change({ change: 'add_branch', from, nodes }, wish.words ?? wish.slots[0]);
		return;
	}
	const params = filled(state, spec, wish, null);
	const missing = fieldsOf(spec.params, params).find((field) => field.required && params[field.name] === undefined);
	if (missing !== undefined) {
		state.outcome.ask('planner.ask-value', { title: spec.title[state.request.language], param: missing.title[state.request.language] });
		return;
	}
	const front =
		/(?:at the (?:start|beginning|front)|first|before everything|up front)|前面|最前|开头先/.test(state.goal.text) &&
		wish.slots.every((slot) => slot.type !== 'edge');
	const sourceId = Object.entries(state.recipe.graph.nodes).find(([, node]) => node.spec.startsWith('io.'))?.[0];
	if (front && sourceId !== undefined) state.change({ change: 'insert_between', spec: spec.id, params, after: sourceId }, wish.words ?? wish.slots[0]);
	else state.change({ change: 'insert_between', spec: spec.id, params, before: target }, wish.words ?? wish.slots[0]);
}
