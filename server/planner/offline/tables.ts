/** Goals about a table's contents: cleaning, conditions, questions, charts. */
import { checkGraph } from '../../../nodes/check.ts';
import type { TableMetadata } from '../../../nodes/kinds.ts';
import { sayProblem } from '../../../nodes/problems.ts';
import { assemble, type DraftSource } from '../assemble.ts';
import { checksOf } from '../checks.ts';
import type { Plan, PlanRequest } from '../plan.ts';
import { mainPort } from './chain.ts';
import { concluded } from './concluded.ts';
import { uncovered } from './coverage.ts';
import { fieldWords, purposes } from './fields.ts';
import { impossiblesOf } from './impossible.ts';
import { Outcome } from './outcome.ts';
import { charting } from './rules/charts.ts';
import { cleaning } from './rules/cleaning.ts';
import { conditionOf } from './rules/conditions.ts';
import { asking, QUESTION } from './rules/questions.ts';
import { computing, limiting, renaming, selecting, sorting } from './rules/rows.ts';
import { formatsOf, savers } from './saving.ts';
import { slotsOf } from './slots/index.ts';
import { TableGoal } from './table-goal.ts';
import type { Goal } from './text.ts';

/** Plans a goal whose main input is a table; null when it isn't. */
export function planTable(goal: Goal, request: PlanRequest): Plan | null {
	const index = request.sources.findIndex((source) => source.readings[0]?.kind === 'table');
	const table = request.sources[index]?.readings.find((reading) => reading.kind === 'table');
	if (table?.kind !== 'table') return null;
	const outcome = new Outcome(request.language);
	const slots = slotsOf(
		goal,
		request.sources.map((source) => source.readings),
	);
	const work = new TableGoal(goal, slots, table, outcome);
	for (const refused of impossiblesOf(
		goal,
		slots.filter((slot) => slot.type === 'text' || slot.type === 'column'),
	)) {
		const part = goal.original.slice(refused.span.start, refused.span.end).trim();
		outcome.refuse(part, refused.model ? 'planner.refuse-model' : 'planner.refuse-impossible', { what: refused.what[request.language] });
		work.cover(refused.span);
	}
	const sources = inputs(work, request, index, table);
	const made = read(work, request);
	finish(work, made, request);
	const { graph, bindings, known, problems, assumptions } = assemble(work.steps, sources, request.sources);
	outcome.assumptions.push(...assumptions);
	for (const problem of [...problems, ...(problems.length > 0 ? [] : checkGraph(graph, known).problems)])
		outcome.refuseWith(goal.original, sayProblem(request.language, problem));
	for (const step of work.steps) outcome.ledger.push({ part: goal.original, status: 'done', node: step.id });
	const saves = work.steps.filter((step) => step.spec.endsWith('.save'));
	const named = work.slots.flatMap((slot) => (slot.type === 'format' && slot.role === 'target' ? [slot.format] : []));
	const checks = saves.flatMap((step) => {
		const { format } = step.params;
		return checksOf(step.id, typeof format === 'string' && (named.includes(format) || (format === 'html' && WEB.test(goal.text))) ? { format } : {});
	});
	return concluded(goal, outcome, work.steps.length === 0 ? null : graph, bindings, checks);
}

