/** Questions of data: aggregates, groups, superlatives, counts. */
import { numberOf } from '../numbers.ts';
import type { SlotOf } from '../slots/slot.ts';
import type { TableGoal } from '../table-goal.ts';

type Aggregate = 'count' | 'count-distinct' | 'sum' | 'mean' | 'median' | 'min' | 'max' | 'stddev';

const AGGREGATES: readonly (readonly [RegExp, Aggregate])[] = [
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

const MOST =
	/(?:^|[^a-z])(?:the )?(?:most|largest|biggest|highest|greatest|maximum|max|top|best|longest|tallest|oldest|heaviest|richest|warmest|hottest|wettest|windiest|latest|newest|most recent|most expensive|dearest|priciest|most populous|best[- ]selling)(?![a-z])|最(?:高|大|多|长|老|贵|重|富|热|新|好|年长|畅销|晚)|第一(?:名)?|排名第一/;
const LEAST =
	/(?:^|[^a-z])(?:the )?(?:least|smallest|lowest|fewest|minimum|min|worst|shortest|youngest|lightest|poorest|coldest|coolest|driest|earliest|oldest date|cheapest|least expensive|bottom)(?![a-z])|最(?:低|小|少|短|年轻|便宜|轻|穷|冷|早|差)|倒数第一/;

/** Adjectives that say which column is meant. */
const ADJECTIVES: readonly (readonly [RegExp, RegExp])[] = [
	[/(?<![a-z])oldest|youngest|elder|年长|最老|年轻/, /^age$|年龄/i],
	[/expensive|cheapest|dearest|priciest|贵|便宜/, /price|cost|价/i],
	[/populous|人口/, /pop|人口/i],
	[/richest|poorest|富|穷/, /income|gdp|wealth|收入/i],
	[/hottest|warmest|coldest|coolest|热|冷/, /temp|气温|温度/i],
	[/wettest|driest/, /precip|rain|降/i],
	[/windiest/, /wind|风/i],
	[/heaviest|lightest|重|轻/, /mass|weight|重/i],
	[/best[- ]selling|畅销|sold|sell/, /units|sales|sold|quantity|销/i],
	[/latest|newest|most recent|earliest|最新|最早|最晚/, /date|year|time|日期|年/i],
	[/tallest/, /height|高/i],
	[/longest|shortest/, /length|duration|长/i],
];

export const QUESTION =
	/(?:^|[^a-z])(?:which|what|who|whose|how (?:many|much|often|old|big|large|high)|where|when|tell me|is there|are there)(?![a-z])|\?|？|哪|谁|多少|几(?:个|种|行|条|人|岁)|什么|吗|是不是|告诉我/;

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

/** Reads and plans the question part of a goal; false when there is none. */
export function asking(table: TableGoal): 'scalar' | 'ranking' | 'groups' | null {
	const groups = table.groupColumns();
	const superlative = superlativeOf(table);
	for (const slot of groups) table.use(slot);
	if (groups.length > 0)
		table.said(
			/(?:^|(?<=[^a-z]))(?:group(?:ed|ing)?(?: by)?|by|per|for each|for every|in each|of each|each|every|across|broken down by|breakdown)(?![a-z])|按照?|每个?|各个?|分组|分别|分/,
		);
	const measures = measuresIn(table, groups);
	const value = superlative === null && groups.length === 0 ? valueAsked(table) : null;
	if (value !== null) return value;
	if (superlative !== null) return ranking(table, superlative, groups, measures);
	if (measures.length === 0 && groups.length === 0) return null;
	return grouping(table, groups, measures);
}

interface Superlative {
	readonly descending: boolean;
	readonly at: number;
	readonly end: number;
	readonly words: string;
	readonly count: number;
}

function superlativeOf(table: TableGoal): Superlative | null {
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

function ranking(
	table: TableGoal,
	superlative: Superlative,
	groups: readonly SlotOf<'column'>[],
	measures: readonly Measured[],
): 'ranking' | 'scalar' | 'groups' | null {
	table.cover({ start: superlative.at, end: superlative.end });
	table.said(/richest|poorest|biggest|largest|best|expensive|popular|populous|how old|how (?:big|large|high|much)|selling/);
	table.said(/(?:^|(?<=[^a-z]))(?:sold|sells?|selling|has|have|had|with|got|which|what|who|where)(?![a-z])|哪一?个?[天日]?|哪些|谁|是|有|的|卖/);
	const columns = table.free('column');
	const byAdjective = ADJECTIVES.find(
		([word]) => word.test(superlative.words) || word.test(table.text.slice(Math.max(0, superlative.at - 12), superlative.end + 14)),
	)?.[1];
	const extreme = superlative.descending ? /max|high|最高/i : /min|low|最低/i;
	const bearing = byAdjective === undefined ? [] : table.columns.filter((column) => byAdjective.test(column.name) && column.type !== 'text');
	const adjective = bearing.find((column) => extreme.test(column.name)) ?? bearing[0];
	const numeric = columns.filter(
		(slot) =>
			table.isNumeric(slot.column) ||
			(table.column(slot.column)?.type === 'date' && !/which|哪/.test(table.before(slot, 8)) && (adjective === undefined || adjective.type === 'date')),
	);
	const others = [...groups, ...columns.filter((slot) => !numeric.includes(slot))];
	const measured = measures.find((one) => one.column !== null) ?? measures[0];
	const named = numeric.find((slot) => slot.start >= superlative.end - 1) ?? numeric.at(-1);
	if (named !== undefined) table.use(named);
	const both = measures.some((one) => one.aggregate === 'max') && measures.some((one) => one.aggregate === 'min');
	const wide = measures.find((one) => one.column !== null)?.column ?? named?.column;
	if (both && wide !== undefined && wide !== null) {
		// "max and min price": two numbers, no ranking.
		table.step('table.group', {
			by: groups.map((slot) => slot.column),
			measures: measures.map((one) => ({ aggregate: one.aggregate, column: one.column ?? wide })),
		});
		return groups.length === 0 ? 'scalar' : 'groups';
	}
	let measure = measured?.column ?? named?.column ?? adjective?.name ?? null;
	const entity =
		others.find((slot) => /(?:which|what|who|哪一?个|哪些|哪|每个|各)\s*$/.test(table.before(slot))) ??
		others.find((slot) => slot.start >= superlative.end - 1) ??
		others[0];
	for (const slot of others) table.use(slot);
	for (const slot of numeric) if (slot.column === measure) table.use(slot);
	let subject =
		entity?.column ??
		(/who|谁|which person|哪个人/.test(table.text) ? table.columns.find((column) => /name|姓名|名/i.test(column.name))?.name : undefined) ??
		(/(?:^|[^a-z])when|什么时候|哪天|哪一天|哪年/.test(table.text)
			? table.columns.find((column) => column.type === 'date' || /date|year|日期|年/i.test(column.name))?.name
			: undefined);
	const part = /(?:which|what|[a-z]+est|most \w+|on average per|per) (month|year|day|weekday)(?![a-z])|哪个?一?个?(月份?|年份?)|最.{1,2}的(月份?|年份?)/.exec(
		table.text,
	);
	const dated = table.columns.find((column) => column.type === 'date' || column.type === 'time');
	if (part !== null && dated !== undefined && (subject === undefined || (subject === dated.name && !/day$|天|日/.test(part[0])))) {
		table.cover({ start: part.index, end: part.index + part[0].length });
		const unit = /月|month/.test(part[0]) ? 'month' : /weekday/.test(part[0]) ? 'weekday' : /day/.test(part[0]) ? 'day' : 'year';
		if (unit === 'day') subject = dated.name;
		else {
			table.step('table.compute', { name: unit, formula: `${unit}(${table.quoted(dated.name)})` });
			subject = unit;
		}
	}
	const counts =
		measured?.aggregate === 'count' ||
		/(?:most|fewest|least)(?: common| frequent| often| popular)|(?:most|fewest|least) (?:rows|entries|records|orders|people)|最常见|最多次|出现(?:次数)?最多/.test(
			table.text,
		);
	table.said(/common|frequent|often|popular|rows?|entries|records|orders|people|最常见|出现|次数/);
	if (measure === null && !counts) {
		const candidates = table.measures();
		const only = candidates[0];
		if (only === undefined || (candidates.length > 1 && subject === undefined)) {
			table.outcome.ask('planner.ask-column', { choices: candidates.map((column) => column.name) });
			return null;
		}
		if (candidates.length > 1 && !/(?:largest|biggest|sold|sell|most|最大|最多)/.test(superlative.words)) {
			table.outcome.ask('planner.ask-column', { choices: candidates.map((column) => column.name) });
			return null;
		}
		const likely = candidates.find((column) => /pop|人口/i.test(column.name)) ?? only;
		measure = likely.name;
		table.outcome.assume('planner.column-chosen', { column: measure });
	}
	if (subject === undefined && measure !== null && !counts) {
		// "what is the highest price" asks for the number itself.
		if (
			superlative.count === 1 &&
			!/row|record|who|which|where|when|行|记录|谁|哪/.test(table.text) &&
			(measured === undefined || measured.aggregate === 'max' || measured.aggregate === 'min') &&
			/(?:^|[^a-z])(?:highest|largest|biggest|maximum|lowest|smallest|minimum|most|least|latest|earliest)|最[高大低小]/.test(superlative.words) &&
			(named !== undefined || measured !== undefined)
		) {
			table.step('table.group', { by: [], measures: [{ aggregate: superlative.descending ? 'max' : 'min', column: measure }] });
			return 'scalar';
		}
		subject = table.columns.find((column) => column.type === 'text' && /name|country|city|title|product|名|国家|城市/i.test(column.name))?.name;
	}
	const order = superlative.descending ? 'descending' : 'ascending';
	const repeated = subject !== undefined && (isRepeated(table, subject) || ['month', 'year', 'day', 'weekday'].includes(subject));
	const limit = () => table.step('table.limit', { count: superlative.count });
	if (counts && subject !== undefined) {
		table.step('table.group', { by: [subject], measures: [{ aggregate: 'count', name: 'count' }] });
		table.step('table.sort', { column: 'count', order });
		limit();
		return 'ranking';
	}
	if (measure === null) return null;
	const aggregate: Aggregate | null =
		measured !== undefined && measured.aggregate !== 'count' && measured.aggregate !== 'max' && measured.aggregate !== 'min'
			? measured.aggregate
			: repeated && table.adds(measure)
				? 'sum'
				: repeated && part !== null && !/day$/.test(subject ?? '')
					? 'mean'
					: null;
	if (subject !== undefined && aggregate !== null) {
		const name = `${aggregate === 'mean' ? 'average' : aggregate === 'sum' ? 'total' : aggregate} ${measure}`;
		table.step('table.group', { by: [subject], measures: [{ aggregate, column: measure, name }] });
		table.step('table.sort', { column: name, order });
		if (measured === undefined)
			table.outcome.assume(
				'planner.default',
				{
					en: { title: subject, param: measure, value: aggregate === 'sum' ? 'the total' : 'the average' },
					zh: { title: subject, param: measure, value: aggregate === 'sum' ? '合计' : '平均' },
				},
				{ node: 'group', param: 'measures', value: aggregate },
			);
		limit();
		return 'ranking';
	}
	table.step('table.sort', { column: measure, order });
	limit();
	if (subject !== undefined && subject !== measure) table.step('table.select', { columns: [subject, measure] });
	return 'ranking';
}

/** Whether values of a column stand in several rows, as far as is known. */
function isRepeated(table: TableGoal, name: string): boolean {
	const column = table.column(name);
	const rows = table.table.rows;
	return column?.values !== undefined && rows !== null && column.values.length < Math.min(rows, 50);
}

/** "what is the population of Beijing", 北京的人口是多少: one cell, not a count. */
function valueAsked(table: TableGoal): 'ranking' | null {
	const filter = table.steps.at(-1);
	if (filter?.spec !== 'table.filter') return null;
	const slot = table
		.free('column')
		.find(
			(one) =>
				(table.isNumeric(one.column) && /^\s*(?:是|有|为)?多少(?!个|行|条|人|家|座|名|位)/.test(table.after(one))) ||
				/(?:what(?:'s| is| was| are)|how (?:much|big|large|old|high) is) (?:the )?$/.test(table.before(one)) ||
				(table.isNumeric(one.column) &&
					/^\s*of(?![a-z])/.test(table.after(one)) &&
					!/ in \(/.test(String(filter.params['where'])) &&
					!AGGREGATES.some(([pattern]) => pattern.test(table.text)) &&
					!MOST.test(table.text) &&
					!LEAST.test(table.text)),
		);
	if (slot === undefined) return null;
	table.use(slot);
	table.said(/是?多少|what(?:'s| is| was| are)(?: the)?|how (?:much|big|large|old|high)/);
	const where = String(filter.params['where']);
	const named = table.columns.filter((column) => column.type === 'text' && where.includes(column.name)).map((column) => column.name);
	table.step('table.select', { columns: [...named, slot.column] });
	return 'ranking';
}

function grouping(table: TableGoal, groups: readonly SlotOf<'column'>[], measures: readonly Measured[]): 'scalar' | 'groups' | null {
	const made: Record<string, unknown>[] = [];
	const names = new Set<string>();
	for (const one of measures) {
		let { aggregate, column } = one;
		if (aggregate === 'count' && column !== null) {
			if (table.adds(column) && /units|sold|sales|quantity|amount|数量|销量|人口|pop|people|inhabit/i.test(column)) aggregate = 'sum';
			else if (!table.isNumeric(column) && isRepeated(table, column) && !groups.some((slot) => slot.column === column) && !(groups.length > 0))
				aggregate = 'count-distinct';
			else column = null;
		}
		if (column === null && aggregate !== 'count') {
			const rest = table.free('column').filter((slot) => table.isNumeric(slot.column));
			const candidates = table.measures();
			const only = rest[0]?.column ?? (candidates.length === 1 ? candidates[0]?.name : undefined);
			for (const slot of rest.slice(0, 1)) table.use(slot);
			if (aggregate === 'count-distinct') {
				const text = table.free('column')[0] ?? undefined;
				if (text === undefined) continue;
				table.use(text);
				column = text.column;
			} else if (only === undefined) {
				table.outcome.ask('planner.ask-column', { choices: candidates.map((each) => each.name) });
				return null;
			} else {
				column = only;
				if (rest.length === 0) table.outcome.assume('planner.column-chosen', { column });
			}
		}
		const key = `${aggregate} ${column}`;
		if (names.has(key)) continue;
		names.add(key);
		made.push({ aggregate, ...(column === null ? {} : { column }) });
		// "average price and units": the second column takes the same aggregate.
		for (const slot of table.free('column')) {
			if (column === null || !table.isNumeric(slot.column) || !/(?:,|and|&|、|和|与)\s*(?:the )?$/.test(table.before(slot))) continue;
			table.use(slot);
			made.push({ aggregate, column: slot.column });
		}
	}
	if (made.length === 0) {
		const rest = table.free('column').filter((slot) => table.isNumeric(slot.column));
		for (const slot of rest) {
			table.use(slot);
			const aggregate = table.adds(slot.column) ? 'sum' : 'mean';
			made.push({ aggregate, column: slot.column });
			table.outcome.assume(
				'planner.default',
				{
					en: { title: slot.column, param: 'aggregate', value: aggregate === 'sum' ? 'the total' : 'the average' },
					zh: { title: slot.column, param: '计算', value: aggregate === 'sum' ? '合计' : '平均' },
				},
				{ node: 'group', param: 'measures', value: aggregate },
			);
		}
		if (made.length === 0) made.push({ aggregate: 'count' });
	}
	table.step('table.group', { by: groups.map((slot) => slot.column), measures: made });
	return groups.length === 0 ? 'scalar' : 'groups';
}
