/** Charts: which kind, and which columns go where. */
import type { SlotOf } from '../slots/slot.ts';
import type { TableGoal } from '../table-goal.ts';

const KINDS: readonly (readonly [RegExp, string])[] = [
	[
		/(?:^|(?<=[^a-z]))(?:bar|column)s?[ -]?(?:chart|graph|plot|diagram)s?|(?:as|in|with) (?:a )?bars?(?![a-z])|barchart|柱状图|条形图|柱形图|直条图|柱图/,
		'chart.bar',
	],
	[/(?:^|(?<=[^a-z]))(?:pie|donut|doughnut|ring)s?[ -]?(?:chart|graph|plot|diagram)?s?(?![a-z])|piechart|饼图|环形图|圆饼图|扇形图|饼状图/, 'chart.pie'],
	[
		/(?:^|(?<=[^a-z]))(?:scatter(?:[ -]?(?:plot|chart|graph|diagram))?|point cloud|dot plot)s?(?![a-z])|(?:one|a) (?:point|dot) (?:per|for (?:each|every))(?![a-z])|散点图|散布图|点图/,
		'chart.scatter',
	],
	[
		/(?:^|(?<=[^a-z]))(?:line|area|trend|time[ -]?series)s?[ -]?(?:chart|graph|plot|diagram|line)s?|(?:trend|development|course|curve|evolution)(?: of)?|over time|折线图|曲线图|线图|趋势图|走势图?|变化趋势|趋势|面积图/,
		'chart.line',
	],
];
const ANY =
	/(?:^|(?<=[^a-z]))(?:chart|graph|plot|diagram|visuali[sz]e|visuali[sz]ation|draw|show me graphically)(?:s|ted|ting)?(?: of| it| this)?(?![a-z])|图表|画个?图|作图|绘图|可视化|绘制|画图|画/;

/** The chart that a goal asks for, put on the present value; null when it asks for none. */
export function charting(table: TableGoal): string | null {
	const kind = KINDS.find(([pattern]) => pattern.test(table.text))?.[1];
	const any = ANY.test(table.text);
	if (kind === undefined && !any) return null;
	if (
		kind !== undefined &&
		/trend|development|course|趋势$/.test(table.text) &&
		!any &&
		!/chart|graph|plot|图|show|draw/.test(table.text) &&
		kind === 'chart.line'
	)
		return null;
	for (const [pattern, one] of KINDS) if (one === kind) table.said(pattern);
	table.said(ANY);
	table.said(
		/charts?|graphs?|plots?|diagram|over time|against|versus|vs\.?|as a function of|depending on|compared? (?:to|with)|relationship|between|correlation|horizontal|vertical|stacked|grouped|axis|关系|对比|之间|随|变化|情况|分布|占比|份额|share|interactive/,
	);
	const spec = kind ?? chosen(table);
	return spec === null ? null : put(table, spec);
}

function chosen(table: TableGoal): string | null {
	const columns = table.free('column');
	const dated = columns.some((slot) => table.column(slot.column)?.type === 'date' || /year|date|年|日期/i.test(slot.column));
	const numeric = columns.filter((slot) => table.isNumeric(slot.column));
	const spec = dated
		? 'chart.line'
		: numeric.length >= 2 && columns.length === numeric.length
			? 'chart.scatter'
			: columns.length > 0 || /by|per|按/.test(table.text)
				? 'chart.bar'
				: null;
	if (spec === null) {
		table.outcome.ask('planner.ask-chart', { example: table.columns.slice(0, 2).map((column) => column.name) });
		return null;
	}
	const words = { 'chart.line': ['line chart', '折线图'], 'chart.scatter': ['scatter plot', '散点图'], 'chart.bar': ['bar chart', '柱状图'] }[spec] ?? ['', ''];
	table.outcome.assume('planner.read-as', { en: { part: 'chart', meaning: words[0] ?? '' }, zh: { part: '图', meaning: words[1] ?? '' } });
	return spec;
}