/** One table, two to be joined, or several to be put one under the other. */
function inputs(work: TableGoal, request: PlanRequest, index: number, table: TableMetadata): DraftSource[] {
	const tables = request.sources.flatMap((source, i) => (source.readings[0]?.kind === 'table' ? [i] : []));
	const joins = work.said(
		/(?:^|(?<=[^a-z]))(?:join(?:ed|ing)?|look ?up|vlookup|enrich|match(?:ed|ing)?(?: them| up)?|merge(?:d)?(?= .*(?:on|by) )|add the columns)(?: them| both| these| the (?:two )?\w+)*|关联|连接|匹配/,
	);
	const stacks = work.said(
		/(?:^|(?<=[^a-z]))(?:merge|combine|append|concatenate|stack|union|put together|put (?:both|these|the two)(?: tables| files)? (?:under|below|on top of)|(?:under|below|beneath|on top of) each other|one (?:under|below) the other|one (?:big |single )?(?:table|file|sheet))(?:d)?(?: them| all| these| the \w+| into one| together)*|合并|拼接|汇总成一|上下拼/,
	);
	if (tables.length > 1 && stacks && !joins) {
		work.steps.push({ id: 'union', spec: 'table.union', params: {}, from: ['input'] });
		work.head = 'union';
		return [{ id: 'input', kind: 'table', files: tables, many: true }];
	}
	if (tables.length === 2 && joins) {
		const on = work.free('column').filter((slot) => /(?:on|by|using|via|按|根据|通过|用)\s*(?:the )?(?:column )?$/.test(work.before(slot)));
		for (const slot of on) work.use(slot);
		const other = request.sources[tables[1] ?? 0]?.readings.find((reading) => reading.kind === 'table');
		const shared = other?.kind === 'table' ? table.columns?.find((column) => other.columns?.some((one) => one.name === column.name))?.name : undefined;
		const column = on[0]?.column ?? shared;
		work.steps.push({
			id: 'join',
			spec: 'table.join',
			params: column === undefined ? {} : { on: [column] },
			from: [
				{ from: 'input', port: 'left' },
				{ from: 'input-2', port: 'right' },
			],
		});
		work.head = 'join';
		if (on.length === 0 && column !== undefined) work.outcome.assume('planner.column-chosen', { column }, { node: 'join', param: 'on', value: column });
		return [
			{ id: 'input', kind: 'table', files: [tables[0] ?? 0] },
			{ id: 'input-2', kind: 'table', files: [tables[1] ?? 1] },
		];
	}
	return [{ id: 'input', kind: 'table', files: tables.length > 1 ? tables : [index] }];
}

type Made = 'chart' | 'scalar' | 'ranking' | 'groups' | 'table';

function read(work: TableGoal, request: PlanRequest): Made {
	void request;
	renaming(work);
	cleaning(work);
	computing(work);
	// The share of one slice is seen among all slices.
	const shared = SHARE.test(work.text) && /pie|donut|饼图|环形图|饼状图/.test(work.text);
	if (shared) for (const slot of work.free('cell')) work.use(slot);
	const where = shared ? null : conditionOf(work);
	if (where !== null) work.step('table.filter', { where });
	const chart = charting(work);
	if (chart !== null) return 'chart';
	if (work.groupColumns().length > 0 && AGGREGATED.test(work.text) && SORTED.test(work.text)) return sortedGroups(work);
	if (sorting(work)) {
		limiting(work);
		selecting(work);
		return 'table';
	}
	const asked = asking(work);
	if (asked === null) {
		limiting(work);
		selecting(work);
		return 'table';
	}
	return asked;
}

const SHARE = /(?<![a-z])(?:share|proportion|percentage|fraction|part)(?![a-z])|占比|比例|份额|百分比/;
const AGGREGATED = /average|mean|total|sum|median|count|number of|how many|平均|总|合计|求和|中位数|数量|多少/;
const SORTED = /sort(?:ed)?|order(?:ed)?|ranked|descending|ascending|(?:highest|lowest|largest|smallest) first|从[高大多低小少]到|排序|升序|降序/;

/** "average age by city, sorted from high to low": the groups are sorted by what was computed. */
function sortedGroups(work: TableGoal): Made {
	const down = !/ascend|low to high|lowest first|smallest first|small to large|升序|从[小低少]到/.test(work.text);
	work.said(
		/sort(?:ed)?(?: it| them)?(?: by(?: it| that)?)?|order(?:ed)?|ranked|(?:in )?(?:descending|ascending)(?: order)?|(?:highest|lowest|largest|smallest) first|(?:from )?(?:high|low|large|small) to (?:low|high|small|large)|从[高大多低小少]到[低小少高大多]|排序|升序|降序|按/,
	);
	const asked = asking(work);
	const last = work.steps.at(-1);
	const measure = (last?.params['measures'] as readonly { aggregate: string; column?: string; name?: string }[] | undefined)?.[0];
	if (last?.spec === 'table.group' && measure !== undefined) {
		const column = measure.name ?? (measure.column === undefined ? 'count' : `${measure.aggregate.replace('-', ' ')} of ${measure.column}`);
		work.step('table.sort', { column, ...(down ? { order: 'descending' } : {}) });
	}
	return asked ?? 'table';
}

