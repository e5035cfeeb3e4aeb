/** Which columns a chart shows when they aren't given, and what it is then called. Pure, so that `describe` and the runner agree. */
import { type Column, field, GraphError, type TableMetadata } from '../define.ts';
import { columnNamed, isNumeric } from '../table/columns.ts';

export const AGGREGATES_SHOWN = {
	auto: { en: 'Sum, or average for prices, rates and the like', zh: '自动（合计；价格、比率等取平均）' },
	sum: { en: 'Sum', zh: '合计' },
	mean: { en: 'Average', zh: '平均' },
	median: { en: 'Median', zh: '中位数' },
	min: { en: 'Smallest', zh: '最小' },
	max: { en: 'Largest', zh: '最大' },
	count: { en: 'Number of rows', zh: '行数' },
} as const;
export type Shown = Exclude<keyof typeof AGGREGATES_SHOWN, 'auto'>;

/** What is drawn: `y` is null for a count of rows. */
export interface Choice {
	readonly x: Column;
	readonly y: Column | null;
	readonly aggregate: Shown;
	readonly title: string;
	/** Whether the chart speaks Chinese: as the columns do. */
	readonly chinese: boolean;
}

interface Wanted {
	readonly x?: string | undefined;
	readonly y?: string | undefined;
	readonly aggregate?: keyof typeof AGGREGATES_SHOWN;
	readonly title: string;
	/** Shares of a whole: only what adds up can be drawn. */
	readonly whole?: boolean;
}

/* Numbers that name things, and texts that are different in every row, are a poor choice to draw. */
const NAMES =
	/^(?:.*[ _-])?(?:id|ids|index|idx|code|iata|icao|zip|zipcode|postcode|phone|key|lat|lon|lng|latitude|longitude|url|编号|序号|邮编|经度|纬度|电话)$|ID$/i;
const YEARS = /^(?:year|yr|month|day|week|quarter|hour|date|年|年份|月|月份|日期|季度|周|时间)$/i;
/* Averages of these mean something, their sums don't. */
const LEVELS =
	/price|rate|ratio|percent|%|temp|age\b|score|avg|average|mean|median|income|expect|rating|index|speed|height|weight|length|width|depth|health|fertility|latitude|longitude|close|open|high|low|率|价|温|年龄|分数|评分|得分|均|比例|占比|寿命|身高|体重|收入/i;

const given = (name: string | undefined) => (name === undefined || name === '' ? undefined : name);
const named = (column: Column) => (NAMES.test(column.name) ? 1 : 0);

/** Columns in the order in which they are good to measure. */
function measurable(columns: readonly Column[]): readonly Column[] {
	const numeric = columns.filter((column) => isNumeric(column.type));
	return numeric.filter((column) => !NAMES.test(column.name) && !YEARS.test(column.name));
}

function measure(wanted: Wanted, columns: readonly Column[], not: Column): { readonly y: Column | null; readonly aggregate: Shown } {
	if (wanted.aggregate === 'count' && given(wanted.y) === undefined) return { y: null, aggregate: 'count' };
	const name = given(wanted.y);
	const candidates = measurable(columns).filter((column) => column.name !== not.name && (wanted.whole !== true || !LEVELS.test(column.name)));
	const y = name === undefined ? (candidates[0] ?? null) : columnNamed(columns, name, 'y');
	if (y === null) return { y: null, aggregate: 'count' };
	const auto = LEVELS.test(y.name) && wanted.whole !== true ? 'mean' : 'sum';
	const aggregate = wanted.aggregate === undefined || wanted.aggregate === 'auto' ? (isNumeric(y.type) ? auto : 'count') : wanted.aggregate;
	if (aggregate !== 'count' && !isNumeric(y.type)) {
		const choices = columns.filter((column) => isNumeric(column.type)).map((column) => column.name);
		throw new GraphError('table.not-numeric', { param: 'y', column: y.name, type: y.type, choices }, { param: 'y' });
	}
	return { y, aggregate };
}

/** Categories against a measure: bar and pie. */
export function chooseCategories(wanted: Wanted, columns: readonly Column[]): Choice {
	const name = given(wanted.x);
	const texts = columns.filter((column) => column.type === 'text' || column.type === 'boolean').sort((a, b) => named(a) - named(b));
	const others = columns.filter((column) => column.type === 'date' || column.type === 'time' || YEARS.test(column.name));
	const x = name === undefined ? (texts[0] ?? others[0] ?? columns[0]) : columnNamed(columns, name, 'x');
	if (x === undefined) throw new GraphError('table.no-numeric', { param: 'x', choices: [] }, { param: 'x' });
	return settled(wanted, columns, x);
}

