/** Bars as a Vega-Lite spec. */
import { chooseCategories, measureTitle, sentence } from '../../../../nodes/chart/choose.ts';
import { categoriesOf, type Order } from './categories.ts';
import { type Chart, type Drawn, SCHEMA, seriesOf } from './make.ts';
import { config, footAxis, legendColumns, PALETTES, shortLabels, shortNumber, type Theme, textWidth } from './theme.ts';
import { chartWords } from './words.ts';

export interface BarParams {
	readonly x?: string;
	readonly y?: string;
	readonly aggregate: 'auto' | 'sum' | 'mean' | 'median' | 'min' | 'max' | 'count';
	readonly series?: string;
	readonly stack: 'stacked' | 'grouped' | 'share';
	readonly direction: 'auto' | 'vertical' | 'horizontal';
	readonly sort: Order;
	readonly limit: number;
	readonly title: string;
	readonly width: number;
	readonly height: number;
	readonly theme: Theme;
}

/** Room for one lying bar, in pixels. */
const ROW = 17;

export async function bars(drawn: Drawn, params: BarParams): Promise<Chart> {
	const choice = chooseCategories(params, drawn.columns);
	const words = chartWords(choice.chinese);
	const series = await seriesOf(drawn, params.series, [], false);
	const room = Math.max(2, Math.floor((params.height - (series === undefined ? 110 : 145)) / ROW));
	let found = await categoriesOf(drawn, choice, series, params.limit, params.sort, words);
	const band = (params.width - 110) / found.labels.length;
	const widest = Math.max(...found.labels.map(textWidth));
	const lying = params.direction === 'horizontal' || (params.direction === 'auto' && !found.natural && widest + 8 > band);
	if (lying && found.labels.length > room) found = await categoriesOf(drawn, choice, series, Math.min(params.limit, room), params.sort, words);
	const colours = PALETTES[params.theme];
	const what = sentence(found.aggregated || choice.y === null ? measureTitle(choice.aggregate, choice.y, choice.chinese) : choice.y.name);
	const said = choice.title.toLowerCase().includes(what.toLowerCase());
	const subtitle = [...(said ? [] : [what]), ...found.notes];
	const share = series !== undefined && params.stack === 'share';
	const grouped = series !== undefined && params.stack === 'grouped';
	const values = found.values.map((one) => ({
		x: one.label,
		y: one.value,
		...(one.series === null ? {} : { s: one.series }),
		...(one.rest ? { rest: true } : {}),
		t: shortNumber(one.value, choice.chinese),
	}));
	const labelled = series === undefined && found.labels.length <= (lying ? 40 : 16);
	const slanted = !lying && widest + 6 > band;
	const category = {
		field: 'x',
		type: 'nominal',
		sort: found.labels,
		axis: {
			...(lying ? { grid: false } : footAxis(params.theme)),
			title: lying || choice.title.includes(choice.x.name) ? null : choice.x.name,
			...(lying ? {} : { labelAngle: slanted ? -40 : 0, labelOverlap: found.natural ? 'greedy' : false }),
		},
		scale: { paddingInner: 0.28, paddingOuter: 0.14 },
	};
	const measure = {
		field: 'y',
		type: 'quantitative',
		...(share ? { stack: 'normalize' } : grouped ? { stack: null } : {}),
		axis: {
			title: share ? words.share : null,
			...(share ? { format: '.0%' } : { labelExpr: shortLabels(choice.chinese) }),
			...(labelled ? { labels: false, grid: false, title: null } : {}),
		},
	};
	const tooltip = [
		{ field: 'x', type: 'nominal', title: choice.x.name },
		...(series === undefined ? [] : [{ field: 's', type: 'nominal', title: series.name }]),
		{ field: 'y', type: 'quantitative', title: what, format: ',.6~f' },
	];
	const colour =
		series === undefined
			? { condition: { test: 'datum.rest === true', value: colours.other }, value: colours.accent }
			: {
					field: 's',
					type: 'nominal',
					title: null,
					scale: { domain: found.series, range: colours.series },
					sort: found.series,
					legend: { columns: legendColumns(found.series, params.width) },
				};
	const offset = grouped ? { [lying ? 'yOffset' : 'xOffset']: { field: 's', sort: found.series } } : {};
	const positions = lying ? { y: category, x: measure } : { x: category, y: measure };
	const text = { mark: lying ? { type: 'text', align: 'left', dx: 6 } : { type: 'text', dy: -8 }, encoding: { text: { field: 't', type: 'nominal' } } };
	return {
		spec: {
			$schema: SCHEMA,
			title: { text: choice.title, ...(subtitle.length === 0 ? {} : { subtitle }) },
			width: params.width,
			height: params.height,
			autosize: { type: 'fit', contains: 'padding' },
			data: { values },
			encoding: positions,
			layer: [
				{ mark: { type: 'bar', ...(series !== undefined && !grouped ? { cornerRadiusEnd: 0 } : {}) }, encoding: { color: colour, tooltip, ...offset } },
				...(labelled ? [text] : []),
			],
			config: config(params.theme),
		},
		width: params.width,
		height: params.height,
		mark: 'bar',
		title: choice.title,
	};
}
