/** Superlatives in a question: "the 3 cheapest", "top 10", 最高. */
import { numberOf } from '../numbers.ts';
import type { TableGoal } from '../table-goal.ts';

/** Words for the upper end. */
export const MOST =
	/(?:^|[^a-z])(?:the )?(?:most|largest|biggest|highest|greatest|maximum|max|top|best|longest|tallest|oldest|heaviest|richest|warmest|hottest|wettest|windiest|latest|newest|most recent|most expensive|dearest|priciest|most populous|best[- ]selling)(?![a-z])|最(?:高|大|多|长|老|贵|重|富|热|新|好|年长|畅销|晚)|第一(?:名)?|排名第一/;
/** Words for the lower end. */
export const LEAST =
	/(?:^|[^a-z])(?:the )?(?:least|smallest|lowest|fewest|minimum|min|worst|shortest|youngest|lightest|poorest|coldest|coolest|driest|earliest|oldest date|cheapest|least expensive|bottom)(?![a-z])|最(?:低|小|少|短|年轻|便宜|轻|穷|冷|早|差)|倒数第一/;

/** A superlative as read: which end, where it stands, how many are asked for. */
export interface Superlative {
	readonly descending: boolean;
	readonly at: number;
	readonly end: number;
	readonly words: string;
	readonly count: number;
}

/** The superlative that a question holds; null without one. */
export function superlativeOf(table: TableGoal): Superlative | null {
	const edge = table.free('edge').find((slot) => slot.unit === 'row' && /^top/.test(table.text.slice(slot.start, slot.end)));
	const top =
		/(?:^|[^a-z])(?:the )?(top|bottom|best|worst)[ -](\d+|two|three|four|five|six|seven|eight|nine|ten|twenty)(?![a-z\d])|(前|后|倒数)\s*(\d+|[一二三四五六七八九十两]+)\s*(?:名|位|个|大|的)|排名前\s*(\d+|[一二三四五六七八九十]+)/.exec(
			table.text,
		);
	const least = LEAST.exec(table.text);
	const most = MOST.exec(table.text);
	const listed = (match: RegExpExecArray | null) => match !== null && /^ first(?![a-z])/.test(table.text.slice(match.index + match[0].length));
	if ((listed(least) || listed(most)) && top === null && edge === undefined) return null;
	const first = least !== null && (most === null || least.index <= most.index) ? least : most;
	if (first === null && top === null && edge === undefined) return null;
	const start = first?.index ?? top?.index ?? edge?.start ?? 0;
	const end = start + (first?.[0].length ?? top?.[0].length ?? 0);
	const descending = first === null ? !/bottom|worst|后|倒数/.test(top?.[0] ?? '') : first !== least;
	let count = edge?.count ?? (top === null ? 1 : (numberOf(top[2] ?? top[4] ?? top[5] ?? '') ?? 1));
	if (edge !== undefined) table.use(edge);
	if (top !== null) claimNumber(table, top.index, top.index + top[0].length);
	// "the 3 cheapest", "three largest", 人口最多的三个城市
	const near = [...table.free('count'), ...table.free('number')].find(
		(slot) => (slot.end <= start + 2 && start - slot.end <= 3) || (slot.start >= end && slot.start - end <= 3),
	);
	const worded =
		/(?:the )?(two|three|four|five|six|seven|eight|nine|ten|\d+)\s*$/.exec(table.text.slice(0, start + 1)) ??
		/^\s*的?\s*(\d+|[二三四五六七八九十两]+)\s*(?:个|名|位|座|家|种|条|行|大)/.exec(table.text.slice(end));
	if (top === null && edge === undefined && near !== undefined) {
		count = near.value;
		table.use(near);
	} else if (top === null && edge === undefined && worded !== null) {
		count = numberOf(worded[1] ?? '') ?? 1;
		const at = table.text.slice(0, start + 1).endsWith(worded[0]) ? start + 1 - worded[0].length : end;
		claimNumber(table, at, at + worded[0].length);
	}
	return { descending, at: start, end, words: `${first?.[0] ?? ''} ${top?.[0] ?? ''}`, count: Math.max(1, Math.round(count)) };
}

function claimNumber(table: TableGoal, start: number, end: number): void {
	table.cover({ start, end });
	for (const slot of table.slots) if (slot.start >= start && slot.end <= end + 1 && slot.type !== 'column' && slot.type !== 'cell') table.use(slot);
}