function finish(work: TableGoal, made: Made, request: PlanRequest): void {
	const { outcome, goal, slots } = work;
	const formats = slots.flatMap((slot) => (slot.type === 'format' && slot.role === 'target' ? [slot.format] : []));
	if (made === 'chart' && !formats.includes('html') && WEB.test(work.text)) {
		work.said(WEB);
		formats.push('html');
	}
	const wanted = formats[0] ?? null;
	for (const slot of slots) if (slot.type === 'format' || slot.type === 'kind') work.cover(slot);
	work.said(TABLE_WORDS);
	const worked = work.steps.length > 0;
	if (outcome.questions.length === 0 && (worked || wanted !== null)) {
		const value = work.head;
		save(work, made, wanted, request);
		for (const more of new Set(formats.filter((one) => one !== wanted))) {
			work.head = value;
			save(work, made, more, request);
		}
	}
	for (const slot of slots) {
		if (work.used.has(slot) || work.covered.some((span) => span.start <= slot.start && slot.end <= span.end)) continue;
		work.cover(slot);
		if (slot.type === 'count' && slot.value === 1) continue;
		if (slot.type === 'column' && /how many|多少|count|number of/.test(work.text) && made !== 'table') continue;
		// "cities with a population over a million": the column only names the rows.
		if (slot.type === 'column' && !work.isNumeric(slot.column) && work.steps.some((step) => step.spec === 'table.filter' || step.spec === 'table.sort'))
			continue;
		outcome.notUnderstood.push(goal.original.slice(slot.start, slot.end));
	}
	for (const span of [
		...fieldWords(
			goal,
			work.steps.map((step) => step.spec),
		),
		...purposes(goal),
	])
		work.cover(span);
	for (const span of uncovered(goal, work.covered)) outcome.notUnderstood.push(goal.original.slice(span.start, span.end));
}

function save(work: TableGoal, made: Made, wanted: string | null, request: PlanRequest): void {
	const answers = made === 'scalar' || made === 'ranking' || (made === 'groups' && QUESTION.test(work.text));
	const value = work.head;
	if (answers) work.step('table.answer', made === 'groups' ? { rows: 50 } : {});
	const explicit = wanted !== null || /(?:^|[^a-z])(?:as a table|save|export|table of|list|file)(?![a-z])|保存|导出|列表|表格/.test(work.text);
	if (answers && !explicit && made !== 'groups') return;
	const kind = made === 'chart' ? 'chart' : 'table';
	const spec = savers().find((one) => mainPort(one)?.kind === kind);
	if (spec === undefined) return;
	const formats = formatsOf(spec);
	const table = work.table.format;
	if (wanted !== null && !formats.includes(wanted)) {
		const part = work.goal.original;
		work.outcome.refuse(part, 'planner.refuse-format', {
			kind: request.language === 'zh' ? (kind === 'chart' ? '图表' : '表格') : kind === 'chart' ? 'A chart' : 'A table',
			format: wanted.toUpperCase(),
			choices: [...formats],
		});
		return;
	}
	const format = wanted ?? (kind === 'table' && table !== null && formats.includes(table) ? table : (formats[0] ?? 'csv'));
	work.head = value;
	work.step(spec.id, { format });
	if (wanted === null && (kind === 'chart' || table !== format))
		work.outcome.assume('planner.default-format', { format: format.toUpperCase() }, { node: work.head, param: 'format', value: format });
}

const WEB =
	/(?:as |into |in )?(?:an? )?(?:interactive )?(?:web ?pages?|interactive (?:page|chart|version|html))|(?<![a-z])interactive(?![a-z])|网页版?|交互式?的?/;

const TABLE_WORDS =
	/(?:^|(?<=[^a-z]))(?:rows?|columns?|records?|entries|values?|lines?|cells?|tables?|data ?sets?|data|sheets?|spreadsheets?|files?|where|whose|who|which|what|when|how|many|much|is|was|are|there|answer|question|calculate|compute|find|list|show|tell|sold|sell|people|person|items?|things?|order|in|of|than|its|their|respectively|breakdown|everything|everyone|those|only|sales|old|both|lives?|living|anyone|someone|anybody|summary|overview|summari[sz]e|compare|comparison|statistics|stats|clean(?: up| it)?|tidy)(?![a-z])|哪一?个?|哪些|谁|什么|多少|几个?|行|列|记录|数据|表格?|其中|里面?|中|计算|统计|求|找出|列出|查询|查找|显示|展示|结果|情况|分别|汇总|算|一下|的人|人|清洗|清理|整理|卖|售出|只看|看看|排一下|排列|排|岁|住在?|以及/;
