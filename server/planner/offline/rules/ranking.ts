/** Questions with a superlative: which row, which group, which number comes first. */
import type { SlotOf } from '../slots/slot.ts';
import type { TableGoal } from '../table-goal.ts';
import { isRepeated } from './is-repeated.ts';
import type { Aggregate, Measured } from './measures-in.ts';
import type { Superlative } from './superlative-of.ts';

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

/** Plans a superlative; null where it asks back instead. */
export function ranking(
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
