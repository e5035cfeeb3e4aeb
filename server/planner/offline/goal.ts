/** A goal about media → a plan: what was read, chained, filled, assembled, checked and accounted for. */
import { checkGraph } from '../../../nodes/check.ts';
import { fieldsOf } from '../../../nodes/define.ts';
import type { Recipe } from '../../../nodes/graph.ts';
import { elementOf } from '../../../nodes/inference.ts';
import { KIND_TITLES, unknownOf } from '../../../nodes/kinds.ts';
import { sayProblem } from '../../../nodes/problems.ts';
import { Assembly, freshId } from '../assemble.ts';
import type { Plan, PlanRequest } from '../plan.ts';
import { entryCost, type Link, mainPort, valuesOf } from './chain.ts';
import { uncovered } from './coverage.ts';
import { fieldWords, purposes } from './fields.ts';
import { fillParams } from './fill.ts';
import { impossiblesOf } from './impossible.ts';
import { type Branch, flowOf, withMotion } from './media.ts';
import { Outcome } from './outcome.ts';
import { promiseOf } from './promise.ts';
import { type Reading, readAll } from './reading.ts';
import { formatsOf, kindsFor, savers, savingOf } from './saving.ts';
import type { Slot } from './slots/slot.ts';
import { type MainSource, mainSource, otherFile, secondPort } from './sources.ts';
import type { Goal, Span } from './text.ts';
import type { Filling } from './wish.ts';

/** Plans a goal that isn't about a table's contents. */
export function planGoal(goal: Goal, request: PlanRequest): Plan {
	return new GoalPlan(goal, request).plan();
}

class GoalPlan {
	readonly goal: Goal;
	readonly request: PlanRequest;
	readonly outcome: Outcome;
	readonly covered: Span[] = [];
	readonly used = new Set<Slot>();
	readonly work: Assembly;
	readonly placed = new Map<Link, string>();
	readonly checks: Plan['checks'][number][] = [];
	failed = false;

	constructor(goal: Goal, request: PlanRequest) {
		this.goal = goal;
		this.request = request;
		this.outcome = new Outcome(request.language);
		this.work = new Assembly(request.sources);
	}

	plan(): Plan {
		const { goal, request, outcome } = this;
		const readings = request.sources.map((source) => source.readings);
		const reading = readAll(goal, readings, request.sources[0]?.readings[0]);
		for (const refused of impossiblesOf(
			goal,
			reading.slots.filter((slot) => slot.type === 'text'),
			request.sources.length > 0,
		)) {
			const part = goal.original.slice(refused.span.start, refused.span.end).trim();
			outcome.refuse(part, refused.model ? 'planner.refuse-model' : 'planner.refuse-impossible', { what: refused.what[request.language] });
			this.covered.push(refused.span);
		}
		for (const match of goal.text.matchAll(BELOW_ZERO)) {
			const at = match.index + (match[0].length - match[0].trimStart().length);
			outcome.refuse(goal.original.slice(at, match.index + match[0].length), 'planner.refuse-negative', { part: match[1] ?? '' });
		}
		const impossible = reading.wishes.filter((wish) => this.covered.some((span) => span.start <= wish.at && wish.at < span.end));
		const wishes = reading.wishes.filter((wish) => !impossible.includes(wish));
		const read: Reading = { ...reading, wishes };
		const main = mainSource(read, request.sources) ?? this.imagined(read);
		if (main === null) this.build(read, { kind: 'image', metadata: unknownOf('image'), files: [], many: false }, null);
		else this.build(read, main, this.addMain(main));
		return this.finish(read, main);
	}

