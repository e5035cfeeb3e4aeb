/** Points as a Vega-Lite spec. */
import { choosePair } from '../../../../nodes/chart/choose.ts';
import type { Column } from '../../../../nodes/define.ts';
import { RunError } from '../../../../nodes/problems.ts';
import { columnNamed, isNumeric } from '../../../../nodes/table/columns.ts';
import { identifier } from '../sql/quote.ts';
import type { BarParams } from './bar.ts';
import { seriesSql } from './categories.ts';
import { type Chart, type Drawn, SCHEMA, seriesOf } from './make.ts';
import { config, footAxis, legendColumns, PALETTES, shortLabels } from './theme.ts';
import { chartWords } from './words.ts';

export type ScatterParams = Pick<BarParams, 'x' | 'y' | 'series' | 'title' | 'width' | 'height' | 'theme'> & {
	readonly size?: string;
	readonly label?: string;
	readonly trend: boolean;
};

const MOST_POINTS = 5000;

export async function points(drawn: Drawn, params: ScatterParams): Promise<Chart> {
	const { db, from, columns } = drawn;
	const choice = choosePair(params, columns);
	const { x, y, chinese } = choice;
	const words = chartWords(chinese);
	const colours = PALETTES[params.theme];
	const series = await seriesOf(drawn, params.series, [x.name, y.name], true);
	const size = optional(columns, params.size, 'size');
	const label = optional(columns, params.label, 'label') ?? columns.find((column) => column.type === 'text' && column.name !== series?.name);
	const kept = ` WHERE ${identifier(x.name)} IS NOT NULL AND isfinite(CAST(${identifier(y.name)} AS DOUBLE))`;
	const by = series === undefined ? undefined : await seriesSql(drawn, series, kept, words);
	const timed = x.type === 'date' || x.type === 'time';
	const position = timed
		? `strftime(${identifier(x.name)}, '%Y-%m-%dT%H:%M:%S')`
		: isNumeric(x.type)
			? `CAST(${identifier(x.name)} AS DOUBLE)`
			: `CAST(${identifier(x.name)} AS VARCHAR)`;
	const numbers =
		timed || isNumeric(x.type)
			? `, corr(CAST(${timed ? `epoch(${identifier(x.name)})` : identifier(x.name)} AS DOUBLE), CAST(${identifier(y.name)} AS DOUBLE)) AS r`
			: '';
	const [counted] = await db.query(`SELECT count(*) AS n, (SELECT count(*) FROM ${from}) AS all_rows${numbers} FROM ${from}${kept}`);
	const all = Number(counted?.n ?? 0);
	const left = Number(counted?.all_rows ?? 0) - all;
	if (all === 0) throw new RunError('chart.no-values', { columns: [x.name, y.name] });
	const selected = `SELECT ${position} AS k, CAST(${identifier(y.name)} AS DOUBLE) AS v, ${by?.sql ?? 'NULL'} AS s, ${size === undefined ? 'NULL' : `CAST(${identifier(size.name)} AS DOUBLE)`} AS z, ${label === undefined ? 'NULL' : `CAST(${identifier(label.name)} AS VARCHAR)`} AS l FROM ${from}${kept}`;
	/* The same rows each time: chosen by a hash of their number. */
	const sampled = `SELECT k, v, s, z, l FROM (SELECT *, row_number() OVER () AS r FROM (${selected})) QUALIFY row_number() OVER (ORDER BY hash(r), r) <= ${MOST_POINTS} ORDER BY r`;
	const rows = await db.query(all > MOST_POINTS ? sampled : selected);
	const values = rows.map((row) => ({
		x: isNumeric(x.type) ? Number(row.k) : row.k,
		y: Number(row.v),
		...(by === undefined ? {} : { s: row.s === null ? by.other : String(row.s) }),
		...(size === undefined || row.z === null ? {} : { z: Number(row.z) }),
		...(label === undefined || row.l === null ? {} : { l: String(row.l) }),
	}));
	const r = Number(counted?.r ?? Number.NaN);
	const notes = [
		...(size === undefined ? [] : [words.size(size.name)]),
		...(all > MOST_POINTS ? [words.sampled(MOST_POINTS, all)] : []),
		...(left > 0 ? [words.left(left, chinese ? '数值' : `${x.name} or ${y.name}`)] : []),
		...(by === undefined || by.note === null ? [] : [by.note]),
		...(params.trend && Number.isFinite(r) ? [words.trend(r.toFixed(2))] : []),
	];
	const axis = (title: string) => ({ title, labelExpr: shortLabels(chinese) });
	const type = timed ? 'temporal' : isNumeric(x.type) ? 'quantitative' : 'nominal';
	const encoding = {
		x: {
			field: 'x',
			type,
			scale: timed ? { type: 'utc' } : { zero: false },
			axis: { ...footAxis(params.theme), ...(type === 'quantitative' ? { ...axis(x.name), grid: true } : { title: x.name }) },
		},
		y: { field: 'y', type: 'quantitative', scale: { zero: false }, axis: axis(y.name) },
	};
	const tooltip = [
		...(label === undefined ? [] : [{ field: 'l', type: 'nominal', title: label.name }]),
		{ field: 'x', type, title: x.name, ...(type === 'quantitative' ? { format: ',.6~f' } : {}) },
		{ field: 'y', type: 'quantitative', title: y.name, format: ',.6~f' },
		...(series === undefined ? [] : [{ field: 's', type: 'nominal', title: series.name }]),
		...(size === undefined ? [] : [{ field: 'z', type: 'quantitative', title: size.name, format: ',.6~f' }]),
	];
	const few = rows.length <= 400;
	const dots = {
		mark: {
			type: 'circle',
			opacity: few ? 0.75 : rows.length <= 1500 ? 0.5 : 0.3,
			...(size === undefined ? { size: few ? 64 : 30 } : {}),
			stroke: few ? colours.background : null,
			strokeWidth: 0.8,
		},
		encoding: {
			color:
				by === undefined
					? { value: colours.accent }
					: {
							field: 's',
							type: 'nominal',
							title: null,
							sort: by.names,
							scale: { domain: by.names, range: colours.series },
							legend: { columns: legendColumns(by.names, params.width) },
						},
			...(size === undefined
				? {}
				: {
						size: {
							field: 'z',
							type: 'quantitative',
							title: size.name,
							scale: { range: [16, 1400] },
							legend: null,
						},
					}),
			tooltip,
		},
	};
	const trend = { mark: { type: 'line', strokeDash: [6, 5], strokeWidth: 1.8, color: colours.soft }, transform: [{ regression: 'y', on: 'x' }] };
	return {
		spec: {
			$schema: SCHEMA,
			title: { text: choice.title, ...(notes.length === 0 ? {} : { subtitle: notes }) },
			width: params.width,
			height: params.height,
			autosize: { type: 'fit', contains: 'padding' },
			data: { values, ...(timed ? { format: { parse: { x: "utc:'%Y-%m-%dT%H:%M:%S'" } } } : {}) },
			encoding,
			layer: [dots, ...(params.trend && type === 'quantitative' ? [trend] : [])],
			config: config(params.theme),
		},
		width: params.width,
		height: params.height,
		mark: 'scatter',
		title: choice.title,
	};
}

function optional(columns: readonly Column[], name: string | undefined, param: string): Column | undefined {
	return name === undefined || name === '' ? undefined : columnNamed(columns, name, param);
}
