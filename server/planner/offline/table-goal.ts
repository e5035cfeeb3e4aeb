/** A goal about a table while it is being read: its columns, its slots, what is covered, and the steps so far. */
import type { Params } from '../../../nodes/define.ts';
import type { Column, TableMetadata } from '../../../nodes/kinds.ts';
import type { DraftStep } from '../assemble.ts';
import { freshId } from '../assemble.ts';
import type { Outcome } from './outcome.ts';
import type { Slot, SlotOf } from './slots/slot.ts';
import type { Goal, Span } from './text.ts';
import { ofType } from './wish.ts';

/* Averages and largest values of these mean something, their sums don't. */
const LEVELS =
	/price|rate|ratio|percent|%|temp|age\b|score|avg|average|mean|income|expect|rating|index|speed|height|weight|length|width|depth|health|fertility|mass|lat|lon|close|open|high|low|率|价|温|年龄|分|均|比|寿命|身高|体重|收入/i;

export class TableGoal {
	readonly goal: Goal;
	readonly text: string;
	readonly slots: readonly Slot[];
	readonly table: TableMetadata;
	readonly columns: readonly Column[];
	readonly outcome: Outcome;
	readonly covered: Span[] = [];
	readonly used = new Set<Slot>();
	readonly steps: DraftStep[] = [];
	/** Id of the node whose value is the present one. */
	head = 'input';

	constructor(goal: Goal, slots: readonly Slot[], table: TableMetadata, outcome: Outcome) {
		this.goal = goal;
		this.text = goal.text;
		this.slots = slots;
		this.table = table;
		this.columns = table.columns ?? [];
		this.outcome = outcome;
	}

	/** Appends a step to the present value, and makes its output the present one. */
	step(spec: string, params: Params, more: readonly string[] = []): string {
		const id = freshId(spec, Object.fromEntries(this.steps.map((step) => [step.id, step])));
		this.steps.push({ id, spec, params, from: [this.head, ...more] });
		this.head = id;
		return id;
	}

	/** Whether words are in the goal; they count as understood. */
	said(pattern: RegExp): boolean {
		let found = false;
		for (const match of this.text.matchAll(new RegExp(pattern.source, 'g'))) {
			if (match[0] === '') continue;
			const span = { start: match.index, end: match.index + match[0].length };
			if (
				this.slots.some(
					(slot) =>
						(slot.type === 'text' || slot.type === 'column' || slot.type === 'cell') &&
						slot.start < span.end &&
						span.start < slot.end &&
						!(span.start < slot.start),
				)
			)
				continue;
			found = true;
			this.covered.push(span);
		}
		return found;
	}

	/** Claims the span of a match. */
	cover(span: Span): void {
		this.covered.push(span);
	}

	use(slot: Slot): void {
		this.used.add(slot);
		this.covered.push(slot);
	}

	free<T extends Slot['type']>(type: T): Extract<Slot, { type: T }>[] {
		return ofType(this.slots, type).filter((slot) => !this.used.has(slot));
	}

	column(name: string): Column | undefined {
		return this.columns.find((column) => column.name === name);
	}

	isNumeric(name: string): boolean {
		const type = this.column(name)?.type;
		return type === 'integer' || type === 'number';
	}

	/** Whether the sum of a column means something. */
	adds(name: string): boolean {
		return this.isNumeric(name) && !LEVELS.test(name) && !/pop|inhabit|people|gdp|人口|生产总值/i.test(name);
	}

	/** Columns with numbers, without ids and years. */
	measures(): readonly Column[] {
		return this.columns.filter((column) => this.isNumeric(column.name) && !/^(?:id|year|年|年份|index|code|zip)$|[_ ]id$/i.test(column.name));
	}

	before(slot: Span, length = 30): string {
		return this.text.slice(Math.max(0, slot.start - length), slot.start);
	}

	after(slot: Span, length = 30): string {
		return this.text.slice(slot.end, slot.end + length);
	}

	/** Columns that the words group by: "by region", "per city", 按地区, 每个省份. */
	groupColumns(): SlotOf<'column'>[] {
		const marked = this.free('column').filter(
			(slot) =>
				GROUPED.test(this.before(slot)) ||
				/^(?:分组|分类|维度)/.test(this.after(slot)) ||
				(/^(?:的)?(?:平均|总|合计)/.test(this.after(slot)) && !this.isNumeric(slot.column)),
		);
		const all = marked.filter(
			(slot) =>
				!this.isNumeric(slot.column) ||
				/^(?:year|month|day|age|cluster|group|rating|年|年份|月|年龄)$/i.test(slot.column) ||
				/(?:group(?:ed)? by|for each|for every|每个?|各)\s*$/.test(this.before(slot)),
		);
		for (const slot of this.free('column')) {
			const previous = all.at(-1);
			if (
				previous !== undefined &&
				slot.start > previous.end &&
				/^\s*(?:,|and|&|、|和|与)\s*(?:by )?\s*$/.test(this.text.slice(previous.end, slot.start)) &&
				!all.includes(slot) &&
				!this.isNumeric(slot.column)
			)
				all.push(slot);
		}
		return all;
	}

	/** The column of a name, quoted for a formula. */
	quoted(name: string): string {
		return /^[A-Za-z_\u4e00-\u9fff][\w\u4e00-\u9fff]*$/.test(name) ? name : `\`${name}\``;
	}
}

const GROUPED =
	/(?:(?:^|[^a-z])(?:by|per|for each|for every|in each|in every|of each|each|every|across|grouped by|group by|broken down by|split by|within each|over(?: the)?)\s+(?:the |individual |different )?$)|(?:按照?|每个?一?个?|各个?|分|不同|依据?|根据)$/;
