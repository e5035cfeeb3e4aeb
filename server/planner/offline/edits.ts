/** Changes to a present recipe in words: parameters set, nodes put in, taken out, hung on; nothing else is touched. */
import { specOf } from '../../../nodes/catalogue.ts';
import { checkGraph } from '../../../nodes/check.ts';
import { fieldsOf, type Spec } from '../../../nodes/define.ts';
import { type Edge, endpoint, type Graph, type Recipe } from '../../../nodes/graph.ts';
import { elementOf } from '../../../nodes/inference.ts';
import type { Metadata, Seen } from '../../../nodes/kinds.ts';
import { sayProblem } from '../../../nodes/problems.ts';
import { applyChanges, type Change } from '../edit.ts';
import { fits } from '../gaps.ts';
import type { Plan, PlanRequest } from '../plan.ts';
import { seenOfSources } from '../values.ts';
import { accepts, fitness, valueFor, variantsOf } from './accept.ts';
import { mainPort } from './chain.ts';
import { concluded } from './concluded.ts';
import { uncovered } from './coverage.ts';
import { fillParams } from './fill.ts';
import { impossiblesOf } from './impossible.ts';
import { Outcome } from './outcome.ts';
import { type Reading, readAll } from './reading.ts';
import { familyOf } from './rules/families.ts';
import { formatsOf, kindsFor, savers } from './saving.ts';
import type { Slot } from './slots/slot.ts';
import { takes } from './takes.ts';
import { type Goal, overlap, type Span } from './text.ts';
import type { Wish } from './wish.ts';

/** Plans a change to a recipe. */
export function planEdit(goal: Goal, request: PlanRequest, recipe: Recipe): Plan {
	return new EditPlan(goal, request, recipe).plan();
}

const REMOVE =
	/(?:remove|delete|drop|get rid of|without|take (?:out|away|off)|undo|no more|no|lose|skip|leave out|don't|stop|turn off)(?: the| any| that| it'?s?)*\s*(?:\w+ )?$|(?:去掉|删除|删掉|移除|不要|取消|撤销|去除|别)(?:这个|那个|再)?$/;
const INSTEAD = /instead|rather|change|make|set|use|should be|switch|改|换|设|调|成|为|变/;
const ALSO = /(?:^|[^a-z])(?:also|as well|too|additionally|another|plus|besides)(?![a-z])|另外|还要|同时|也/;

class EditPlan {
	readonly goal: Goal;
	readonly request: PlanRequest;
	readonly recipe: Recipe;
	readonly outcome: Outcome;
	readonly reading: Reading;
	readonly known: Record<string, Seen>;
	readonly covered: Span[] = [];
	readonly changes: Change[] = [];
	readonly bindings: Record<string, readonly number[]> = {};

	constructor(goal: Goal, request: PlanRequest, recipe: Recipe) {
		this.goal = goal;
		this.request = request;
		this.recipe = recipe;
		this.outcome = new Outcome(request.language);
		this.known = this.bind();
		const kind = Object.values(this.recipe.graph.nodes).find((node) => node.spec.startsWith('io.'))?.params.kind;
		const first = Object.values(this.known)[0];
		const metadata = first === undefined ? undefined : elementOf(first);
		this.reading = readAll(
			goal,
			request.sources.map((source) => source.readings),
			metadata ?? (typeof kind === 'string' ? ({ kind } as Metadata) : undefined),
		);
	}

