/** What is done to whole tables: duplicates, blanks, columns, sorting, limits, computed columns, joins. */
import { numberOf } from '../numbers.ts';
import type { SlotOf } from '../slots/slot.ts';
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

const SUMS: readonly (readonly [RegExp, string])[] = [
	[/^\s*(?:\*|×|x|times|multiplied by|乘以?)\s*$/, '*'],
	[/^\s*(?:\/|÷|divided by|over|除以|per)\s*$/, '/'],
	[/^\s*(?:\+|plus|and|加上?)\s*$/, '+'],
	[/^\s*(?:-|minus|less|减去?)\s*$/, '-'],
];

/** "add a column total = units * price". */
export function computing(table: TableGoal): void {
	const intro =
		/(?:add|create|compute|calculate|make|insert|new)(?: an?| the| another| new| me)*\s*column(?: (?:called|named|for|with))?|(?:新增|添加|增加|加|计算|新建)(?:一)?(?:个|列|一列)(?:名为|叫做?)?|(?:compute|calculate)(?: the)?|计算/.exec(
			table.text,
		);
	if (intro === null) return;
	const columns = table.free('column').filter((slot) => slot.start > intro.index);
	for (const [i, left] of columns.entries()) {
		const right = columns[i + 1];
		const between = table.text.slice(left.end, right?.start ?? left.end + 24);
		const sign = right === undefined ? undefined : SUMS.find(([pattern]) => pattern.test(between))?.[1];
		const number = /^\s*([*×x/÷+-]|times|divided by|plus|minus|乘以?|除以|加上?|减去?)\s*(\d+(?:\.\d+)?)(\s*%)?/.exec(between);
		if (sign === undefined && number === null) continue;
		const operator = sign ?? SUMS.find(([pattern]) => pattern.test(number?.[1] ?? ''))?.[1] ?? '*';
		const operand = sign === undefined ? String((numberOf(number?.[2] ?? '') ?? 1) / (number?.[3] === undefined ? 1 : 100)) : table.quoted(right?.column ?? '');
		const end = sign === undefined ? left.end + (number?.[0].length ?? 0) : (right?.end ?? left.end);
		const head = table.text.slice(intro.index + intro[0].length, left.start);
		const quoted = table.free('text').find((slot) => slot.start >= intro.index);
		const plain = /([\p{L}_][\p{L}\p{N}_ ]*?)\s*(?:=|as|being|equal to|is|for|that is|which is|with|from|:|为|等于|是|：)\s*(?:the )?(?:product of )?$/u
			.exec(head)?.[1]
			?.trim()
			.replace(/^(?:called|named|for|with|名为|叫)\s*/, '');
		const tail = /^\s*(?:as|called|named|in a column (?:called|named)|命名为|叫做?|作为|记为)\s+["']?([\p{L}_][\p{L}\p{N}_]*)/u.exec(table.text.slice(end));
		const name = quoted?.value ?? (plain !== undefined && plain !== '' ? plain : (tail?.[1] ?? 'result'));
		if (quoted !== undefined) table.use(quoted);
		for (const slot of table.slots) if (slot.start >= intro.index && slot.end <= end + (tail?.[0].length ?? 0)) table.use(slot);
		table.cover({ start: intro.index, end: end + (tail?.[0].length ?? 0) });
		const id = table.step('table.compute', { name, formula: `${table.quoted(left.column)} ${operator} ${operand}` });
		if (name === 'result')
			table.outcome.assume(
				'planner.default',
				{ en: { title: 'Compute', param: 'name', value: name }, zh: { title: '计算', param: '列名', value: name } },
				{ node: id, param: 'name', value: name },
			);
		return;
	}
}

/** New names for columns. */
export function renaming(table: TableGoal): void {
	const renames = table.free('column').flatMap((slot) => {
		const match = /^\s*(?:column |列)?\s*(?:to|as|into|改名为|重命名为|改为|改成|换成)\s*/.exec(table.text.slice(slot.end));
		if (match === null || !/(?:renam|call|改名|重命名)/.test(table.text)) return [];
		const start = slot.end + match[0].length;
		const quoted = table.free('text').find((one) => one.start >= start - 1 && one.start <= start + 1);
		const word = /^[\p{L}_][\p{L}\p{N}_]*/u.exec(table.goal.original.slice(start))?.[0];
		const to = quoted?.value ?? word;
		if (to === undefined) return [];
		if (quoted !== undefined) table.use(quoted);
		table.use(slot);
		for (const one of table.slots) if (one.start >= start && one.end <= start + to.length) table.use(one);
		table.cover({ start: slot.end, end: quoted?.end ?? start + to.length });
		return [{ from: slot.column, to }];
	});
	if (renames.length > 0) {
		table.said(/renam\w*|call|重命名|改名|column|列/);
		table.step('table.select', { rename: renames });
	}
}

/** Which columns stay. */
export function selecting(table: TableGoal): void {
	const removal = /(?:remove|drop|delete|hide|without|get rid of|lose|leave out)(?: the)? (?:columns? |fields? )?|(?:删除|去掉|移除|删掉|不要)/.exec(
		table.text,
	);
	const dropped = removal === null ? [] : run(table, removal.index + removal[0].length);
	if (dropped.length > 0 && (/columns?|fields?|列/.test(table.text) || dropped.length > 0)) {
		for (const slot of dropped) table.use(slot);
		table.said(/(?:remove|drop|delete|hide|without|get rid of|lose|leave out)(?: the)?|columns?|fields?|删除|去掉|移除|删掉|不要|列/);
		table.step('table.select', { remove: dropped.map((slot) => slot.column) });
		return;
	}
	const keep =
		/(?:keep|only|just|select|show|take|extract|want)(?: only| just| me| the| these)*(?: (?:columns?|fields?))?(?: (?:called|named))?:? (?:the )?(?:columns? |fields? )?|(?:only|just) (?:the )?|(?:只保留|只要|保留|选择|选取|提取|只留|仅保留|选出)(?:这几列|列)?/.exec(
			table.text,
		);
	const kept = keep === null ? [] : run(table, keep.index + keep[0].length);
	if (kept.length > 0 && !/(?:rows|people|those|records) (?:with|where)|的行/.test(table.text)) {
		for (const slot of kept) table.use(slot);
		table.said(/(?:keep|only|just|select|extract)(?: only| just| the)*|columns?|fields?|只保留|只要|保留|选择|选取|提取|只留|列/);
		table.step('table.select', { columns: kept.map((slot) => slot.column) });
	}
}

/** Columns that follow one another from here on: "name, age and city". */
function run(table: TableGoal, from: number): SlotOf<'column'>[] {
	const found: SlotOf<'column'>[] = [];
	let at = from;
	for (const slot of table.free('column')) {
		if (slot.start < at) continue;
		if (!/^\s*(?:,|and|&|the|columns?|fields?|、|和|与|及|这|两|三|列|\s)*$/.test(table.text.slice(at, slot.start))) break;
		found.push(slot);
		at = slot.end;
	}
	return found;
}

/** Sorting that is asked for in so many words. */
export function sorting(table: TableGoal): boolean {
	const match =
		/(?:sort(?:ed|ing)?|order(?:ed)?|rank(?:ed|ing)?|arrange[d]?)(?: (?:it|them|the \w+|rows?|everything|table|data))*(?: (?:by|on|according to))?|(?:highest|largest|biggest|lowest|smallest|newest|oldest|latest) first|(?:alphabetical(?:ly)?)|排序|升序|降序|从[大高多新]到[小低少旧]|从[小低少旧]到[大高多新]|排列|排名|倒序/.exec(
			table.text,
		);
	if (match === null) return false;
	const columns = table
		.free('column')
		.filter(
			(slot) =>
				slot.start >= match.index ||
				/(?:按照?|根据|依)\s*$/.test(table.before(slot)) ||
				/(?:by)\s*(?:the )?$/.test(table.before(slot)) ||
				/^\s*(?:从|由|升|降|排)/.test(table.after(slot)),
		);
	const down =
		/descend|desc(?![a-z])|highest|largest|biggest|newest|latest|most|high(?:est)? to low|large to small|z to a|z-a|reverse|decreasing|falling|降序|从大到小|从高到低|从多到少|从新到旧|倒序/.test(
			table.text,
		);
	const chosen =
		columns[0]?.column ??
		(/newest|oldest|latest|新到旧|旧到新/.test(table.text) ? table.columns.find((one) => one.type === 'date' || one.type === 'time')?.name : undefined) ??
		(/alphabet/.test(table.text) ? table.columns.find((one) => one.type === 'text')?.name : undefined);
	table.cover({ start: match.index, end: match.index + match[0].length });
	table.said(
		/(?:in )?(?:descending|ascending|desc|asc)(?: order)?|(?:highest|largest|biggest|lowest|smallest|newest|oldest|latest|most|cheapest)(?: \w+)? (?:first|to lowest|to highest|to smallest|to largest|to oldest|to newest|at the top)|(?:high|low|large|small|big|a|z) to (?:low|high|small|large|a|z)|reverse(?: order)?|alphabetical(?:ly)?|(?:decreasing|increasing)(?: order)?|升序|降序|从.到.|按照?|排序|排列|倒序/,
	);
	if (chosen === undefined) {
		table.outcome.ask('planner.ask-column', { choices: table.columns.map((column) => column.name) });
		return true;
	}
	for (const slot of columns.slice(0, 3)) table.use(slot);
	const more = columns.slice(1, 3).map((slot) => ({ column: slot.column, order: down ? 'descending' : 'ascending' }));
	table.step('table.sort', { column: chosen, ...(down ? { order: 'descending' } : {}), ...(more.length === 0 ? {} : { thenBy: more }) });
	return true;
}

/** "first 10 rows", "a random sample of 50". */
export function limiting(table: TableGoal): void {
	const random = table.said(
		/(?:an? )?random(?:ly)?(?: sample| selection| subset)?(?: of)?|(?:a )?sample(?: of)?|at random|随机(?:抽取|抽样|选取?|挑选?|取)?|抽样|抽取/,
	);
	const edge = table.free('edge').find((slot) => slot.unit === 'row');
	const count =
		table.free('count').find((slot) => /row|record|entr|line|item|sample|行|条|记录|数据|样本|个/.test(slot.noun)) ??
		(random ? table.free('number')[0] : undefined);
	if (random && (edge ?? count) !== undefined) {
		const slot = edge ?? count;
		if (slot === undefined) return;
		table.use(slot);
		table.step('table.sample', { count: slot.type === 'edge' ? slot.count : slot.value });
		return;
	}
	if (edge !== undefined) {
		table.use(edge);
		table.step('table.limit', { count: edge.count, ...(edge.which === 'last' ? { from: 'end' } : {}) });
	} else if (count !== undefined && /(?:first|last|only|just|keep|limit(?:ed)? to|show|前|只)\s*(?:the )?$/.test(table.before(count))) {
		table.use(count);
		table.step('table.limit', { count: count.value, ...(/last\s*(?:the )?$/.test(table.before(count)) ? { from: 'end' } : {}) });
	}
}
