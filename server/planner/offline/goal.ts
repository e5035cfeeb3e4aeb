/** A goal about media → a plan: what was read and chained is placed, saved and accounted for. */
import { KIND_TITLES, unknownOf } from '../../../nodes/kinds.ts';
import type { Plan, PlanRequest } from '../plan.ts';
import { mainPort, valuesOf } from './chain.ts';
import { finishGoal } from './finish-goal.ts';
import { GoalState } from './goal-state.ts';
import { impossiblesOf } from './impossible.ts';
import { type Branch, flowOf, withMotion } from './media.ts';
import { place } from './place.ts';
import { type Reading, readAll } from './reading.ts';
import { saveBranch } from './save-branch.ts';
import { formatsOf, kindsFor, savers, savingOf } from './saving.ts';
import { type MainSource, mainSource } from './sources.ts';
import type { Goal, Span } from './text.ts';

/** Plans a goal that isn't about a table's contents. */
export function planGoal(goal: Goal, request: PlanRequest): Plan {
	return new GoalPlan(goal, request).plan();
}

class GoalPlan extends GoalState {
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
		return finishGoal(this, read, main);
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
		for (const link of links) at = place(this, reading, link, at, main, target.format ?? target.kind);
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
		saveBranch(this, reading, branch, saving, at, links);
	}
}

/** Sizes, lengths and rates below zero. */
const BELOW_ZERO =
	/(?<!\d\s?)(?:^|[\s到成为至改宽高前])(-\d+(?:\.\d+)?\s*(?:px|pixels?|像素|seconds?|secs?|s|秒钟?|minutes?|分钟|x|times|倍|fps|dpi|帧|pages?|页|colou?rs?|种))(?![a-z])/g;

/** Words about the file alone: saving it again is all that is asked for. */
const SAVING =
	/compress|optimi[sz]e|quality|smaller file|file size|lossless|exif|metadata|re-?encode|h\.?26[45]|hevc|codec|av1|vp9|loop|save|export|压缩|质量|画质|体积|元数据|导出|保存/;
