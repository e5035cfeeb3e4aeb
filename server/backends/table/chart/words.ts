/** The few words that stand in a chart, in the language of its columns. */
export interface ChartWords {
	readonly other: (count: number) => string;
	readonly blank: string;
	readonly top: (shown: number, all: number, what: string) => string;
	readonly left: (count: number, what: string) => string;
	readonly sampled: (shown: number, all: number) => string;
	readonly bucketed: Readonly<Record<'day' | 'week' | 'month' | 'quarter' | 'year', string>>;
	readonly binned: (count: number, what: string) => string;
	readonly share: string;
	readonly size: (what: string) => string;
	readonly trend: (r: string) => string;
}

/* Counts only. Asking the locale costs 17 ms the first time. */
const number = (value: number) => String(value).replace(/\B(?=(?:\d{3})+$)/g, ',');

const EN: ChartWords = {
	other: (count) => `Other (${number(count)})`,
	blank: '(blank)',
	top: (shown, all, what) => `The top ${number(shown)} of ${number(all)} values of ${what}; the rest together as "Other"`,
	left: (count, what) => `${number(count)} ${count === 1 ? 'row' : 'rows'} without ${what} left out`,
	sampled: (shown, all) => `A random sample of ${number(shown)} of ${number(all)} points`,
	bucketed: { day: 'By day', week: 'By week', month: 'By month', quarter: 'By quarter', year: 'By year' },
	binned: (count, what) => `${what} in ${number(count)} steps`,
	share: 'Share',
	size: (what) => `Size: ${what}`,
	trend: (r) => `Trend: r = ${r}`,
};
const ZH: ChartWords = {
	other: (count) => `其他（${number(count)}）`,
	blank: '（空）',
	top: (shown, all, what) => `${what}共 ${number(all)} 个值，显示前 ${number(shown)} 个，其余合并为“其他”`,
	left: (count, what) => `${number(count)} 行缺少${what}，未计入`,
	sampled: (shown, all) => `从 ${number(all)} 个点中随机抽取 ${number(shown)} 个`,
	bucketed: { day: '按日汇总', week: '按周汇总', month: '按月汇总', quarter: '按季度汇总', year: '按年汇总' },
	binned: (count, what) => `${what}分为 ${number(count)} 段`,
	share: '占比',
	size: (what) => `点的大小：${what}`,
	trend: (r) => `趋势：r = ${r}`,
};

export function chartWords(chinese: boolean): ChartWords {
	return chinese ? ZH : EN;
}