	/** Without a file: the source that the goal speaks of; null where its first node needs none. */
	private imagined(reading: Reading): MainSource | null {
		const first = reading.wishes[0];
		const spec = first?.candidates[0];
		if (spec !== undefined && mainPort(spec) === undefined) return null;
		const said = reading.slots.find((slot) => slot.type === 'kind' && slot.role === 'reference') ?? reading.slots.find((slot) => slot.type === 'format');
		const kind =
			(said?.type === 'kind' ? said.kind : said?.type === 'format' ? kindsFor(said.format)[0] : undefined) ??
			(spec === undefined ? undefined : mainPort(spec)?.kind) ??
			'image';
		return { kind, metadata: unknownOf(kind), files: [], many: false };
	}

	private addMain(main: MainSource): string {
		const id = 'input';
		this.work.addSource({ id, kind: main.kind, files: main.files, many: main.many });
		return id;
	}

	private build(reading: Reading, main: MainSource, source: string | null): void {
		const base = { kind: main.kind, many: main.many, metadata: main.metadata };
		const flow = flowOf(reading, base, main.metadata);
		this.covered.push(...flow.repeated);
		const ends = flow.branches
			.filter((branch) => branch.chain.links.length > 0)
			.map((branch) => valuesOf({ base: branch.chain.base, links: branch.chain.links }).at(-1)?.kind);
		for (const wish of flow.lost) {
			const spec = wish.candidates[0];
			// A word of another medium for what comes out anyway: "pages as images", "page 1 as a thumbnail".
			const output = spec === undefined ? undefined : Object.values(spec.outputs)[0]?.kind;
			if (wish.words !== null && wish.slots.length === 0 && output !== undefined && output !== main.kind && ends.includes(output)) {
				this.covered.push(wish.words);
				continue;
			}
			const part = wish.words === null ? this.textOf(wish.slots[0]) : this.textOf(wish.words);
			if (wish.words !== null && spec !== undefined) {
				const to = mainPort(spec)?.kind ?? 'file';
				this.outcome.refuse(part, 'planner.refuse-no-way', {
					from: KIND_TITLES[main.kind][this.request.language],
					to: `${KIND_TITLES[to][this.request.language]} (${spec.title[this.request.language]})`,
				});
				this.covered.push(wish.words);
			}
			for (const slot of wish.slots) if (wish.words === null) this.outcome.notUnderstood.push(this.textOf(slot));
			this.covered.push(...wish.slots);
		}
		for (const { target, span, from } of flow.unreachable) this.refuseTarget(target.format, span, from);
		const wanted = flow.branches.filter((branch) => branch.chain.links.length > 0 || branch.target !== null);
		const first = flow.branches[0];
		if (wanted.length === 0 && flow.unreachable.length === 0 && flow.lost.length === 0 && first !== undefined && SAVING.test(this.goal.text)) {
			const said = reading.slots.find((slot) => slot.type === 'format');
			wanted.push({ ...first, target: { format: said?.type === 'format' ? said.format : null, kind: null }, named: said ?? null });
		}
		for (const branch of wanted) this.branch(reading, branch, main, source);
	}

	private refuseTarget(format: string | null, span: Span, from: MainSource['kind']): void {
		const language = this.request.language;
		this.covered.push(span);
		const choices = savers()
			.filter((spec) => mainPort(spec)?.kind === from)
			.flatMap((spec) => [...formatsOf(spec)]);
		this.outcome.refuse(this.textOf(span), 'planner.refuse-format', {
			kind: KIND_TITLES[from][language],
			format: (format ?? this.textOf(span)).toUpperCase(),
			choices: choices.length > 0 ? choices : ['-'],
		});
	}

