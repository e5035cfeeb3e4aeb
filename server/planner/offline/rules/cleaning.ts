/** What is cleaned before anything else: duplicates and blanks. */
import type { TableGoal } from '../table-goal.ts';

/** Cleaning steps that come before everything else. */
export function cleaning(table: TableGoal): void {
	if (
		table.said(
			/(?:remove|drop|delete|eliminate|get rid of|filter out|without|clean up|strip)(?: all| the| any| out)* (?:duplicates?|duplicated|repeated|repeats|dupes|double)(?: rows?| records?| entries| lines| values)?|de-?dup(?:licate|e)?(?:d|s)?(?: it| them| the \w+)?|dedup\w*|(?:only |just )?unique rows|去重复?|(?:去掉|去除|删除|剔除|移除)(?:所有)?重复(?:的)?(?:行|项|值|数据|记录)?|重复(?:的)?(?:行|项|数据|记录)/,
		)
	) {
		const by = table.free('column').filter((slot) => /(?:by|on|based on|same|per|for|按照?|根据)\s*(?:the )?$/.test(table.before(slot)));
		for (const slot of by) table.use(slot);
		table.step('table.distinct', by.length === 0 ? {} : { columns: by.map((slot) => slot.column) });
	}
	fillBlanks(table);
	if (
		table.said(
			/(?:remove|drop|delete|exclude|filter out|get rid of|skip|without|ignore)(?: all| the| any)*(?: (?:rows?|records?|entries|lines|those))?(?: (?:with|that have|having|where|containing|which have|of))?(?: any| a| the)* (?:blanks?|missing(?: values?| data)?|empty(?: values?| cells?| rows?)?|nulls?|nans?|incomplete(?: rows?| records?)?)(?: values?| cells?| rows?| entries| fields?)?(?: in(?: the)?)?|(?:删除|去掉|去除|剔除|删掉|过滤掉|排除)(?:有|含|包含|带)?(?:空|缺失|空白|缺)(?:值|的)?(?:行|记录|数据)?|去空值?|(?:rows?|those|entries) (?:where|with) (?:no|missing|blank|empty)/,
		)
	) {
		const named = table
			.free('column')
			.filter(
				(slot) =>
					/(?:missing|blank|empty|no|in|without|where)\s*(?:values? )?(?:the |an? )?$/.test(table.before(slot)) ||
					/^\s*(?:is |are )?(?:missing|blank|empty|为空|缺失|空)/.test(table.after(slot)),
			);
		for (const slot of named) table.use(slot);
		table.said(/is missing|is blank|is empty|are missing|为空|缺失/);
		table.step('table.drop-blanks', named.length === 0 ? {} : { columns: named.map((slot) => slot.column) });
	} else dropMissing(table);
}

/** "drop rows where age is blank", 删除年龄为空的行. */
function dropMissing(table: TableGoal): void {
	const blank = table
		.free('column')
		.filter(
			(slot) =>
				/^\s*(?:is |are )?(?:missing|blank|empty|null|为空|缺失|空缺|是空)/.test(table.after(slot)) ||
				/(?:missing|blank|empty|without(?: an?)?|no)\s+(?:the |an? )?$/.test(table.before(slot)),
		);
	if (blank.length === 0 || !/remove|drop|delete|exclude|without|get rid|去|删|剔除|排除/.test(table.text)) return;
	for (const slot of blank) table.use(slot);
	table.said(
		/(?:remove|drop|delete|exclude|get rid of)(?: all| the| any)*|rows?|people|records?|where|(?:is |are )?(?:missing|blank|empty|null)|without(?: an?)?|删除|去掉|剔除|为空|缺失|行|的/,
	);
	table.step('table.drop-blanks', { columns: blank.map((slot) => slot.column) });
}

const FILLS: readonly (readonly [RegExp, string])[] = [
	[/mean|average|平均/, 'mean'],
	[/median|中位/, 'median'],
	[/most common|mode|most frequent|众数|最常见/, 'mode'],
	[/zero|0|零/, 'zero'],
	[/previous|last known|forward|above|前一|上一/, 'previous'],
];

function fillBlanks(table: TableGoal): void {
	const match =
		/(?:fill|replace|impute|put|set|complete)(?: in)?(?: the| all| any| each)*(?: (?:blanks?|missing|empty|nulls?|gaps|nans?|holes)(?: values?| cells?| data| entries)?)?|(?:填充|填补|补全|补齐|填上)(?:空值|缺失值?|空白)?|(?:空值|缺失值?|空白)[^，。]*(?:填|补)/.exec(
			table.text,
		);
	if (match === null || !/blank|missing|empty|null|gap|nan|hole|空|缺失|缺|补全|补齐/.test(table.text)) return;
	const rest = table.text.slice(match.index);
	const named = table.free('column').filter((slot) => slot.start >= match.index - 12 && !/(?:by|per)\s*$/.test(table.before(slot)));
	const method =
		/(?:with|by|using|as|to|用|为|以|成)\s*(?:the |a |its |their |column'?s? )*(mean|average|median|most common(?: value)?|mode|most frequent(?: value)?|zeros?|0|previous(?: value)?|last known(?: value)?|value above|平均值?|均值|中位数|众数|零|前一个值?|上一个值?)/.exec(
			rest,
		);
	const text = table.free('text')[0];
	const early = /(?:用|以)(平均值?|均值|中位数|众数|零|前一个值?)/.exec(table.text)?.[1];
	const how = method === null ? undefined : FILLS.find(([pattern]) => pattern.test(method[1] ?? ''))?.[1];
	const chosen = how ?? (early === undefined ? undefined : FILLS.find(([pattern]) => pattern.test(early))?.[1]);
	for (const slot of named) table.use(slot);
	table.cover({ start: match.index, end: match.index + match[0].length });
	table.said(
		/(?:with|using|用)(?: the)? (?:mean|average|median|mode|zeros?)|blanks?|missing|empty|nulls?|gaps?|values?|cells?|median|mean|average|most (?:common|frequent)|mode|zeros?|previous|last known|平均值?|均值|中位数|众数|零|空值|缺失值?|空白|填充|填补|补全|用|列/,
	);
	for (const number of table.free('number')) if (number.start > match.index && number.value === 0) table.use(number);
	if (chosen === undefined && text !== undefined) {
		table.use(text);
		table.step('table.fill-blanks', { ...(named.length === 0 ? {} : { columns: named.map((slot) => slot.column) }), with: 'text', text: text.value });
		return;
	}
	const id = table.step('table.fill-blanks', {
		...(named.length === 0 ? {} : { columns: named.map((slot) => slot.column) }),
		...(chosen === undefined ? {} : { with: chosen }),
	});
	if (chosen === undefined)
		table.outcome.assume(
			'planner.default',
			{ en: { title: 'Fill blanks', param: 'with', value: 'median' }, zh: { title: '填补空值', param: '填充', value: '中位数' } },
			{ node: id, param: 'with', value: 'median' },
		);
}