const AGGREGATES: readonly (readonly [RegExp, string])[] = [
	[/(?:^|(?<=[^a-z]))(?:average|mean|avg)(?: of)?(?![a-z])|平均(?:值)?/, 'mean'],
	[/(?:^|(?<=[^a-z]))(?:total|sum)(?: of)?(?![a-z])|总计?|合计|总和/, 'sum'],
	[/(?:^|(?<=[^a-z]))median(?: of)?(?![a-z])|中位数/, 'median'],
	[/(?:^|(?<=[^a-z]))(?:how many|number of|count(?: of)?)(?![a-z])|数量|个数|多少/, 'count'],
	[/(?:^|(?<=[^a-z]))(?:highest|maximum|max)(?![a-z])|最高|最大/, 'max'],
	[/(?:^|(?<=[^a-z]))(?:lowest|minimum|min)(?![a-z])|最低|最小/, 'min'],
];

function put(table: TableGoal, spec: string): string {
	const params: Record<string, unknown> = {};
	const groups = table.groupColumns();
	const all = table.free('column');
	const numeric = all.filter((slot) => table.isNumeric(slot.column) && !groups.includes(slot));
	if (spec === 'chart.scatter') scatter(table, params, all, numeric);
	else {
		// 卖了多少 asks for a sum of sales, not for a number of rows.
		const sold = /卖[了出]?多少|售出多少|销售?了多少/.test(table.text)
			? table.columns.find((column) => table.isNumeric(column.name) && /销售额|营业额|金额|sales|revenue|销量|数量|units/i.test(column.name))
			: undefined;
		const named = AGGREGATES.find(([pattern]) => pattern.test(table.text) && table.said(pattern))?.[1];
		const aggregate = sold === undefined ? named : 'sum';
		if (sold !== undefined) {
			table.said(/卖[了出]?|售出|销售?了/);
			table.outcome.assume('planner.column-chosen', { column: sold.name });
		}
		const guess = sold !== undefined ? sold.name : aggregate === 'count' ? null : missing(table, all);
		const dated = table.columns.some((column) => column.type === 'date' || column.type === 'time' || /^(?:year|month|年|月)/i.test(column.name));
		const x =
			spec === 'chart.line'
				? (all.find((slot) => isCourse(table, slot)) ?? (dated ? undefined : groups[0]))
				: (groups[0] ?? all.find((slot) => !table.isNumeric(slot.column)));
		const cell = spec === 'chart.pie' && x === undefined ? table.slots.find((slot) => slot.type === 'cell') : undefined;
		if (cell?.type === 'cell') params.x = cell.column;
		const y = numeric.find((slot) => slot !== x);
		const series = [...groups, ...all.filter((slot) => !table.isNumeric(slot.column))].find((slot) => slot.column !== x?.column && !isCourse(table, slot));
		if (x !== undefined) params.x = x.column;
		if (y !== undefined && aggregate !== 'count') params.y = y.column;
		else if (guess !== null && aggregate !== 'count') params.y = guess;
		if (aggregate !== undefined) params.aggregate = aggregate;
		if (series !== undefined && spec !== 'chart.pie') params.series = series.column;
		for (const slot of [x, y, series]) if (slot !== undefined) table.use(slot);
		options(table, spec, params);
	}
	for (const slot of groups) table.use(slot);
	table.said(/(?:^|(?<=[^a-z]))(?:by|per|for each|each|every|across|coloured by|colored by|split by)(?![a-z])|按照?|每个?|各个?/);
	const title = /(?:titled?|with the title|标题(?:为|是)?)\s*:?\s*$/;
	for (const slot of table.free('text'))
		if (title.test(table.before(slot))) {
			params.title = slot.value;
			table.use(slot);
			table.said(/titled?|with the title|标题(?:为|是)?/);
		}
	return table.step(spec, params);
}

function options(table: TableGoal, spec: string, params: Record<string, unknown>): void {
	if (spec === 'chart.bar') {
		if (/horizontal|横向|水平/.test(table.text)) params.direction = 'horizontal';
		if (/grouped|side by side|并排|分组/.test(table.text) && params.series !== undefined) params.stack = 'grouped';
		if (table.said(/(?:sorted|largest|highest|biggest) first|sorted|descending|from high to low|从高到低|从大到小|排序/))
			params.sort = /ascend|lowest|smallest|从低|从小/.test(table.text) ? 'ascending' : 'descending';
	}
	if (spec === 'chart.line' && table.said(/area|面积/)) params.area = true;
	if (spec === 'chart.pie' && /donut|doughnut|ring|环形/.test(table.text)) params.hole = true;
	if (table.said(/dark(?: theme| mode| background)?|深色|暗色/)) params.theme = 'dark';
}

