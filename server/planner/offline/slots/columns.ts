/** Columns of the tables at hand and values seen in them, found by name in the goal. */
import type { Column } from '../../../../nodes/kinds.ts';
import { stem } from '../text.ts';
import type { SlotContext } from './slot.ts';

interface Name {
	readonly words: readonly string[];
	readonly column: string;
	readonly value?: string;
	readonly source: number;
	readonly exact: boolean;
}

/** Claims column names (exactly, in their plain words, or by a part of them that only one column has) and the values of text columns. */
export function claimColumns(context: SlotContext): void {
	const names = context.readings.flatMap((readings, source) => {
		const table = readings.find((reading) => reading.kind === 'table');
		return table?.kind === 'table' && table.columns !== null ? namesOf(table.columns, source) : [];
	});
	if (names.length === 0) return;
	claimHan(context, names);
	const words = context.goal.words;
	const longest = Math.max(...names.map((name) => name.words.length));
	for (let size = longest; size >= 1; size--)
		for (let i = 0; i + size <= words.length; i++) {
			const run = words.slice(i, i + size);
			const [first, last] = [run[0], run.at(-1)];
			if (first === undefined || last === undefined || context.taken({ start: first.start, end: last.end })) continue;
			if (/^(?:join|sort|group)$/.test(first.text) && size === 1 && !names.some((name) => name.column === first.text)) continue;
			if (first.text === 'area' && size === 1 && /^ (?:chart|graph|plot)/.test(context.goal.text.slice(last.end))) continue;
			const found = names.find((name) => name.words.length === size && name.words.every((word, at) => word === run[at]?.stem));
			if (
				found === undefined ||
				(size === 1 &&
					first.text.length === 1 &&
					!/(?:by|of|column|columns|against|vs|versus|and|per|over|sum|average|mean|median|max|min|total|plot|chart|graph|draw|between|for|where|sort|is|[+*/=<>-]) ?(?:the )?$/.test(
						context.goal.text.slice(0, first.start),
					))
			)
				continue;
			// "how much each region sold": money where there is a column of money.
			const sold = /^(?:sold|sells?|sales)$/.test(first.text) && size === 1 && !found.exact && !/how many|number of|多少[个件]/.test(context.goal.text);
			const money = sold ? names.find((name) => name.value === undefined && /^(?:sales|revenue|turnover|amount|销售额)$/i.test(name.column)) : undefined;
			context.claim(first.start, last.end, nameValue(money ?? found));
		}
}

function claimHan(context: SlotContext, names: readonly Name[]): void {
	const written = names.flatMap((name) => {
		const text = (name.value ?? name.column).toLowerCase();
		const bare = text.replace(/[（(].*?[)）]/g, '');
		return /[\u4e00-\u9fff]/.test(text) ? [...new Set([text, bare])].map((one) => ({ text: one, name })) : [];
	});
	written.sort((one, other) => other.text.length - one.text.length);
	for (const { text, name } of written)
		for (let at = context.goal.text.indexOf(text); at >= 0; at = context.goal.text.indexOf(text, at + 1)) context.claim(at, at + text.length, nameValue(name));
	// A Chinese column name is often said in part: 人口 for 人口（万）, or its English one in Chinese text, which words handle.
}

function nameValue(name: Name) {
	return name.value === undefined
		? ({ type: 'column', column: name.column, source: name.source, exact: name.exact } as const)
		: ({ type: 'cell', column: name.column, value: name.value } as const);
}

/** `temp_max`, `US Gross`, `lifeExpect` → stems. */
export function wordsOfName(name: string): string[] {
	const bare = name.replace(/[（(].*?[)）]/g, ' ').replace(/([a-z])([A-Z])/g, '$1 $2');
	return (bare.toLowerCase().match(/[a-z\u00c0-\u024f0-9]+/g) ?? []).map(stem);
}

const VAGUE = new Set([
	'name',
	'total',
	'number',
	'id',
	'of',
	'type',
	'in',
	'the',
	'per',
	'date',
	'time',
	'size',
	'amount',
	'first',
	'last',
	'value',
	'no',
	'top',
]);

