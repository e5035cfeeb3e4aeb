/** Formats that a change names. */
import { specOf } from '../../../nodes/catalogue.ts';
import type { Spec } from '../../../nodes/define.ts';
import { endpoint } from '../../../nodes/graph.ts';
import { mainPort } from './chain.ts';
import type { EditState } from './edit-state.ts';
import { cleaned } from './filled.ts';
import { formatsOf, kindsFor, savers } from './saving.ts';
import { overlap } from './text.ts';

const ALSO = /(?:^|[^a-z])(?:also|as well|too|additionally|another|plus|besides)(?![a-z])|另外|还要|同时|也/;

/** Formats: another one instead, or one more beside it. */
export function changeFormats(state: EditState): void {
	for (const slot of state.reading.slots) {
		if (slot.type !== 'format' || state.covered.some((span) => overlap(span, slot))) continue;
		state.covered.push(slot);
		const saves = Object.entries(state.recipe.graph.nodes).filter(([, node]) => specOf(node.spec)?.saves === true);
		const same = saves.find(([, node]) => formatsOf(specOf(node.spec) ?? ({} as Spec)).includes(slot.format));
		if (same !== undefined && same[1].params.format === slot.format) continue;
		const clause = state.reading.clauses.find((one) => slot.start < one.end) ?? { start: 0, end: state.goal.text.length };
		const adds = ALSO.test(state.goal.text.slice(Math.max(0, clause.start - 6), clause.end)) && !/instead|改成|换成/.test(state.goal.text);
		const [id] = same ?? saves[0] ?? [undefined];
		if (id === undefined) continue;
		const spec =
			savers().find(
				(one) => formatsOf(one).includes(slot.format) && mainPort(one)?.kind === mainPort(specOf(state.recipe.graph.nodes[id]?.spec ?? '') ?? one)?.kind,
			) ?? savers().find((one) => formatsOf(one).includes(slot.format));
		if (spec === undefined) {
			state.outcome.refuse(state.textOf(slot), 'planner.refuse-format', {
				kind: '',
				format: slot.format.toUpperCase(),
				choices: saves.flatMap(([, node]) => [...formatsOf(specOf(node.spec) ?? spec ?? ({} as Spec))]),
			});
			continue;
		}
		const wire = state.recipe.graph.edges.find((edge) => endpoint(edge.to).node === id);
		if (adds && wire !== undefined)
			state.change({ change: 'add_branch', from: endpoint(wire.from).node, nodes: [{ spec: spec.id, params: { format: slot.format } }] }, slot);
		else if (same !== undefined) {
			const old = state.recipe.graph.nodes[id]?.params ?? {};
			state.change({ change: 'set_param', node: id, params: cleaned(spec, old, { format: slot.format }) }, slot, id);
		} else if (kindsFor(slot.format).length > 0) state.change({ change: 'replace', node: id, spec: spec.id, params: { format: slot.format } }, slot, id);
	}
}