function isCourse(table: TableGoal, slot: SlotOf<'column'>): boolean {
	const type = table.column(slot.column)?.type;
	return type === 'date' || type === 'time' || /^(?:year|month|date|day|年|年份|月|月份|日期)$/i.test(slot.column);
}

/** A measure that is named but that no column bears: the best remaining numeric one, stated. */
function missing(table: TableGoal, all: readonly SlotOf<'column'>[]): string | null {
	if (all.some((slot) => table.isNumeric(slot.column))) return null;
	const match =
		/(?:^|(?<=[^a-z]))(sales|revenue|turnover|profit|income|amount|value|values|numbers?|results?|figures?|performance|销售额?|业绩|营业额|收入|金额)(?![a-z])/.exec(
			table.text,
		);
	const best = table.measures().find((column) => /units|sales|amount|revenue|销|额|quantity/i.test(column.name)) ?? table.measures()[0];
	if (match === null || best === undefined) return null;
	// Profit is not sales: who names one wants no other.
	if (/^(?:profit|income|收入|业绩)$/.test(match[1] ?? '') && !new RegExp(match[1] ?? '', 'i').test(best.name)) {
		table.cover({ start: match.index, end: match.index + match[0].length });
		table.outcome.ask('planner.refuse-column', { part: match[1] ?? '', choices: table.columns.map((column) => column.name) });
		return null;
	}
	table.cover({ start: match.index, end: match.index + match[0].length });
	table.outcome.assume('planner.column-guess', { part: match[0].trim(), column: best.name });
	return best.name;
}

function scatter(table: TableGoal, params: Record<string, unknown>, all: readonly SlotOf<'column'>[], numeric: readonly SlotOf<'column'>[]): void {
	const [first, second] = numeric;
	const against = /against|versus|vs\.?|over|as a function of|随/.test(table.text);
	for (const slot of all) if (/(?:point|dot)s? (?:per|for each|for every) $|每个?$/.test(table.before(slot)) && !table.isNumeric(slot.column)) table.use(slot);
	const coloured = all.find((slot) => !table.isNumeric(slot.column) && !table.used.has(slot));
	if (first !== undefined && second !== undefined) {
		// "y against x"; "x and y".
		params.x = against ? second.column : first.column;
		params.y = against ? first.column : second.column;
		table.use(first);
		table.use(second);
	} else if (first !== undefined) {
		table.use(first);
		const phrase = /(?:against|versus|vs\.?|and|with|to|over|和|与|跟)\s+(?:the )?([a-z][a-z ]*?)(?=\s*(?:$|[,.;]|as|in|for|colou?red|by|with))/.exec(
			table.text.slice(first.end),
		);
		const before = /(?:of|between|plot)\s+(?:the )?([a-z][a-z ]*?)\s+(?:against|versus|vs\.?|and|with|to|over)\s*(?:the )?$/.exec(
			table.text.slice(0, first.start),
		);
		const part = phrase?.[1] ?? before?.[1];
		const best = table.measures().find((column) => column.name !== first.column);
		if (part !== undefined && best !== undefined) {
			const at = phrase !== null ? first.end + phrase.index : (before?.index ?? 0);
			table.cover({ start: at, end: at + (phrase?.[0].length ?? before?.[0].length ?? 0) });
			table.outcome.assume('planner.column-guess', { part, column: best.name });
			params[against === (phrase !== null) ? 'y' : 'x'] = first.column;
			params[against === (phrase !== null) ? 'x' : 'y'] = best.name;
		} else params.x = first.column;
	}
	if (coloured !== undefined) {
		params.series = coloured.column;
		table.use(coloured);
	}
	if (table.said(/(?:with )?(?:an? )?(?:trend ?line|regression line|line of best fit)|趋势线/)) params.trend = true;
}