	private branch(reading: Reading, branch: Branch, main: MainSource, source: string | null): void {
		const links = [...branch.chain.links];
		const target = branch.target ?? { format: null, kind: null };
		const end = () => valuesOf({ base: branch.chain.base, links }).at(-1) ?? branch.chain.base;
		// What is made anew (a palette, a sheet) has no format of its source's to keep.
		const own = links.every((link) => link.spec.medium !== 'task') ? main.metadata : undefined;
		let saving = savingOf(end(), target, own);
		// A still picture becomes a film only by moving over it.
		if (saving?.spec.id === 'video.save' && end().kind === 'image' && saving.cost >= 3) {
			const motion = withMotion(branch.chain);
			if (motion !== null) {
				const slots = reading.slots.filter((slot) => slot.type === 'duration' && !links.some((link) => link.wish.slots.includes(slot)));
				links.push({ ...motion, wish: { ...motion.wish, slots } });
				this.outcome.assume('planner.inserted', { en: { title: motion.spec.title.en }, zh: { title: motion.spec.title.zh } });
				saving = savingOf(end(), target, own);
			}
		}
		let at = source;
		for (const link of links) at = this.place(reading, link, at, main, target.format ?? target.kind);
		if (at === null) return;
		const last = links.at(-1)?.spec;
		if (last?.answers === true && branch.target === null && Object.values(last.outputs)[0]?.kind === 'text' && !/file|文件|save|保存|存/.test(this.goal.text))
			return;
		if (saving === null) {
			this.refuseTarget(target.format, branch.named ?? { start: 0, end: 0 }, end().kind);
			return;
		}
		const format = saving.format;
		if (reading.slots.some((slot) => slot.type === 'format' && slot.role === 'excluded' && slot.format === format))
			this.outcome.ask('planner.refuse-excluded', { format: format.toUpperCase() });
		this.save(reading, branch, saving, at, links);
	}

	private place(reading: Reading, link: Link, from: string | null, main: MainSource, target: string | null): string {
		const known = this.placed.get(link);
		if (known !== undefined) return known;
		const { wish, spec } = link;
		const id = freshId(spec.id, this.work.nodes);
		const clause = zoneOf(reading, wish.clause, this.goal.text.length);
		const seen = from === null ? undefined : this.work.seenAt(from);
		const port = mainPort(spec);
		const input = seen === undefined ? undefined : elementOf(seen);
		if (port !== undefined && input !== undefined && entryCost({ kind: input.kind, many: false, metadata: input }, spec) === null) this.failed = true;
		const assumed: { param: string; value: unknown }[] = [];
		const filling: Filling = {
			spec,
			goal: this.goal,
			text: this.goal.text.slice(clause.start, clause.end),
			words: wish.words === null ? '' : this.goal.text.slice(Math.max(clause.start, wish.words.start - 12), wish.words.end + 12),
			slots: wish.slots,
			input,
			batch: main.files.length > 1 && !main.many,
			target,
			use: (slot) => {
				this.used.add(slot);
				this.covered.push(slot);
			},
			cover: (pattern) => this.cover(pattern, clause),
			assume: (param, value) => assumed.push({ param, value }),
			refuse: (part, reason) => {
				if (reason === 'past-end' && input !== undefined && 'duration' in input) {
					const name = this.request.sources[main.files[0] ?? 0]?.name ?? '';
					this.outcome.refuse(this.textOf(wish.words ?? wish.slots[0]), 'planner.refuse-past-end', { name, duration: input.duration ?? 0, at: part });
					return;
				}
				const field = fieldsOf(spec.params).find((one) => one.choices !== undefined);
				this.outcome.refuse(part, 'planner.refuse-format', {
					kind: spec.title[this.request.language],
					format: part,
					choices: field?.choices?.map((one) => one.value) ?? [],
				});
			},
		};
		const params = fillParams(filling);
		if (spec.id.endsWith('.trim') && Object.keys(params).length === 0)
			this.outcome.ask(
				'planner.ask-value',
				{ title: spec.title[this.request.language], param: fieldsOf(spec.params)[0]?.title[this.request.language] ?? '' },
				{ node: id, param: 'keep' },
			);
		const feeds = from === null ? [] : [from];
		const second = secondPort(spec);
		if (second !== undefined) {
			const other = otherFile(this.request.sources, main, second.kind);
			const name = `input-${Object.keys(this.work.bindings).length + 1}`;
			this.work.addSource({ id: name, kind: second.kind, files: other === undefined ? [] : [other] });
			if (other === undefined) this.outcome.ask('planner.ask-input', { kind: KIND_TITLES[second.kind][this.request.language] }, { node: name });
			feeds.push(name);
		}
		const before = this.work.assumptions.length;
		this.work.addStep({ id, spec: spec.id, params, from: feeds });
		this.outcome.assumptions.push(...this.work.assumptions.slice(before));
		for (const { param, value } of assumed) this.stateDefault(id, spec, param, value);
		this.askMissing(id, spec, params);
		if (wish.typo !== undefined) this.outcome.assume('planner.read-as', { part: wish.typo.typed, meaning: wish.typo.meant }, { node: id });
		this.outcome.ledger.push({ part: this.textOf(wish.words ?? wish.slots[0]), status: 'done', node: id });
		this.placed.set(link, id);
		return id;
	}

