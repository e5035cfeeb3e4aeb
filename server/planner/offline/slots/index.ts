/** Slots first: every value in the goal, longest and surest match before the others, each claiming its characters. */
import type { Metadata } from '../../../../nodes/kinds.ts';
import { kindsFor } from '../saving.ts';
import { type Goal, overlap, type Span } from '../text.ts';
import { chineseAliases, claimColumns } from './columns.ts';
import { claimMeasures } from './measures.ts';
import { claimPlaces, claimTexts } from './places.ts';
import { claimAll, type Slot, type SlotContext, type Value } from './slot.ts';
import { claimCounts, claimFormats, claimKinds, claimPages } from './things.ts';
import { claimTimes } from './times.ts';

/** The slots of a goal, in the order in which they stand. `readings`: what each source can be read as. */
export function slotsOf(goal: Goal, readings: readonly (readonly Metadata[])[]): Slot[] {
	const slots: Slot[] = [];
	const taken = (span: Span) => slots.some((slot) => overlap(slot, span));
	const claim = (start: number, end: number, value: Value): boolean => {
		const span = { start, end };
		if (end <= start || taken(span)) return false;
		slots.push({ ...span, ...value });
		return true;
	};
	const context: SlotContext = { goal, readings, claim, taken };
	claimTexts(context);
	claimAll(context, /(?<![\d:])(9:16|21:9|16:9|4:3|3:4|3:2|2:3|4:5|5:4|1:1)(?![\d:])/g, (m) => {
		const [width, height] = (m[1] ?? '').split(':').map(Number);
		return width === undefined ||
			height === undefined ||
			(/(?:from|between|at|to|until|-)\s*$/.test(goal.text.slice(Math.max(0, m.index - 8), m.index)) &&
				m[1] === '9:16' &&
				/\d:\d\d/.test(goal.text.replace('9:16', '')))
			? null
			: { type: 'ratio', width, height };
	});
	claimTimesOf(context);
	claimColumns(context);
	claimAliases(context);
	claimPages(context);
	claimFormats(context);
	claimMeasures(context);
	claimPlaces(context);
	if (NUMERIC.test(goal.text)) claimCounts(context);
	claimKinds(context);
	const own = new Set(readings.flat().flatMap((reading) => ('format' in reading && reading.format !== null ? [reading.format] : [])));
	return inRow(
		goal,
		own,
		slots.sort((one, other) => one.start - other.start),
	);
}

/* Patterns with numbers in words are dear to compile, so they wait until a goal has something for them. */
const NUMERIC =
	/\d|(?<![a-z])(?:one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|\w+teen|\w+ty|hundred|thousand|half|couple|dozen)(?![a-z])|[零一二两三四五六七八九十百半]/;
const TIMELY = /first|last|initial|opening|final|closing|second|minute|hour|half|frame|page|row|line|start|end|前|后|首|末|开头|结尾|秒|分|时/;

function claimTimesOf(context: SlotContext): void {
	if (NUMERIC.test(context.goal.text) || TIMELY.test(context.goal.text)) claimTimes(context);
}

function claimAliases(context: SlotContext): void {
	for (const [source, readings] of context.readings.entries()) {
		const table = readings.find((reading) => reading.kind === 'table');
		if (table?.kind !== 'table' || table.columns === null) continue;
		for (const { text, column } of chineseAliases(table.columns))
			for (let at = context.goal.text.indexOf(text); at >= 0; at = context.goal.text.indexOf(text, at + 1))
				context.claim(at, at + text.length, { type: 'column', column, source, exact: false });
	}
}

/** "as PNG and JPEG": formats in a row stand for the same, wanted or at hand. */
function inRow(goal: Goal, own: ReadonlySet<string>, slots: readonly Slot[]): Slot[] {
	const settled: Slot[] = [];
	for (const slot of slots) {
		const before = settled.at(-1);
		const joined =
			before?.type === 'format' &&
			slot.type === 'format' &&
			/^\s*(?:,|and|or|&|\/|plus|、|和|与|以及|also|as|a|an)*(?:\s|,|and|as|an|a|also)*$/.test(goal.text.slice(before.end, slot.start));
		// "svg or png": one of them that can be made.
		const either = before?.type === 'format' && slot.type === 'format' && /^\s*(?:or|\/|或者?)\s*(?:as |an? )*$/.test(goal.text.slice(before.end, slot.start));
		if (either && before.type === 'format' && slot.type === 'format' && before.role === 'target') {
			if (kindsFor(before.format).length > 0 && !(before.format === 'svg')) settled.push({ ...slot, role: 'reference' });
			else {
				settled[settled.length - 1] = { ...before, role: 'reference' };
				settled.push({ ...slot, role: 'target' });
			}
			continue;
		}
		// "this gif, mp4": what is at hand says nothing of the format beside it.
		const between = before === undefined ? '' : goal.text.slice(before.end, slot.start);
		const follows =
			joined &&
			before.type === 'format' &&
			(before.role === 'target' || (before.role === 'reference' ? own.has(slot.format) : /(?:^|[^a-z])n?or(?![a-z])|[、和或]/.test(between)));
		settled.push(follows && slot.type === 'format' && slot.role !== 'excluded' ? { ...slot, role: before.role } : slot);
	}
	return settled;
}