/** A course over time or along a number: line. */
export function chooseCourse(wanted: Wanted, columns: readonly Column[]): Choice {
	const name = given(wanted.x);
	const found =
		columns.find((column) => column.type === 'date' || column.type === 'time') ??
		columns.find((column) => YEARS.test(column.name)) ??
		columns.find((column) => isNumeric(column.type)) ??
		columns[0];
	const x = name === undefined ? found : columnNamed(columns, name, 'x');
	if (x === undefined) throw new GraphError('table.no-numeric', { param: 'x', choices: [] }, { param: 'x' });
	return settled(wanted, columns, x);
}

/** Two measures against each other: scatter. */
export function choosePair(wanted: Wanted, columns: readonly Column[]): Choice & { readonly y: Column } {
	const good = measurable(columns);
	const numeric = [...good, ...columns.filter((column) => isNumeric(column.type) && !good.includes(column))];
	const xName = given(wanted.x);
	const yName = given(wanted.y);
	const yGiven = yName === undefined ? undefined : columnNamed(columns, yName, 'y');
	const x = xName === undefined ? numeric.find((column) => column.name !== yGiven?.name) : columnNamed(columns, xName, 'x');
	const y = yGiven ?? numeric.find((column) => column.name !== x?.name);
	const choices = columns.map((column) => column.name);
	if (x === undefined || y === undefined) throw new GraphError('table.no-numeric', { param: x === undefined ? 'x' : 'y', choices }, { param: 'x' });
	if (!isNumeric(y.type))
		throw new GraphError('table.not-numeric', { param: 'y', column: y.name, type: y.type, choices: numeric.map((column) => column.name) }, { param: 'y' });
	const chinese = han(x.name + y.name);
	const title = wanted.title !== '' ? wanted.title : chinese ? `${y.name}与${x.name}的关系` : sentence(`${y.name} against ${x.name}`);
	return { x, y, aggregate: 'sum', title, chinese };
}

function settled(wanted: Wanted, columns: readonly Column[], x: Column): Choice {
	const { y, aggregate } = measure(wanted, columns, x);
	const chinese = han(x.name + (y?.name ?? ''));
	const what = y === null || aggregate === 'count' ? measureTitle(aggregate, y, chinese) : y.name;
	const title = wanted.title !== '' ? wanted.title : chinese ? `各${x.name}的${what}` : sentence(`${what} by ${x.name}`);
	return { x, y, aggregate, title, chinese };
}

const MEASURE_WORDS: { readonly [A in Shown]: readonly [en: string, zh: string] } = {
	sum: ['total ', '合计'],
	mean: ['average ', '平均'],
	median: ['median ', '中位数'],
	min: ['lowest ', '最小值'],
	max: ['highest ', '最大值'],
	count: ['', ''],
};

/** What is measured, in words: "total units". */
export function measureTitle(aggregate: Shown, y: Column | null, chinese: boolean): string {
	if (y === null) return chinese ? '行数' : 'number of rows';
	if (aggregate === 'count') return chinese ? `${y.name}个数` : `count of ${y.name}`;
	const [en, zh] = MEASURE_WORDS[aggregate];
	return chinese ? (aggregate === 'mean' ? `${zh}${y.name}` : `${y.name}${zh}`) : `${en}${y.name}`;
}

export function han(text: string): boolean {
	return /\p{Script=Han}/u.test(text);
}

export function sentence(text: string): string {
	return text.charAt(0).toUpperCase() + text.slice(1);
}

/** Metadata of a chart of a table; `choose` is only asked when the columns are known. */
export function chartOf(
	mark: string,
	params: { readonly title: string; readonly width: number; readonly height: number },
	table: TableMetadata,
	choose: (columns: readonly Column[]) => Choice,
) {
	const title = table.columns === null ? (params.title === '' ? null : params.title) : choose(table.columns).title;
	return { chart: { kind: 'chart', width: params.width, height: params.height, mark, title } } as const;
}

/** Fields that every chart has. */
export const LOOKS = {
	title: field.text({
		title: { en: 'Title', zh: '标题' },
		hint: { en: 'Empty: made from the columns', zh: '留空则由列名生成' },
		max: 200,
		default: '',
		phrases: { en: ['titled', 'title', 'called'], zh: ['标题', '题为'] },
	}),
	width: field.number({ title: { en: 'Width', zh: '宽度' }, min: 200, max: 4000, whole: true, default: 800, phrases: { en: ['wide', 'width'], zh: ['宽'] } }),
	height: field.number({
		title: { en: 'Height', zh: '高度' },
		min: 150,
		max: 4000,
		whole: true,
		default: 450,
		phrases: { en: ['high', 'height'], zh: ['高'] },
	}),
	theme: field.choice({
		title: { en: 'Theme', zh: '主题' },
		choices: { light: { en: 'Light', zh: '浅色' }, dark: { en: 'Dark', zh: '深色' } },
		default: 'light',
		phrases: { en: ['dark', 'light', 'dark mode'], zh: ['深色', '浅色', '暗色'] },
	}),
} as const;

export const CHART_OUT = { chart: { kind: 'chart', title: { en: 'Chart', zh: '图表' } } } as const;