	private stateDefault(node: string, spec: Link['spec'], param: string, value: unknown): void {
		const field = fieldsOf(spec.params, this.work.nodes[node]?.params ?? {}).find((one) => one.name === param);
		// A bare value was said; only what it stands for is assumed.
		const said = [...this.used].find((slot) => 'value' in slot && slot.value === value);
		if (said !== undefined) {
			const part = this.textOf(said);
			this.outcome.assume(
				'planner.taken-as',
				{ en: { part, param: field?.title.en.toLowerCase() ?? param }, zh: { part, param: field?.title.zh ?? param } },
				{ node, param, value },
			);
			return;
		}
		const choice = field?.choices?.find((one) => one.value === value)?.title;
		const shown = (language: 'en' | 'zh') => choice?.[language] ?? `${String(value)}${field?.unit === undefined ? '' : ` ${field.unit}`}`;
		const words = (language: 'en' | 'zh') => ({ title: spec.title[language], param: field?.title[language] ?? param, value: shown(language) });
		this.outcome.assume('planner.default', { en: words('en'), zh: words('zh') }, { node, param, value });
	}

	private askMissing(id: string, spec: Link['spec'], params: Record<string, unknown>): void {
		for (const field of fieldsOf(spec.params, params)) {
			if (!field.required || params[field.name] !== undefined) continue;
			const language = this.request.language;
			this.outcome.ask('planner.ask-value', { title: spec.title[language], param: field.title[language] }, { node: id, param: field.name });
		}
	}

	private save(reading: Reading, branch: Branch, saving: NonNullable<ReturnType<typeof savingOf>>, at: string, links: readonly Link[]): void {
		const id = freshId(saving.spec.id, this.work.nodes);
		const params: Record<string, unknown> = { format: saving.format };
		const fields = fieldsOf(saving.spec.params, params);
		for (const slot of reading.slots) {
			if (this.used.has(slot)) continue;
			if (slot.type === 'percent' && fields.some((field) => field.name === 'quality') && /quality|compress|质量|画质|压缩/.test(this.goal.text))
				this.set(params, 'quality', slot.value, slot);
			if (slot.type === 'number' && fields.some((field) => field.name === 'quality') && /quality|质量|画质/.test(this.goal.text))
				this.set(params, 'quality', slot.value, slot);
			if (slot.type === 'count' && /loop|times|次|遍/.test(slot.noun) && fields.some((field) => field.name === 'loop'))
				this.set(params, 'loop', slot.value, slot);
			if (slot.type === 'count' && /colou?r|色/.test(slot.noun) && fields.some((field) => field.name === 'colours'))
				this.set(params, 'colours', slot.value, slot);
		}
		this.hintsOfSaving(
			params,
			fields.map((field) => field.name),
			saving.format,
		);
		const before = this.work.assumptions.length;
		this.work.addStep({ id, spec: saving.spec.id, params, from: [at] });
		this.outcome.assumptions.push(...this.work.assumptions.slice(before));
		if (saving.chosen)
			this.outcome.assume('planner.default-format', { format: saving.format.toUpperCase() }, { node: id, param: 'format', value: saving.format });
		if (branch.named !== null) this.outcome.ledger.push({ part: this.textOf(branch.named), status: 'done', node: id });
		this.checks.push(
			...promiseOf(
				this.goal,
				reading,
				{ id, format: saving.format, named: branch.target, kind: mainPort(saving.spec)?.kind ?? 'file' },
				links,
				{ nodes: this.work.nodes, edges: this.work.edges },
				this.work.known,
				(this.work.bindings.input?.length ?? 0) > 1,
				(link) => this.placed.get(link),
			),
		);
	}

