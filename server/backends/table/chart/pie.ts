/** Shares of a whole as a Vega-Lite spec. */
import { chooseCategories, measureTitle, sentence } from '../../../../nodes/chart/choose.ts';
import { RunError } from '../../../../nodes/problems.ts';
import type { BarParams } from './bar.ts';
import { categoriesOf } from './categories.ts';
import { type Chart, type Drawn, SCHEMA } from './make.ts';
import { config, PALETTES, shortNumber } from './theme.ts';
import { chartWords } from './words.ts';

export type PieParams = Pick<BarParams, 'x' | 'y' | 'aggregate' | 'limit' | 'title' | 'width' | 'height' | 'theme'> & { readonly hole: boolean };

export async function slices(drawn: Drawn, params: PieParams): Promise<Chart> {
	const choice = chooseCategories({ ...params, whole: true }, drawn.columns);
	const words = chartWords(choice.chinese);
	const colours = PALETTES[params.theme];
	const found = await categoriesOf(drawn, choice, undefined, params.limit, 'descending', words);
	if (found.values.some((one) => one.value < 0)) throw new RunError('chart.negative-share', { column: choice.y?.name ?? '' });
	const total = found.values.reduce((sum, one) => sum + one.value, 0);
	if (!(total > 0)) throw new RunError('chart.no-values', { columns: [choice.x.name] });
	const ranked = found.labels.flatMap((label) => found.values.filter((one) => one.label === label));
	const values = ranked.map((one, i) => {
		const share = one.value / total;
		return {
			x: one.label,
			y: one.value,
			i,
			share,
			p: share >= 0.045 ? percent(share) : '',
			n: `${one.label}  ${percent(share)} · ${shortNumber(one.value, choice.chinese)}`,
		};
	});
	const what = sentence(measureTitle(choice.aggregate, choice.y, choice.chinese));
	const radius = Math.max(40, Math.min(params.height - 130, params.width * 0.5) / 2);
	const names = values.map((one) => one.n);
	const range = ranked.map((one, i) => (one.rest ? colours.other : (colours.series[i % colours.series.length] ?? colours.accent)));
	const tooltip = [
		{ field: 'x', type: 'nominal', title: choice.x.name },
		{ field: 'y', type: 'quantitative', title: what, format: ',.6~f' },
		{ field: 'share', type: 'quantitative', title: words.share, format: '.1%' },
	];
	const sum = {
		data: { values: [{ v: shortNumber(total, choice.chinese) }] },
		mark: { type: 'text', fontSize: 26, fontWeight: 600, color: colours.ink, theta: 0, radius: 0 },
		encoding: { text: { field: 'v', type: 'nominal' } },
	};
	return {
		spec: {
			$schema: SCHEMA,
			title: { text: choice.title, subtitle: [what, ...found.notes] },
			width: params.width,
			height: params.height,
			autosize: { type: 'fit', contains: 'padding' },
			data: { values },
			layer: [
				{
					encoding: {
						theta: { field: 'y', type: 'quantitative', stack: true },
						order: { field: 'i', type: 'quantitative' },
						color: {
							field: 'n',
							type: 'nominal',
							sort: names,
							scale: { domain: names, range },
							legend: {
								title: null,
								orient: 'right',
								direction: 'vertical',
								labelFontSize: 13,
								rowPadding: 9,
								labelLimit: Math.round(params.width * 0.36),
								offset: 24,
								symbolSize: 130,
							},
						},
					},
					layer: [
						{
							mark: {
								type: 'arc',
								outerRadius: radius,
								innerRadius: params.hole ? radius * 0.6 : 0,
								stroke: colours.background,
								strokeWidth: 2,
								cornerRadius: params.hole ? 3 : 0,
							},
							encoding: { tooltip },
						},
						{
							mark: { type: 'text', radius: params.hole ? radius * 0.8 : radius * 0.68, fontWeight: 600, fontSize: 12.5, color: '#ffffff' },
							encoding: { text: { field: 'p', type: 'nominal' }, color: { value: '#ffffff' } },
						},
					],
				},
				...(params.hole && (choice.aggregate === 'sum' || choice.aggregate === 'count') ? [sum] : []),
			],
			config: config(params.theme),
		},
		width: params.width,
		height: params.height,
		mark: params.hole ? 'donut' : 'pie',
		title: choice.title,
	};
}

function percent(share: number): string {
	return `${(share * 100).toFixed(share < 0.1 ? 1 : 0)} %`;
}
