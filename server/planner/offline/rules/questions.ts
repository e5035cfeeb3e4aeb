/** Questions of data: groups, single values, counts; measures and superlatives are read next door. */
import type { SlotOf } from '../slots/slot.ts';
import type { TableGoal } from '../table-goal.ts';
import { isRepeated } from './is-repeated.ts';
import { AGGREGATES, type Measured, measuresIn } from './measures-in.ts';
import { ranking } from './ranking.ts';
import { LEAST, MOST, superlativeOf } from './superlative-of.ts';

export const QUESTION =
	/(?:^|[^a-z])(?:which|what|who|whose|how (?:many|much|often|old|big|large|high)|where|when|tell me|is there|are there)(?![a-z])|\?|？|哪|谁|多少|几(?:个|种|行|条|人|岁)|什么|吗|是不是|告诉我/;

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