	private set(params: Record<string, unknown>, name: string, value: unknown, slot: Slot): void {
		params[name] = value;
		this.used.add(slot);
		this.covered.push(slot);
	}

	/** Words that speak of the file rather than of its content. */
	private hintsOfSaving(params: Record<string, unknown>, fields: readonly string[], format: string): void {
		const all = { start: 0, end: this.goal.text.length };
		const said = (pattern: RegExp) => this.cover(pattern, all);
		if (said(/loss-?less(?:ly)?|无损/g) && fields.includes('lossless')) params.lossless = true;
		if (said(/(?:keep|with|preserve)(?: the)? (?:exif|metadata|camera data)|保留(?:exif|元数据|拍摄信息)/g) && fields.includes('keepMetadata'))
			params.keepMetadata = true;
		said(/(?:strip|remove|without|drop|delete)(?: the| all)? (?:exif|metadata|camera data|gps|location)(?: data)?|去(?:除|掉)(?:exif|元数据|拍摄信息)/g);
		if (said(/h\.?265|hevc/g) && fields.includes('codec')) params.codec = 'h265';
		said(
			/h\.?264|plays? (?:anywhere|everywhere|on (?:any|every)\w*(?: \w+)?)|playable|compatible|随处可播|到处都能播放?|哪里都能播放?|通用|兼容|(?:for|on) (?:whatsapp|the web|my (?:website|phone|blog|slides|presentation)|social media|twitter|instagram|wechat|email)|universal/g,
		);
		if (
			said(/(?:play|loop)(?:s|ing)? (?:only )?once|no loop|only once|just once|once|(?:doesn't|don't|not) loop|只播放?一次|不循环/g) &&
			fields.includes('loop')
		)
			params.loop = 1;
		said(/(?:that )?loop(?:s|ing|ed)?(?: for ?ever| endlessly| infinitely)?|for ?ever|endless(?:ly)?|infinit\w*|seamless(?:ly)?|循环播放|无限循环|循环/g);
		if (said(/high(?:est)? quality|best quality|max(?:imum)? quality|高质量|高画质|最高质量/g) && fields.includes('quality') && params.quality === undefined)
			params.quality = format === 'png' ? 100 : 95;
		if (
			said(
				/low(?:er)? quality|compress(?:ed|ing)?|optimi[sz]e[ds]?|(?:smaller|small|tiny|reduced?) (?:the )?(?:file ?)?size|smaller file|压缩|减小体积|低质量|体积小/g,
			) &&
			fields.includes('quality') &&
			params.quality === undefined
		) {
			const field = format === 'png' ? 80 : 60;
			params.quality = field;
			this.outcome.assume(
				'planner.default',
				{ en: { title: 'Save', param: 'quality', value: field }, zh: { title: '保存', param: '质量', value: field } },
				{ param: 'quality', value: field },
			);
		}
		for (const word of fields.includes('codec') ? ['av1', 'vp9'] : []) if (said(new RegExp(word, 'g')) && format === 'webm') params.codec = word;
	}

	private cover(pattern: RegExp, within: Span): boolean {
		let found = false;
		const global = pattern.flags.includes('g') ? pattern : new RegExp(pattern.source, `${pattern.flags}g`);
		for (const match of this.goal.text.matchAll(global)) {
			if (match.index < within.start - 2 || match.index >= within.end) continue;
			if (match[0] === '') continue;
			found = true;
			this.covered.push({ start: match.index, end: match.index + match[0].length });
		}
		return found;
	}

