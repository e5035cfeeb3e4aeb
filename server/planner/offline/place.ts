/** One link of a chain → a node of the recipe, with its parameters filled, its defaults said and its gaps asked about. */
import { fieldsOf } from '../../../nodes/define.ts';
import { elementOf } from '../../../nodes/inference.ts';
import { KIND_TITLES } from '../../../nodes/kinds.ts';
import { freshId } from '../assemble.ts';
import { entryCost, type Link, mainPort } from './chain.ts';
import { fillParams } from './fill.ts';
import type { GoalState } from './goal-state.ts';
import type { Reading } from './reading.ts';
import { type MainSource, otherFile, secondPort } from './sources.ts';
import type { Span } from './text.ts';
import type { Filling } from './wish.ts';

/** Places a link behind a node; the id of its own node. */
export function place(state: GoalState, reading: Reading, link: Link, from: string | null, main: MainSource, target: string | null): string {
	const known = state.placed.get(link);
	if (known !== undefined) return known;
	const { wish, spec } = link;
	const id = freshId(spec.id, state.work.nodes);
	const clause = zoneOf(reading, wish.clause, state.goal.text.length);
	const seen = from === null ? undefined : state.work.seenAt(from);
	const port = mainPort(spec);
	const input = seen === undefined ? undefined : elementOf(seen);
	if (port !== undefined && input !== undefined && entryCost({ kind: input.kind, many: false, metadata: input }, spec) === null) state.failed = true;
	const assumed: { param: string; value: unknown }[] = [];
	const filling: Filling = {
		spec,
		goal: state.goal,
		text: state.goal.text.slice(clause.start, clause.end),
		words: wish.words === null ? '' : state.goal.text.slice(Math.max(clause.start, wish.words.start - 12), wish.words.end + 12),
		slots: wish.slots,
		input,
		batch: main.files.length > 1 && !main.many,
		target,
		use: (slot) => {
			state.used.add(slot);
			state.covered.push(slot);
		},
		cover: (pattern) => state.cover(pattern, clause),
		assume: (param, value) => assumed.push({ param, value }),
		refuse: (part, reason) => {
			if (reason === 'past-end' && input !== undefined && 'duration' in input) {
				const name = state.request.sources[main.files[0] ?? 0]?.name ?? '';
				state.outcome.refuse(state.textOf(wish.words ?? wish.slots[0]), 'planner.refuse-past-end', { name, duration: input.duration ?? 0, at: part });
				return;
			}
			const field = fieldsOf(spec.params).find((one) => one.choices !== undefined);
			state.outcome.refuse(part, 'planner.refuse-format', {
				kind: spec.title[state.request.language],
				format: part,
				choices: field?.choices?.map((one) => one.value) ?? [],
			});
		},
	};
	const params = fillParams(filling);
	if (spec.id.endsWith('.trim') && Object.keys(params).length === 0)
		state.outcome.ask(
			'planner.ask-value',
			{ title: spec.title[state.request.language], param: fieldsOf(spec.params)[0]?.title[state.request.language] ?? '' },
			{ node: id, param: 'keep' },
		);
	const feeds = from === null ? [] : [from];
	const second = secondPort(spec);
	if (second !== undefined) {
		const other = otherFile(state.request.sources, main, second.kind);
		const name = `input-${Object.keys(state.work.bindings).length + 1}`;
		state.work.addSource({ id: name, kind: second.kind, files: other === undefined ? [] : [other] });
		if (other === undefined) state.outcome.ask('planner.ask-input', { kind: KIND_TITLES[second.kind][state.request.language] }, { node: name });
		feeds.push(name);
	}
	const before = state.work.assumptions.length;
	state.work.addStep({ id, spec: spec.id, params, from: feeds });
	state.outcome.assumptions.push(...state.work.assumptions.slice(before));
	for (const { param, value } of assumed) stateDefault(state, id, spec, param, value);
	askMissing(state, id, spec, params);
	if (wish.typo !== undefined) state.outcome.assume('planner.read-as', { part: wish.typo.typed, meaning: wish.typo.meant }, { node: id });
	state.outcome.ledger.push({ part: state.textOf(wish.words ?? wish.slots[0]), status: 'done', node: id });
	state.placed.set(link, id);
	return id;
}

function stateDefault(state: GoalState, node: string, spec: Link['spec'], param: string, value: unknown): void {
	const field = fieldsOf(spec.params, state.work.nodes[node]?.params ?? {}).find((one) => one.name === param);
	// A bare value was said; only what it stands for is assumed.
	const said = [...state.used].find((slot) => 'value' in slot && slot.value === value);
	if (said !== undefined) {
		const part = state.textOf(said);
		state.outcome.assume(
			'planner.taken-as',
			{ en: { part, param: field?.title.en.toLowerCase() ?? param }, zh: { part, param: field?.title.zh ?? param } },
			{ node, param, value },
		);
		return;
	}
	const choice = field?.choices?.find((one) => one.value === value)?.title;
	const shown = (language: 'en' | 'zh') => choice?.[language] ?? `${String(value)}${field?.unit === undefined ? '' : ` ${field.unit}`}`;
	const words = (language: 'en' | 'zh') => ({ title: spec.title[language], param: field?.title[language] ?? param, value: shown(language) });
	state.outcome.assume('planner.default', { en: words('en'), zh: words('zh') }, { node, param, value });
}

function askMissing(state: GoalState, id: string, spec: Link['spec'], params: Record<string, unknown>): void {
	for (const field of fieldsOf(spec.params, params)) {
		if (!field.required || params[field.name] !== undefined) continue;
		const language = state.request.language;
		state.outcome.ask('planner.ask-value', { title: spec.title[language], param: field.title[language] }, { node: id, param: field.name });
	}
}

/** The clause of a wish with those behind it that ask for nothing of their own: "resize to 300x300, stretch". */
function zoneOf(reading: Reading, index: number, length: number): Span {
	const start = reading.clauses[index]?.start ?? 0;
	let end = reading.clauses[index]?.end ?? length;
	for (let i = index + 1; i < reading.clauses.length && !reading.wishes.some((wish) => wish.clause === i); i++) end = reading.clauses[i]?.end ?? end;
	return { start, end };
}
