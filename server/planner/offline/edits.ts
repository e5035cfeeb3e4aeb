/** Changes to a present recipe in words: parameters set, nodes put in, taken out, hung on; nothing else is touched. */
import { specOf } from '../../../nodes/catalogue.ts';
import type { Recipe } from '../../../nodes/graph.ts';
import { sayProblem } from '../../../nodes/problems.ts';
import { applyChanges } from '../edit.ts';
import type { Plan, PlanRequest } from '../plan.ts';
import { fitness, valueFor, variantsOf } from './accept.ts';
import { addWish } from './add-wish.ts';
import { changeFormats } from './change-formats.ts';
import { EditState } from './edit-state.ts';
import { cleaned, filled } from './filled.ts';
import { finishEdit } from './finish-edit.ts';
import { impossiblesOf } from './impossible.ts';
import { readAll } from './reading.ts';
import { familyOf } from './rules/families.ts';
import type { Slot } from './slots/slot.ts';
import { type Goal, overlap, type Span } from './text.ts';
import type { Wish } from './wish.ts';

/** Plans a change to a recipe. */
export function planEdit(goal: Goal, request: PlanRequest, recipe: Recipe): Plan {
	return new EditPlan(goal, request, recipe).plan();
}

const REMOVE =
	/(?:remove|delete|drop|get rid of|without|take (?:out|away|off)|undo|no more|no|lose|skip|leave out|don't|stop|turn off)(?: the| any| that| it'?s?)*\s*(?:\w+ )?$|(?:去掉|删除|删掉|移除|不要|取消|撤销|去除|别)(?:这个|那个|再)?$/;

class EditPlan extends EditState {
	plan(): Plan {
		const { goal, request, outcome } = this;
		for (const refused of impossiblesOf(
			goal,
			this.reading.slots.filter((slot) => slot.type === 'text'),
		)) {
			// "remove the watermark" takes a node out where there is one.
			if (this.nodesNamed(refused.span).length > 0) continue;
			outcome.refuse(goal.original.slice(refused.span.start, refused.span.end).trim(), refused.model ? 'planner.refuse-model' : 'planner.refuse-impossible', {
				what: refused.what[request.language],
			});
			this.covered.push(refused.span);
		}
		if (outcome.refusals.length === 0) {
			for (const negated of this.reading.negated) this.removeNamed(negated.span);
			for (const wish of this.reading.wishes) this.wish(wish);
			changeFormats(this);
			this.looseSlots();
		}
		const edited = applyChanges(this.recipe.graph, this.changes, this.known);
		return finishEdit(
			this,
			edited.graph,
			edited.problems.map((problem) => ({ node: problem.node, text: sayProblem(request.language, problem) })),
		);
	}

	private wish(wish: Wish): void {
		const span = wish.words;
		const ids = new Set(wish.candidates.flatMap((spec) => familyOf(spec.id)));
		const present = Object.entries(this.recipe.graph.nodes).filter(([, node]) => ids.has(node.spec));
		if (span !== null && REMOVE.test(this.goal.text.slice(0, span.start)) && present.length > 0) {
			for (const [id] of present) this.remove(id, span);
			return;
		}
		if (wish.words === null && present.length === 0 && this.adopt(wish.slots)) return;
		this.coverWish(wish);
		if (present.length > 0 && !/(?:add|another|second|再|又|加)/.test(this.goal.text.slice(Math.max(0, wish.at - 14), wish.at))) {
			for (const [id, node] of present.slice(0, 1)) {
				const spec = specOf(node.spec);
				if (spec === undefined) continue;
				const params = filled(this, spec, wish, id);
				if (Object.keys(params).length > 0)
					this.change({ change: 'set_param', node: id, params: cleaned(spec, node.params, params) }, span ?? wish.slots[0], id);
			}
			return;
		}
		addWish(this, wish);
	}