	private textOf(span: Span | undefined): string {
		return span === undefined ? '' : this.goal.original.slice(span.start, span.end).trim();
	}

	/** Whether a kind that was named is at hand or passes through the plan: "and the text of it" is a wish where nothing makes text. */
	private explained(kind: MainSource['kind']): boolean {
		if (kind !== 'text' && kind !== 'audio') return true;
		if (this.request.sources.some((source) => source.readings.some((one) => one.kind === kind || (kind === 'audio' && one.kind === 'video')))) return true;
		return Object.values(this.work.nodes).some((node) => {
			const spec = specOf(node.spec);
			return (
				spec !== undefined && (/text|qr/.test(spec.id) || [...Object.values(spec.inputs), ...Object.values(spec.outputs)].some((port) => port.kind === kind))
			);
		});
	}

	private finish(reading: Reading, main: MainSource | null): Plan {
		const { outcome, goal, request } = this;
		this.covered.push(...reading.hints, ...reading.slots.filter((slot) => slot.type === 'format' || (slot.type === 'kind' && this.explained(slot.kind))));
		for (const { span, text } of reading.negated) {
			this.covered.push(span);
			outcome.ledger.push({ part: text, status: 'done', reason: text });
			outcome.assume('planner.kept-out', { part: text });
		}
		for (const slot of reading.slots) {
			if (this.covered.some((span) => span.start <= slot.start && slot.end <= span.end)) continue;
			if (harmless(slot, goal)) this.covered.push(slot);
			else if (!outcome.notUnderstood.includes(this.textOf(slot))) {
				outcome.notUnderstood.push(this.textOf(slot));
				this.covered.push(slot);
			}
		}
		this.covered.push(
			...fieldWords(
				goal,
				Object.values(this.work.nodes).map((node) => node.spec),
			),
			...purposes(goal),
		);
		for (const span of uncovered(goal, this.covered)) outcome.notUnderstood.push(this.textOf(span));
		const graph = { nodes: this.work.nodes, edges: this.work.edges };
		const problems = [...this.work.problems, ...checkGraph(graph, this.work.known).problems];
		for (const problem of problems) {
			if (problem.key === 'param.missing' || (problem.key === 'graph.missing-input' && (outcome.questions.length > 0 || problems.length > 1))) continue;
			const part = outcome.ledger.find((row) => row.node === problem.node)?.part ?? goal.original;
			outcome.refuseWith(part, sayProblem(request.language, problem));
		}
		const bound = new Set(Object.values(this.work.bindings).flat());
		for (const [index, source] of request.sources.entries())
			if (!bound.has(index) && Object.keys(graph.nodes).length > 1 && outcome.refusals.length === 0) outcome.ask('planner.ask-unused', { name: source.name });
		const made = Object.values(graph.nodes).filter((node) => !node.spec.startsWith('io.')).length > 0;
		if (main !== null && made && Object.values(this.work.bindings).some((files) => files.length === 0) && outcome.questions.length === 0)
			outcome.ask('planner.ask-input', { kind: KIND_TITLES[main.kind][request.language] }, { node: 'input' });
		return concluded(goal, outcome, made ? graph : null, this.work.bindings, this.checks);
	}
}

/** The clause of a wish with those behind it that ask for nothing of their own: "resize to 300x300, stretch". */
function zoneOf(reading: Reading, index: number, length: number): Span {
	const start = reading.clauses[index]?.start ?? 0;
	let end = reading.clauses[index]?.end ?? length;
	for (let i = index + 1; i < reading.clauses.length && !reading.wishes.some((wish) => wish.clause === i); i++) end = reading.clauses[i]?.end ?? end;
	return { start, end };
}

