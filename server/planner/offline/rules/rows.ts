/** What is done to whole tables: columns, sorting, limits, computed columns. */
import { numberOf } from '../numbers.ts';
import type { SlotOf } from '../slots/slot.ts';
import type { TableGoal } from '../table-goal.ts';

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