/** Words that mean the same as words in names of columns. */
export const ALIASES: Readonly<Record<string, readonly string[]>> = {
	pop: ['population', 'people', 'inhabitants', '人口'],
	population: ['people', 'inhabitants', 'residents', '人口'],
	income: ['earnings', 'wealth', 'gdp', '收入'],
	country: ['nation', 'countries', '国家'],
	life_expect: ['life expectancy', 'lifespan', '寿命', '预期寿命'],
	fertility: ['births', '生育率'],
	year: ['时间', '年份', '年'],
	date: ['day', '日期'],
	price: ['cost', '价格', '单价'],
	units: ['units sold', 'sold', 'quantity', 'sales', '销量', '数量'],
	region: ['area', '地区', '区域', '大区'],
	product: ['article', 'goods', '产品', '商品'],
	sales: ['revenue', 'turnover', '销售额'],
	name: ['姓名', '名字', '名称'],
	city: ['town', '城市'],
	age: ['年龄'],
	weather: ['天气'],
	temp: ['temperature', '温度', '气温'],
	temp_max: ['maximum temperature', 'max temperature', 'highest temperature', 'high temperature', '最高气温', '最高温度'],
	temp_min: ['minimum temperature', 'low temperature', '最低气温', '最低温度'],
	precipitation: ['rain', 'rainfall', '降水', '降水量', '降雨量'],
	wind: ['wind speed', '风速', '风'],
	symbol: ['stock', 'ticker', '股票'],
	rate: ['比率'],
	state: ['州', '省'],
	health: ['life expectancy', '健康', '寿命', '预期寿命'],
	species: ['物种', '种类'],
	island: ['岛', '岛屿'],
	sex: ['gender', '性别'],
	salary: ['pay', 'wage', '工资', '薪水'],
	department: ['dept', '部门'],
	score: ['grade', 'mark', '分数', '成绩'],
	category: ['类别', '分类'],
	customer: ['client', '客户'],
	amount: ['金额'],
	quantity: ['qty', '数量'],
	group: ['分组', '组'],
	gender: ['sex', '性别'],
	joined: ['加入时间'],
	'body mass': ['weight', 'body weight', 'mass', '体重'],
	open: ['开盘价', '开盘'],
	close: ['closing price', '收盘价', '收盘'],
	high: ['最高价'],
	low: ['最低价'],
	latitude: ['lat', '纬度'],
	longitude: ['lon', '经度'],
	title: ['标题', '片名'],
	城市: ['city', 'cities'],
	省份: ['province'],
	人口: ['population', 'people'],
	日期: ['date'],
	gdp: ['economy', '经济'],
	continent: ['洲', '大洲'],
	cluster: ['群组'],
};

function namesOf(columns: readonly Column[], source: number): Name[] {
	const names: Name[] = [];
	const push = (words: readonly string[], column: string, exact: boolean, value?: string) => {
		if (words.length > 0) names.push({ words, column, source, exact, ...(value === undefined ? {} : { value }) });
	};
	for (const column of columns) push(wordsOfName(column.name).length > 0 ? wordsOfName(column.name) : [column.name], column.name, true);
	for (const column of columns)
		for (const value of column.values ?? [])
			if (value.length <= 40 && !/^\d+$/.test(value)) push(/[\u4e00-\u9fff]/.test(value) ? [value] : wordsOfName(value), column.name, true, value);
	for (const column of columns) {
		const own = wordsOfName(column.name);
		const bare = column.name.replace(/[（(].*?[)）]/g, '').toLowerCase();
		for (const key of new Set([bare, own.join(' '), bare.replace(/[_\s]/g, ' ')]))
			for (const alias of ALIASES[key] ?? ALIASES[key.replace(' ', '_')] ?? [])
				push(/[\u4e00-\u9fff]/.test(alias) ? [] : wordsOfName(alias), column.name, false);
		const others = columns.filter((other) => other !== column).flatMap((other) => wordsOfName(other.name));
		// A part of a name stands for the column when no other column has it: "mass" for "Body Mass (g)".
		if (own.length > 1) for (const word of own) if (word.length > 2 && !others.includes(word) && !VAGUE.has(word)) push([word], column.name, false);
	}
	for (const column of columns) {
		const key = column.name.replace(/[（(].*?[)）]/g, '').toLowerCase();
		for (const alias of ALIASES[key] ?? []) if (/[\u4e00-\u9fff]/.test(alias)) names.push({ words: [], column: column.name, source, exact: false });
	}
	return names;
}

/** Chinese names for English columns, and the other way round: text → column. */
export function chineseAliases(columns: readonly Column[]): readonly { readonly text: string; readonly column: string }[] {
	const found = columns.flatMap((column) => {
		const key = column.name
			.replace(/[（(].*?[)）]/g, '')
			.toLowerCase()
			.trim();
		const parts = [key, ...wordsOfName(column.name)];
		return parts.flatMap((part, i) =>
			(ALIASES[part] ?? []).filter((alias) => /[\u4e00-\u9fff]/.test(alias)).map((text) => ({ text, column: column.name, rank: i })),
		);
	});
	return found.sort((one, other) => other.text.length - one.text.length || one.rank - other.rank);
}
