/** How charts look: one place for type, colour and space. */
export const FONT = "Inter, 'Inter Variable', 'Noto Sans CJK SC', 'Noto Sans SC', 'PingFang SC', 'Microsoft YaHei', 'Hiragino Sans GB', system-ui, sans-serif";

export type Theme = 'light' | 'dark';

interface Palette {
	readonly background: string;
	readonly ink: string;
	readonly soft: string;
	readonly faint: string;
	readonly grid: string;
	readonly accent: string;
	readonly other: string;
	readonly series: readonly string[];
}

export const PALETTES: { readonly [T in Theme]: Palette } = {
	light: {
		background: '#ffffff',
		ink: '#141a26',
		soft: '#5a6475',
		faint: '#c8ced8',
		grid: '#ebeef3',
		accent: '#3461e0',
		other: '#b4bcc9',
		series: ['#3461e0', '#f08a32', '#17a07a', '#e0475b', '#8a5cf0', '#12a5c9', '#d6a20f', '#d85aa6'],
	},
	dark: {
		background: '#12161f',
		ink: '#f2f4f8',
		soft: '#a3adbd',
		faint: '#3d4657',
		grid: '#252c3a',
		accent: '#6f96ff',
		other: '#5b6577',
		series: ['#6f96ff', '#ffa45c', '#3fcfa4', '#ff7485', '#b08cff', '#4fcbea', '#f0c54a', '#f08cc8'],
	},
};

/** The Vega-Lite config of a theme. */
export function config(theme: Theme): Readonly<Record<string, unknown>> {
	const { background, ink, soft, faint, grid, accent, series } = PALETTES[theme];
	return {
		background,
		font: FONT,
		padding: { left: 20, right: 28, top: 20, bottom: 18 },
		view: { stroke: null },
		title: {
			anchor: 'start',
			frame: 'bounds',
			color: ink,
			fontSize: 19,
			fontWeight: 600,
			subtitleColor: soft,
			subtitleFontSize: 12.5,
			subtitlePadding: 6,
			offset: 18,
		},
		axis: {
			labelColor: soft,
			labelFontSize: 12,
			labelPadding: 7,
			titleColor: soft,
			titleFontSize: 12,
			titleFontWeight: 500,
			titlePadding: 12,
			gridColor: grid,
			domain: false,
			ticks: false,
			labelLimit: 190,
		},
		axisQuantitative: { tickCount: 6 },
		legend: {
			orient: 'top',
			direction: 'horizontal',
			labelColor: soft,
			labelFontSize: 12,
			titleColor: soft,
			titleFontSize: 12,
			titleFontWeight: 500,
			symbolType: 'circle',
			symbolSize: 90,
			columnPadding: 18,
			labelLimit: 170,
			offset: 10,
			symbolStrokeWidth: 0,
		},
		range: { category: series },
		mark: { color: accent },
		bar: { cornerRadiusEnd: 3 },
		line: { strokeWidth: 2.5, strokeCap: 'round', strokeJoin: 'round' },
		rule: { color: faint },
		text: { color: soft, fontSize: 11.5, font: FONT },
	};
}

/** The axis at the foot of upright marks. */
export function footAxis(theme: Theme): Readonly<Record<string, unknown>> {
	return { grid: false, domain: true, domainColor: PALETTES[theme].faint };
}

/** A number short enough for an axis or a label: 12.5k, 3.2M; 1.2万, 3.5亿. */
export function shortNumber(value: number, chinese: boolean): string {
	const size = Math.abs(value);
	const steps: readonly (readonly [number, string])[] = chinese
		? [
				[1e8, '亿'],
				[1e4, '万'],
			]
		: [
				[1e12, 'T'],
				[1e9, 'B'],
				[1e6, 'M'],
				[1e4, 'k'],
			];
	const [unit, sign] = steps.find(([from]) => size >= from) ?? [1, ''];
	const shown = value / (sign === 'k' ? 1000 : unit);
	const digits = Number.isInteger(shown) || Math.abs(shown) >= 1000 ? 0 : Math.abs(shown) >= 100 ? 1 : Math.abs(shown) >= 1 ? 2 : 4;
	return `${shown.toLocaleString('en-US', { maximumFractionDigits: digits }).replace('-', '−')}${sign}`;
}

/** The same as a Vega expression over `datum.value`, for axes. */
export function shortLabels(chinese: boolean): string {
	const v = 'datum.value';
	const scaled = (unit: string, sign: string) => `replace(format(${v} / ${unit}, ',.3~f'), '-', '−') + '${sign}'`;
	const plain = `format(${v}, ',.6~f')`;
	if (chinese) return `abs(${v}) >= 1e8 ? ${scaled('1e8', '亿')} : abs(${v}) >= 1e4 ? ${scaled('1e4', '万')} : ${plain}`;
	return `abs(${v}) >= 1e12 ? ${scaled('1e12', 'T')} : abs(${v}) >= 1e9 ? ${scaled('1e9', 'B')} : abs(${v}) >= 1e6 ? ${scaled('1e6', 'M')} : abs(${v}) >= 1e4 ? ${scaled('1e3', 'k')} : ${plain}`;
}

/** Rough width of a text in pixels at 12 px: Chinese signs are square. */
export function textWidth(text: string): number {
	let width = 0;
	for (const sign of text) width += /[\u2E80-\uFFEF]/.test(sign) ? 12 : 6.6;
	return width;
}

/** How many legend entries fit side by side. */
export function legendColumns(names: readonly string[], width: number): number {
	const widths = names.map((name) => Math.min(170, textWidth(name)) + 40);
	const fits = widths.reduce((sum, one) => sum + one, 0) < width - 90;
	return fits ? names.length : Math.max(1, Math.floor((width - 90) / Math.max(...widths)));
}
