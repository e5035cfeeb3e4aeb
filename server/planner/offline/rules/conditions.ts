/** Conditions in words → a formula: "price over 10", "from London", 人口超过2000万, "in 2026". */
import { NUMBER, numberOf } from '../numbers.ts';
import type { SlotOf } from '../slots/slot.ts';
import type { TableGoal } from '../table-goal.ts';

const COMPARE: readonly (readonly [RegExp, string])[] = [
	[/>=|≥|at least|no less than|not less than|minimum of|or more|or above|or older|or higher|不少于|不低于|不小于|至少|大于等于|以上|及以上/, '>='],
	[
		/<=|≤|at most|no more than|not more than|not over|up to|maximum of|or less|or below|or younger|or lower|不超过|不高于|不大于|至多|最多|小于等于|以内|以下/,
		'<=',
	],
	[/!=|≠|<>|is not|isn't|not equal(?: to)?|other than|不等于|不是|不为/, '!='],
	[
		/>|greater than|more than|larger than|bigger than|higher than|over|above|exceed(?:s|ing)?|older than|longer than|after|大于|超过|高于|多于|大过|晚于|之后/,
		'>',
	],
	[/<|less than|fewer than|smaller than|lower than|under|below|younger than|cheaper than|shorter than|before|小于|低于|少于|不足|不到|早于|之前/, '<'],
	[/==|=|equal(?:s|ing)?(?: to)?|exactly|is|are|was|等于|是|为/, '='],
];
const WORDS = COMPARE.map(([pattern]) => pattern.source).join('|');
const AMOUNT = `(${NUMBER}(?:\\s?(?:k|m|million|billion|thousand|万|亿|千)(?![a-z]))?|\\d{4}-\\d{2}-\\d{2})`;

/** The comparison that words stand for; "30 or older" and 30以上 are read from behind the number. */
function comparison(before: string, after: string): string | null {
	const trailing =
		/^\s*(or more|or above|or older|or higher|or less|or below|or younger|or lower|and (?:above|over|up)|and (?:below|under)|以上|及以上|以下|以内)/.exec(
			after,
		)?.[1];
	if (trailing !== undefined) return /more|above|older|higher|over|up|以上/.test(trailing) ? '>=' : '<=';
	return (
		COMPARE.find(([pattern]) => new RegExp(`^\\s*(?:${pattern.source})\\s*$`).test(before))?.[1] ??
		COMPARE.find(([pattern]) => pattern.test(before))?.[1] ??
		null
	);
}

/** Everything in the goal that limits rows, joined by "and"; null where nothing does. */
export function conditionOf(table: TableGoal): string | null {
	const parts = [...between(table), ...numeric(table), ...dates(table), ...texts(table), ...cells(table)];
	if (parts.length === 0) return null;
	const or = parts.length > 1 && /(?:^|[^a-z])or(?![a-z])(?! (?:more|above|older|higher|less|below|younger|lower))|或/.test(table.text);
	const joined = parts.length === 1 ? (parts[0] ?? '') : parts.map((part) => `(${part})`).join(or ? ' or ' : ' and ');
	const drops =
		/(?:^|[^a-z])(?:remove|drop|delete|exclude|filter out|get rid of|throw (?:away|out)|without)(?: all| the| any)? (?:the )?(?:rows?|records?|entries|lines|those|everyone|everything|people|ones|orders|items|values?|all)|(?:删除|去掉|排除|剔除|过滤掉|删掉)[^列]*(?:行|记录|的|数据)/.test(
			table.text,
		);
	table.said(
		/(?:remove|drop|delete|exclude|filter out)(?: all| the| any)?(?: the)? (?:rows?|records?|entries|lines|those|everyone|people|ones)|删除|去掉|排除|剔除|过滤掉|删掉/,
	);
	return drops ? `not (${joined})` : joined;
}

function amount(text: string, column: string): string | null {
	if (/^\d{4}-\d{2}-\d{2}$/.test(text)) return `'${text}'`;
	const unit = /(万|亿)\s*$/.exec(text)?.[1];
	// A column in ten-thousands already says its unit: 2000万 is 2000 in 人口（万）.
	const value = unit !== undefined && column.includes(unit) ? numberOf(text.replace(/(?:万|亿)\s*$/, '')) : numberOf(text);
	return value === null ? null : String(value);
}

function between(table: TableGoal): string[] {
	return table.free('column').flatMap((slot) => {
		const match = new RegExp(
			`^\\s*(?:is |are |was )?(?:between|from|in the range of|介于|在|从)\\s*${AMOUNT}\\s*(?:and|to|-|到|和|至|与)\\s*${AMOUNT}(?:\\s*之间)?`,
		).exec(table.text.slice(slot.end));
		const [low, high] = [match?.[1], match?.[2]].map((one) => (one === undefined ? null : amount(one, slot.column)));
		if (match === null || low === null || high === null || low === undefined || high === undefined) return [];
		claim(table, slot, slot.end + match[0].length);
		const name = table.quoted(slot.column);
		return [`${name} >= ${low} and ${name} <= ${high}`];
	});
}

function numeric(table: TableGoal): string[] {
	const parts: string[] = [];
	for (const slot of table.free('column')) {
		if (!table.isNumeric(slot.column) && table.column(slot.column)?.type !== 'date') continue;
		const behind = new RegExp(
			`^\\s*(?:column |values? |列|的值|数)?\\s*(?:is |are |was |be |of |that is |which is |值)?\\s*(${WORDS}|of)?\\s*(?:than |to |the )?\\$?\\s*${AMOUNT}(\\s*(?:or more|or above|or older|or higher|or less|or below|or younger|or lower|and (?:above|over|up|below|under)|以上|及以上|以下|以内))?`,
		).exec(table.text.slice(slot.end));
		const sign = behind === null ? null : comparison(behind[1] ?? '', behind[3] ?? '');
		const value = behind?.[2] === undefined ? null : amount(behind[2], slot.column);
		if (behind !== null && sign !== null && value !== null && (behind[1] !== undefined || behind[3] !== undefined)) {
			parts.push(`${table.quoted(slot.column)} ${sign} ${value}`);
			claim(table, slot, slot.end + behind[0].length);
			continue;
		}
		const ahead = new RegExp(`(${WORDS})\\s*(?:than |to )?\\$?\\s*${AMOUNT}\\s*(?:of |in |个|的)?\\s*$`).exec(table.text.slice(0, slot.start));
		const other = ahead === null ? null : comparison(ahead[1] ?? '', '');
		const number = ahead?.[2] === undefined ? null : amount(ahead[2], slot.column);
		if (ahead !== null && other !== null && other !== '=' && number !== null) {
			parts.push(`${table.quoted(slot.column)} ${other} ${number}`);
			table.use(slot);
			claimSlots(table, ahead.index, slot.start);
		}
	}
	return [...parts, ...implied(table)];
}

/** "older than 30" names its column by its adjective. */
function implied(table: TableGoal): string[] {
	const ADJECTIVES: readonly (readonly [RegExp, RegExp])[] = [
		[
			/(older|younger) than\s*(\d+)|(?:over|above|under|below|aged?) (\d+)(?: years? old)?|(\d+) or (older|younger)|(?:大于|超过|小于|不到|满)(\d+)岁|(\d+)岁(以上|以下)/,
			/^age$|年龄|\bage\b/i,
		],
		[/(cheaper|more expensive|dearer) than\s*\$?(\d+(?:\.\d+)?)/, /price|cost|价/i],
	];
	return ADJECTIVES.flatMap(([pattern, column]) => {
		const match = pattern.exec(table.text);
		const found = table.columns.find((one) => column.test(one.name) && table.isNumeric(one.name));
		const number = match?.slice(1).find((part) => part !== undefined && /^\d/.test(part));
		if (match === null || found === undefined || number === undefined || claimedAt(table, match.index, match.index + match[0].length)) return [];
		claimSlots(table, match.index, match.index + match[0].length);
		const less = /younger|cheaper|under|below|小于|不到|以下/.test(match[0]);
		const equal = /or |以上|以下|满/.test(match[0]) ? '=' : '';
		return [`${table.quoted(found.name)} ${/^aged? /.test(match[0]) ? '=' : `${less ? '<' : '>'}${equal}`} ${number}`];
	});
}

const MONTHS = ['january', 'february', 'march', 'april', 'may', 'june', 'july', 'august', 'september', 'october', 'november', 'december'];

function dates(table: TableGoal): string[] {
	const column = table.columns.find((one) => one.type === 'date' || one.type === 'time') ?? table.columns.find((one) => /^(?:date|日期)$/i.test(one.name));
	const yearColumn = table.columns.find((one) => /^(?:year|年|年份)$/i.test(one.name));
	const year =
		/(?:(in|for|during|of|since|after|before|from|until|january|february|march|april|may|june|july|august|september|october|november|december)\s+)(?:the year )?((?:19|20)\d{2})(?![\d-])|((?:19|20)\d{2})\s*年(以前|之前|以后|之后|后|前)?/.exec(
			table.text,
		);
	const parts: string[] = [];
	if (year !== null && (column !== undefined || yearColumn !== undefined) && !claimedAt(table, year.index, year.index + year[0].length)) {
		const subject = yearColumn === undefined ? `year(${table.quoted(column?.name ?? '')})` : table.quoted(yearColumn.name);
		const word = year[1] ?? year[4] ?? '';
		const sign = /since|from/.test(word) ? '>=' : /after|后/.test(word) ? '>' : /before|until|前/.test(word) ? '<' : '=';
		parts.push(`${subject} ${sign} ${year[2] ?? year[3]}`);
		claimSlots(table, year.index, year.index + year[0].length);
	}
	const month = new RegExp(`(?:in|for|during|of)\\s+(${MONTHS.join('|')})(?![a-z])|(?<!\\d)(\\d{1,2})\\s*月(?:份)?`).exec(table.text);
	if (month !== null && column !== undefined) {
		parts.push(`month(${table.quoted(column.name)}) = ${month[1] === undefined ? month[2] : MONTHS.indexOf(month[1]) + 1}`);
		claimSlots(table, month.index, month.index + month[0].length);
	}
	const day = /(after|since|from|before|until|on)\s+(\d{4}-\d{2}-\d{2})/.exec(table.text);
	if (day !== null && column !== undefined && !claimedAt(table, day.index, day.index + day[0].length)) {
		const sign = { after: '>', since: '>=', from: '>=', before: '<', until: '<=', on: '=' }[day[1] ?? ''] ?? '=';
		parts.push(`${table.quoted(column.name)} ${sign} date('${day[2]}')`);
		claimSlots(table, day.index, day.index + day[0].length);
	}
	return parts;
}

/** "name contains x", "city starts with 'New'", "city is 'Paris'". */
function texts(table: TableGoal): string[] {
	return table.free('column').flatMap((slot) => {
		const match =
			/^\s*(?:that |which )?(contains?|containing|includes?|including|starts? with|starting with|begins? with|ends? with|ending with|is not|is|equals?|=|!=|包含|含有|含|以|开头是|结尾是|不是|是|为|等于)\s*/.exec(
				table.text.slice(slot.end),
			);
		if (match === null) return [];
		const start = slot.end + match[0].length;
		const quoted = table.free('text').find((one) => one.start >= start - 1 && one.start <= start + 1);
		const blank = /^(?:blank|empty|missing|null|空|缺失)/.exec(table.text.slice(start));
		const verb = match[1] ?? '';
		const name = table.quoted(slot.column);
		if (blank !== null) {
			claim(table, slot, start + blank[0].length);
			return [/not|不/.test(verb) ? `not (${name} is blank)` : `${name} is blank`];
		}
		const word = /^[\w-]+/.exec(table.goal.original.slice(start));
		const value = quoted?.value ?? (/contain|includ|start|begin|end|包|含/.test(verb) ? word?.[0] : undefined);
		if (value === undefined) return [];
		if (quoted !== undefined) table.use(quoted);
		claim(table, slot, quoted?.end ?? start + (word?.[0].length ?? 0));
		const literal = `'${value.replaceAll("'", "''")}'`;
		if (/contain|includ|包|含/.test(verb)) return [`${name} contains ${literal}`];
		if (/start|begin|以|开头/.test(verb)) return [`${name} starts with ${literal}`];
		if (/end|结尾/.test(verb)) return [`${name} ends with ${literal}`];
		return [`${name} ${/not|!=|不/.test(verb) ? '!=' : '='} ${literal}`];
	});
}

/** Values of text columns: those of one column are alternatives, those of several must all hold. */
function cells(table: TableGoal): string[] {
	const byColumn = new Map<string, SlotOf<'cell'>[]>();
	for (const slot of table.free('cell')) byColumn.set(slot.column, [...(byColumn.get(slot.column) ?? []), slot]);
	return [...byColumn].map(([column, slots]) => {
		for (const slot of slots) table.use(slot);
		for (const named of table.free('column'))
			if (
				named.column === column &&
				slots.some(
					(slot) =>
						/^\s*(?:is|=|equals?|are|是|为|等于|in|:)?\s*$/.test(table.text.slice(named.end, Math.max(named.end, slot.start))) && slot.start >= named.end,
				)
			)
				table.use(named);
		const literals = slots.map((slot) => `'${slot.value.replaceAll("'", "''")}'`);
		const not = slots.some((slot) =>
			/(?:^|[^a-z])(?:not|except(?: for)?|excluding|other than|without|isn't|but not|besides)(?: in| from| the)?\s*$|(?:除了|不是|不在|除|不含|非|除去)$/.test(
				table.before(slot),
			),
		);
		table.said(/(?:except(?: for)?|excluding|other than|but not|isn't|除了|以外|之外|除去|不含|不在|不是)/);
		const name = table.quoted(column);
		if (literals.length === 1) return `${name} ${not ? '!=' : '='} ${literals[0]}`;
		return `${not ? 'not ' : ''}${not ? '(' : ''}${name} in (${literals.join(', ')})${not ? ')' : ''}`;
	});
}

function claim(table: TableGoal, slot: SlotOf<'column'>, end: number): void {
	table.use(slot);
	claimSlots(table, slot.end, end);
}

function claimSlots(table: TableGoal, start: number, end: number): void {
	table.cover({ start, end });
	for (const slot of table.slots) if (slot.start >= start && slot.start < end && slot.type !== 'column' && slot.type !== 'cell') table.use(slot);
}

function claimedAt(table: TableGoal, start: number, end: number): boolean {
	return table.covered.some((span) => span.start < end && start < span.end);
}