	/** Values that a present node has a field for: "make it 8 seconds", "use red instead". */
	private adopt(slots: readonly Slot[]): boolean {
		const changes: { id: string; params: Record<string, unknown>; slot: Slot }[] = [];
		for (const slot of slots) {
			const ranked = Object.entries(this.recipe.graph.nodes)
				.flatMap(([id, node]) => {
					const spec = specOf(node.spec);
					if (spec === undefined || spec.medium === 'source') return [];
					const fields = variantsOf(spec)
						.filter((variant) => variant.tag === null || (node.params[variant.tag.name] ?? variantsOf(spec)[0]?.tag?.value) === variant.tag.value)
						.flatMap((variant) => variant.fields);
					const best = fields
						.map((field) => ({ field, score: fitness(slot, field, this.goal.text) + (node.params[field.name] === undefined ? 0 : 2) }))
						.filter((one) => one.score > 2)
						.sort((one, other) => other.score - one.score)[0];
					return best === undefined ? [] : [{ id, ...best }];
				})
				.sort((one, other) => other.score - one.score);
			const [first, second] = ranked;
			if (first === undefined) return false;
			if (second !== undefined && second.score === first.score && second.id !== first.id && slot.type !== 'duration') {
				this.outcome.ask('planner.ask-which-node', { choices: ranked.map((one) => one.id) }, { choices: ranked.map((one) => one.id) });
				this.covered.push(slot);
				continue;
			}
			changes.push({ id: first.id, params: { [first.field.name]: valueFor(slot, first.field) }, slot });
		}
		for (const { id, params, slot } of changes) {
			const node = this.recipe.graph.nodes[id];
			const spec = node === undefined ? undefined : specOf(node.spec);
			if (node !== undefined && spec !== undefined) this.change({ change: 'set_param', node: id, params: cleaned(spec, node.params, params) }, slot, id);
			this.covered.push(slot);
		}
		return true;
	}

	/** Slots that no wish took: set on the node that has them already. */
	private looseSlots(): void {
		const taken = this.reading.wishes.flatMap((wish) => wish.slots);
		for (const slot of this.reading.slots) {
			if (taken.includes(slot) || slot.type === 'format' || slot.type === 'kind' || this.covered.some((span) => overlap(span, slot))) continue;
			if (!this.adopt([slot])) continue;
			this.covered.push(slot);
		}
		const quality = /(higher|better|lower|worse|smaller) (?:quality|file)|(?:提高|降低)(?:画质|质量)/.exec(this.goal.text);
		const save = this.saveNode();
		if (quality !== null && save !== undefined) {
			this.covered.push({ start: quality.index, end: quality.index + quality[0].length });
			this.change(
				{ change: 'set_param', node: save, params: { quality: /higher|better|提高/.test(quality[0]) ? 95 : 60 } },
				{ start: quality.index, end: quality.index + quality[0].length },
				save,
			);
		}
	}

	/** Nodes of the recipe that words of this part name. */
	private nodesNamed(span: Span): string[] {
		const wishes = this.reading.wishes.filter((wish) => wish.words !== null && overlap(wish.words, span));
		const stems = readAll({ ...this.goal }, [], undefined).wishes.filter((wish) => wish.words !== null && overlap(wish.words, span));
		const ids = new Set([...wishes, ...stems].flatMap((wish) => wish.candidates.flatMap((spec) => familyOf(spec.id))));
		return Object.entries(this.recipe.graph.nodes).flatMap(([id, node]) => (ids.has(node.spec) ? [id] : []));
	}

	private removeNamed(span: Span): void {
		const text = this.goal.text.slice(span.start, span.end);
		const found = Object.entries(this.recipe.graph.nodes).filter(([, node]) => {
			const spec = specOf(node.spec);
			return (
				spec !== undefined &&
				spec.saves !== true &&
				[...spec.phrases.en, ...spec.phrases.zh, spec.title.zh, spec.id.split('.')[1] ?? ''].some((phrase) => phrase.length > 1 && text.includes(phrase))
			);
		});
		if (found.length === 0) this.outcome.notUnderstood.push(this.textOf(span));
		for (const [id] of found) this.remove(id, span);
		this.covered.push(span);
	}

	private remove(id: string, span: Span): void {
		this.coverVerb();
		this.change({ change: 'remove_and_bridge', node: id }, span, id);
	}

	private coverWish(wish: Wish): void {
		if (wish.words !== null) this.covered.push(wish.words);
	}

	private coverVerb(): void {
		for (const match of this.goal.text.matchAll(
			/(?:remove|delete|drop|get rid of|without|undo|no more|lose|leave out|turn off)(?![a-z])|去掉|删除|删掉|移除|不要|取消|撤销|去除/g,
		))
			this.covered.push({ start: match.index, end: match.index + match[0].length });
	}
}