/** Sizes, lengths and rates below zero. */
const BELOW_ZERO =
	/(?<!\d\s?)(?:^|[\s到成为至改宽高前])(-\d+(?:\.\d+)?\s*(?:px|pixels?|像素|seconds?|secs?|s|秒钟?|minutes?|分钟|x|times|倍|fps|dpi|帧|pages?|页|colou?rs?|种))(?![a-z])/g;

/** Words about the file alone: saving it again is all that is asked for. */
const SAVING =
	/compress|optimi[sz]e|quality|smaller file|file size|lossless|exif|metadata|re-?encode|h\.?26[45]|hevc|codec|av1|vp9|loop|save|export|压缩|质量|画质|体积|元数据|导出|保存/;

/** Slots that need no node: sides in "the left picture", counts of the files at hand. */
function harmless(slot: Slot, goal: Goal): boolean {
	if (slot.type === 'count' && (slot.value === 1 || /^pages?$|页/.test(slot.noun))) return true;
	if (slot.type === 'count' && /^(?:images?|pictures?|photos?|files?|图|图片|张|个)$/.test(slot.noun))
		return /(?:these|the|my|这|all)\s*$/.test(goal.text.slice(Math.max(0, slot.start - 8), slot.start));
	return slot.type === 'number' && slot.value === 1;
}

import { specOf } from '../../../nodes/catalogue.ts';

function _specNamed(id: string) {
	return specOf(id);
}

/** The plan that the outcome and the graph add up to. */
export function concluded(
	goal: Goal,
	outcome: Outcome,
	graph: Recipe['graph'] | null,
	bindings: Plan['bindings'],
	checks: Plan['checks'],
	answersNothing = false,
): Plan {
	for (const part of outcome.notUnderstood) outcome.ledger.push({ part, status: 'not-understood' });
	const words = Math.max(1, goal.words.length + (goal.text.match(/[\u4e00-\u9fff]/g)?.length ?? 0) / 2);
	const missed = outcome.notUnderstood.join(' ').length / Math.max(1, goal.original.length);
	const confidence = Math.max(0, Math.min(1, 1 - missed * 2 - 0.05 * outcome.assumptions.length - (words < 2 ? 0.1 : 0)));
	if (outcome.refusals.length === 0 && (graph === null || (missed > 0 && confidence < 0.8)) && outcome.questions.length === 0) {
		if (graph === null || outcome.notUnderstood.length === 0) outcome.ask('planner.ask-what', {});
		else for (const part of outcome.notUnderstood) outcome.ask('planner.ask-part', { part });
	} else if (outcome.refusals.length === 0 && outcome.notUnderstood.length > 0 && outcome.questions.length === 0)
		for (const part of outcome.notUnderstood) outcome.ask('planner.ask-part', { part });
	for (const question of outcome.questions)
		outcome.ledger.push({ part: question.text, status: 'asked', ...(question.node === undefined ? {} : { node: question.node }) });
	const result = outcome.refusals.length > 0 ? 'refused' : outcome.questions.length > 0 ? 'needs-answer' : 'planned';
	void answersNothing;
	return {
		outcome: result,
		...(graph === null
			? {}
			: {
					recipe: {
						millwright: 1 as const,
						name: goal.original.slice(0, 80).trim() || 'recipe',
						goal: goal.original,
						graph,
						...(checks.length === 0 ? {} : { checks: [...checks] }),
						...(outcome.assumptions.length === 0 ? {} : { assumptions: [...outcome.assumptions] }),
					},
				}),
		ledger: outcome.ledger,
		checks,
		assumptions: outcome.assumptions,
		questions: outcome.questions,
		refusals: outcome.refusals,
		notUnderstood: outcome.notUnderstood,
		bindings: Object.fromEntries(Object.entries(bindings).filter(([, files]) => files.length > 0)),
		confidence,
		usage: { planner: 'offline', model: null, tokens: null, cost: null },
		tried: null,
	};
}