	/** Source nodes of the recipe → the files at hand, in order. */
	private bind(): Record<string, Seen> {
		const known: Record<string, Seen> = {};
		const free = new Set(this.request.sources.keys());
		for (const [id, node] of Object.entries(this.recipe.graph.nodes)) {
			if (!node.spec.startsWith('io.')) continue;
			const kind = node.params.kind;
			const many = node.spec === 'io.folder';
			const found = [...free].filter((index) => this.request.sources[index]?.readings.some((one) => one.kind === kind)).slice(0, many ? undefined : 1);
			if (found.length === 0) continue;
			for (const index of found) free.delete(index);
			this.bindings[id] = found;
			const files = found.map((index) => this.request.sources[index]).filter((one) => one !== undefined);
			const reading = files[0]?.readings.find((one) => one.kind === kind);
			const seen = reading === undefined ? undefined : seenOfSources(files, reading.kind, many);
			if (seen !== undefined) known[id] = seen;
		}
		return known;
	}

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
			this.formats();
			this.looseSlots();
		}
		const edited = applyChanges(this.recipe.graph, this.changes, this.known);
		return this.finish(
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
				const params = this.filled(spec, wish, id);
				if (Object.keys(params).length > 0)
					this.change({ change: 'set_param', node: id, params: this.cleaned(spec, node.params, params) }, span ?? wish.slots[0], id);
			}
			return;
		}
		this.add(wish);
	}

	/** Parameters that don't go with a newly set tag of a union are taken away. */
	private cleaned(spec: Spec, old: Readonly<Record<string, unknown>>, params: Record<string, unknown>): Record<string, unknown> {
		const fields = fieldsOf(spec.params, { ...old, ...params }).map((field) => field.name);
		const gone = Object.keys(old).filter((name) => !fields.includes(name));
		// A width alone replaces a height alone, so that the picture keeps its shape.
		if (params.width !== undefined && params.height === undefined && old.height !== undefined && old.width === undefined) gone.push('height');
		if (params.height !== undefined && params.width === undefined && old.width !== undefined && old.height === undefined) gone.push('width');
		return { ...params, ...Object.fromEntries(gone.map((name) => [name, null])) };
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
			if (node !== undefined && spec !== undefined) this.change({ change: 'set_param', node: id, params: this.cleaned(spec, node.params, params) }, slot, id);
			this.covered.push(slot);
		}
		return true;
	}

	private add(wish: Wish): void {
		const target = this.saveNode();
		const wire = this.recipe.graph.edges.find((edge) => endpoint(edge.to).node === target);
		const seen = wire === undefined ? undefined : checkGraph(this.recipe.graph, this.known).seen[wire.from];
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
		const part = this.textOf(wish.words ?? wish.slots[0]);
		if (spec === undefined || target === undefined || wire === undefined) {
			const other = wish.candidates[0];
			const from = wire === undefined ? this.lastNode() : endpoint(wire.from).node;
			if (other === undefined || from === undefined) {
				this.outcome.notUnderstood.push(part);
				return;
			}
			// What can't stand in the way hangs beside it, with a file of its own.
			const kind = Object.values(other.outputs)[0]?.kind;
			const saving = savers().find((one) => mainPort(one)?.kind === kind);
			const formats = saving === undefined ? [] : formatsOf(saving);
			const format = this.reading.slots.find((slot) => slot.type === 'format' && slot.role === 'target');
			const wanted = format?.type === 'format' && formats.includes(format.format) ? format.format : formats[0];
			if (format !== undefined) this.covered.push(format);
			const nodes = [
				{ spec: other.id, params: this.filled(other, wish, null) },
				...(saving === undefined ? [] : [{ spec: saving.id, params: { format: wanted } }]),
			];
			this.change({ change: 'add_branch', from, nodes }, wish.words ?? wish.slots[0]);
			return;
		}
		const params = this.filled(spec, wish, null);
		const missing = fieldsOf(spec.params, params).find((field) => field.required && params[field.name] === undefined);
		if (missing !== undefined) {
			this.outcome.ask('planner.ask-value', { title: spec.title[this.request.language], param: missing.title[this.request.language] });
			return;
		}
		const front =
			/(?:at the (?:start|beginning|front)|first|before everything|up front)|前面|最前|开头先/.test(this.goal.text) &&
			wish.slots.every((slot) => slot.type !== 'edge');
		const sourceId = Object.entries(this.recipe.graph.nodes).find(([, node]) => node.spec.startsWith('io.'))?.[0];
		if (front && sourceId !== undefined) this.change({ change: 'insert_between', spec: spec.id, params, after: sourceId }, wish.words ?? wish.slots[0]);
		else this.change({ change: 'insert_between', spec: spec.id, params, before: target }, wish.words ?? wish.slots[0]);
	}

	/** Formats: another one instead, or one more beside it. */
	private formats(): void {
		for (const slot of this.reading.slots) {
			if (slot.type !== 'format' || this.covered.some((span) => overlap(span, slot))) continue;
			this.covered.push(slot);
			const saves = Object.entries(this.recipe.graph.nodes).filter(([, node]) => specOf(node.spec)?.saves === true);
			const same = saves.find(([, node]) => formatsOf(specOf(node.spec) ?? ({} as Spec)).includes(slot.format));
			if (same !== undefined && same[1].params.format === slot.format) continue;
			const clause = this.reading.clauses.find((one) => slot.start < one.end) ?? { start: 0, end: this.goal.text.length };
			const adds = ALSO.test(this.goal.text.slice(Math.max(0, clause.start - 6), clause.end)) && !/instead|改成|换成/.test(this.goal.text);
			const [id] = same ?? saves[0] ?? [undefined];
			if (id === undefined) continue;
			const spec =
				savers().find(
					(one) => formatsOf(one).includes(slot.format) && mainPort(one)?.kind === mainPort(specOf(this.recipe.graph.nodes[id]?.spec ?? '') ?? one)?.kind,
				) ?? savers().find((one) => formatsOf(one).includes(slot.format));
			if (spec === undefined) {
				this.outcome.refuse(this.textOf(slot), 'planner.refuse-format', {
					kind: '',
					format: slot.format.toUpperCase(),
					choices: saves.flatMap(([, node]) => [...formatsOf(specOf(node.spec) ?? spec ?? ({} as Spec))]),
				});
				continue;
			}
			const wire = this.recipe.graph.edges.find((edge) => endpoint(edge.to).node === id);
			if (adds && wire !== undefined)
				this.change({ change: 'add_branch', from: endpoint(wire.from).node, nodes: [{ spec: spec.id, params: { format: slot.format } }] }, slot);
			else if (same !== undefined) {
				const old = this.recipe.graph.nodes[id]?.params ?? {};
				this.change({ change: 'set_param', node: id, params: this.cleaned(spec, old, { format: slot.format }) }, slot, id);
			} else if (kindsFor(slot.format).length > 0) this.change({ change: 'replace', node: id, spec: spec.id, params: { format: slot.format } }, slot, id);
		}
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

	private change(change: Change, part: Span | undefined, node?: string): void {
		this.changes.push(change);
		if (part !== undefined) this.covered.push(part);
		this.outcome.ledger.push({ part: this.textOf(part), status: 'done', ...(node === undefined ? {} : { node }) });
	}

	private filled(spec: Spec, wish: Wish, id: string | null): Record<string, unknown> {
		const clause = this.reading.clauses[wish.clause] ?? { start: 0, end: this.goal.text.length };
		const { seen } = checkGraph(this.recipe.graph, this.known);
		const wire: Edge | undefined = this.recipe.graph.edges.find((edge) => endpoint(edge.to).node === (id ?? this.saveNode()));
		const input = wire === undefined ? undefined : seen[wire.from];
		const present = id === null ? undefined : this.recipe.graph.nodes[id];
		const assumed: string[] = [];
		const params = fillParams({
			spec,
			goal: this.goal,
			text: this.goal.text.slice(clause.start, clause.end),
			words: wish.words === null ? '' : this.goal.text.slice(wish.words.start, wish.words.end),
			slots: wish.slots.filter((slot) => accepts(spec, slot, this.goal.text) > 0 || takes(spec, slot)),
			input: input === undefined ? undefined : elementOf(input),
			batch: false,
			target: null,
			use: (slot) => this.covered.push(slot),
			cover: (pattern) => {
				let found = false;
				for (const match of this.goal.text.matchAll(new RegExp(pattern.source, 'g'))) {
					if (match[0] === '') continue;
					found = true;
					this.covered.push({ start: match.index, end: match.index + match[0].length });
				}
				return found;
			},
			assume: (param, value) => {
				assumed.push(param);
				if (present === undefined)
					this.outcome.assume(
						'planner.default',
						{ en: { title: spec.title.en, param, value: String(value) }, zh: { title: spec.title.zh, param, value: String(value) } },
						{ param, value },
					);
			},
			refuse: (part) => this.outcome.refuse(part, 'planner.refuse-format', { kind: spec.title[this.request.language], format: part, choices: [] }),
		});
		if (present === undefined) return params;
		// What a rule only assumed never overwrites what is set.
		return Object.fromEntries(Object.entries(params).filter(([name]) => !assumed.includes(name) || wish.slots.length > 0));
	}

	private saveNode(): string | undefined {
		return Object.entries(this.recipe.graph.nodes).find(([, node]) => specOf(node.spec)?.saves === true)?.[0];
	}

	private lastNode(): string | undefined {
		return Object.keys(this.recipe.graph.nodes).at(-1);
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

	private textOf(span: Span | undefined): string {
		return span === undefined ? '' : this.goal.original.slice(span.start, span.end).trim();
	}

	private finish(graph: Graph, problems: readonly { readonly node: string | undefined; readonly text: string }[]): Plan {
		const { outcome, goal } = this;
		this.covered.push(...this.reading.hints, ...this.reading.slots.filter((slot) => slot.type === 'kind'));
		this.cover(/instead(?: of)?|rather|step|node|effect|filter|only|change|switch|replace|改|换|步骤|一步|步|前面|后面|节点|效果/g);
		void INSTEAD;
		for (const slot of this.reading.slots)
			if (!this.covered.some((span) => overlap(span, slot))) {
				outcome.notUnderstood.push(this.textOf(slot));
				this.covered.push(slot);
			}
		for (const span of uncovered(goal, this.covered)) outcome.notUnderstood.push(this.textOf(span));
		for (const problem of problems) outcome.refuseWith(outcome.ledger.find((row) => row.node === problem.node)?.part ?? goal.original, problem.text);
		if (this.changes.length === 0 && outcome.questions.length === 0 && outcome.refusals.length === 0)
			outcome.ask('planner.ask-which-node', { choices: Object.keys(this.recipe.graph.nodes) }, { choices: Object.keys(this.recipe.graph.nodes) });
		const plan = concluded(goal, outcome, graph, this.bindings, []);
		const checks = this.keptChecks(graph);
		const { checks: _, assumptions, ...rest } = this.recipe;
		return {
			...plan,
			checks,
			recipe: {
				...rest,
				graph,
				...(checks.length === 0 ? {} : { checks }),
				...(outcome.assumptions.length + (assumptions?.length ?? 0) === 0 ? {} : { assumptions: [...(assumptions ?? []), ...outcome.assumptions] }),
			},
		};
	}

	/** Checks of the recipe that the change doesn't speak against: those of properties that it moved go. */
	private keptChecks(graph: Graph) {
		const before = checkGraph(this.recipe.graph, this.known).seen;
		const after = checkGraph(graph, this.known).seen;
		const contentOf = (seen: Readonly<Record<string, Seen>>, node: string) => {
			const entry = Object.entries(seen).find(([end]) => endpoint(end).node === node);
			return entry === undefined ? null : JSON.stringify(elementOf(entry[1]));
		};
		return (this.recipe.checks ?? []).filter(
			(check) =>
				graph.nodes[check.node] !== undefined &&
				(contentOf(before, check.node) === contentOf(after, check.node) ||
					check.property === 'codec' ||
					check.property === 'pixel-format' ||
					(check.property === 'format' && graph.nodes[check.node]?.params.format === check.value)),
		);
	}

	private cover(pattern: RegExp): void {
		for (const match of this.goal.text.matchAll(pattern)) this.covered.push({ start: match.index, end: match.index + match[0].length });
	}
}
