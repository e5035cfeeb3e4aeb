/** The aggregates that a question names, each with its column. */
import type { SlotOf } from '../slots/slot.ts';
import type { TableGoal } from '../table-goal.ts';

export type Aggregate = 'count' | 'count-distinct' | 'sum' | 'mean' | 'median' | 'min' | 'max' | 'stddev';

/** Words for each aggregate; the first that match count. */
export const AGGREGATES: readonly (readonly [RegExp, Aggregate])[] = [
	[
		/(?:how many|number of|count(?: of)?(?: the)?|amount of) (?:different|unique|distinct|separate)(?: kinds of| types of)?|(?:多少|几)(?:种|个不同的?|类)|不同的?/,
		'count-distinct',
	],
	[/(?:^|[^a-z])(?:the )?(?:average|mean|avg\.?|on average|typical)(?: of)?(?: the)?(?![a-z])|平均(?:值|数)?|均值/, 'mean'],
	[/(?:^|[^a-z])(?:the )?median(?: of)?(?: the)?(?![a-z])|中位数/, 'median'],
	[/(?:^|[^a-z])(?:standard deviation|std ?dev|stddev)(?: of)?(?: the)?|标准差/, 'stddev'],
	[
		/(?:^|[^a-z])(?:the )?(?:total|sum|overall|add up|totals?|altogether|how much(?! is| are| does)|combined|in total|summed)(?: up)?(?: number| amount)?(?: of)?(?: the| all)?(?![a-z])|总共|总计|合计|总和|求和|总(?!结)|一共|共计/,
		'sum',
	],
	[/(?:^|[^a-z])(?:the )?(?:maximum|max\.?)(?: of)?(?: the)?(?![a-z])|最大值|最高值/, 'max'],
	[/(?:^|[^a-z])(?:the )?(?:minimum|min\.?)(?: of)?(?: the)?(?![a-z])|最小值|最低值/, 'min'],
	[
		/(?:^|[^a-z])(?:how many|number of|count(?: of| the| up)*|how often)(?![a-z])|多少(?:个|行|条|人|家|座|名|位|次|项|种)?|有几(?:个|行|条|人|家|座|名|位|次)|几(?:行|条|人|个)|个数|行数|人数|计数|数量|统计/,
		'count',
	],
];

export interface Measured {
	readonly aggregate: Aggregate;
	readonly column: string | null;
	readonly at: number;
}

/** Aggregates that the goal names, each with its column. */
export function measuresIn(table: TableGoal, groups: readonly SlotOf<'column'>[]): Measured[] {
	const found: Measured[] = [];
	for (const [pattern, aggregate] of AGGREGATES)
		for (const match of table.text.matchAll(new RegExp(pattern.source, 'g'))) {
			const span = { start: match.index, end: match.index + match[0].length };
			if (found.some((one) => one.at >= span.start - 1 && one.at < span.end) || table.covered.some((one) => one.start < span.end && span.start < one.end))
				continue;
			if (aggregate === 'count' && found.length > 0 && (/^.?(?:统计|count)/.test(match[0]) || /^(?:多少|数量)$/.test(match[0]))) {
				table.cover(span);
				continue;
			}
			const column = columnFor(table, span, aggregate, groups);
			table.cover(span);
			found.push({ aggregate, column, at: span.start });
		}
	// "how many rows altogether": the count is what is asked for.
	const counts = found.some((one) => one.aggregate === 'count');
	return counts ? found.filter((one) => one.aggregate !== 'sum' || one.column !== null) : found;
}

function columnFor(table: TableGoal, span: { start: number; end: number }, aggregate: Aggregate, groups: readonly SlotOf<'column'>[]): string | null {
	const free = table.free('column').filter((slot) => !groups.includes(slot));
	const fits = (slot: SlotOf<'column'>) =>
		aggregate === 'count' ||
		aggregate === 'count-distinct' ||
		table.isNumeric(slot.column) ||
		((aggregate === 'max' || aggregate === 'min') && table.column(slot.column)?.type === 'date');
	const after = free.find((slot) => slot.start >= span.end - 1 && fits(slot) && slot.start - span.end < 40);
	const before = free.filter((slot) => slot.end <= span.start + 1 && fits(slot)).at(-1);
	const slot = after ?? (span.start - (before?.end ?? -99) < 14 ? before : undefined);
	if (aggregate === 'count') {
		// "how many units" adds up units; "how many regions" counts what is different; "how many rows" counts rows.
		const near = after !== undefined && after.start - span.end < 10 ? after : undefined;
		if (near === undefined) return null;
		table.use(near);
		return near.column;
	}
	if (slot === undefined) return null;
	table.use(slot);
	return slot.column;
}
