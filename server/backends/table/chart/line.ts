/** Lines as a Vega-Lite spec. */
import { chooseCourse, measureTitle, sentence } from '../../../../nodes/chart/choose.ts';
import type { Column } from '../../../../nodes/define.ts';
import { RunError } from '../../../../nodes/problems.ts';
import { identifier } from '../sql/quote.ts';
import type { BarParams } from './bar.ts';
import { measureSql, seriesSql } from './categories.ts';
import { type Chart, type Drawn, SCHEMA, seriesOf } from './make.ts';
import { config, footAxis, legendColumns, PALETTES, shortLabels } from './theme.ts';
import { type ChartWords, chartWords } from './words.ts';

export type LineParams = Pick<BarParams, 'x' | 'y' | 'aggregate' | 'series' | 'title' | 'width' | 'height' | 'theme'> & { readonly area: boolean };

/** Points that a line can show on a screen. */
const MOST_POINTS = 400;
const BUCKETS = ['day', 'week', 'month', 'quarter', 'year'] as const;

export async function lines(drawn: Drawn, params: LineParams): Promise<Chart> {
	const { db, from, columns } = drawn;
	const choice = chooseCourse(params, columns);
	const { x, y, aggregate, chinese } = choice;
	const words = chartWords(chinese);
	const colours = PALETTES[params.theme];
	const found = await seriesOf(drawn, params.series, [x.name, y?.name ?? ''], true);
	const asked = params.series !== undefined && params.series !== '';
	const series = found !== undefined && (asked || (await splits(drawn, x, found))) ? found : undefined;
	const kept = ` WHERE ${identifier(x.name)} IS NOT NULL${y === null ? '' : ` AND ${identifier(y.name)} IS NOT NULL`}`;
	const key = await positionSql(drawn, x, kept, words);
	const by = series === undefined ? undefined : await seriesSql(drawn, series, kept, words);
	const rows = await db.query(
		`SELECT ${key.sql} AS k, ${by?.sql ?? 'NULL'} AS s, ${measureSql(y, aggregate, columns)} AS v, max(count(*)) OVER () AS most FROM ${from}${kept} GROUP BY k, s HAVING v IS NOT NULL ORDER BY k, s LIMIT 20000`,
	);
	if (rows.length === 0) throw new RunError('chart.no-values', { columns: [x.name, ...(y === null ? [] : [y.name])] });
	const numeric = x.type === 'integer' || x.type === 'number';
	const values = rows.map((row) => ({
		x: numeric ? Number(row.k) : row.k,
		y: Number(row.v),
		...(by === undefined ? {} : { s: row.s === null ? by.other : String(row.s) }),
	}));
	const notes = [...(key.note === null ? [] : [key.note]), ...(by === undefined || by.note === null ? [] : [by.note])];
	const what = sentence(y === null || Number(rows[0]?.most ?? 0) > 1 ? measureTitle(aggregate, y, chinese) : y.name);
	const timed = x.type === 'date' || x.type === 'time';
	const positionType = timed ? 'temporal' : numeric ? 'quantitative' : 'ordinal';
	const position = {
		field: 'x',
		type: positionType,
		...(timed ? { scale: { type: 'utc' } } : numeric ? { scale: { zero: false, nice: false } } : { sort: null }),
		axis: {
			...footAxis(params.theme),
			title: timed || /year|年/i.test(x.name) ? null : x.name,
			labelFlush: true,
			labelOverlap: 'greedy',
			...(numeric
				? { format: x.type === 'integer' && values.every((one) => Math.abs(Number(one.x)) < 10_000) ? 'd' : ',~g', tickCount: 8 }
				: timed
					? timeAxis(chinese)
					: {}),
		},
	};
	const spread = Math.min(...values.map((one) => one.y)) > 0 && Math.min(...values.map((one) => one.y)) > 0.5 * Math.max(...values.map((one) => one.y));
	const measure = {
		field: 'y',
		type: 'quantitative',
		...(params.area ? {} : { scale: { zero: !spread }, stack: null }),
		axis: { title: what, labelExpr: shortLabels(chinese) },
	};
	const colour =
		by === undefined
			? { value: colours.accent }
			: {
					field: 's',
					type: 'nominal',
					title: null,
					sort: by.names,
					scale: { domain: by.names, range: colours.series },
					legend: { columns: legendColumns(by.names, params.width), symbolType: 'stroke', symbolStrokeWidth: 3, symbolSize: 200 },
				};
	const tooltip = [
		{ field: 'x', type: positionType, title: x.name, ...(timed ? { format: '%Y-%m-%d' } : {}) },
		...(series === undefined ? [] : [{ field: 's', type: 'nominal', title: series.name }]),
		{ field: 'y', type: 'quantitative', title: what, format: ',.6~f' },
	];
	const few = values.length / Math.max(1, by?.names.length ?? 1) <= 40;
	const mark = params.area ? { type: 'area', line: true, opacity: by === undefined ? 0.25 : 0.75 } : { type: 'line' };
	return {
		spec: {
			$schema: SCHEMA,
			title: { text: choice.title, ...(notes.length === 0 ? {} : { subtitle: notes }) },
			width: params.width,
			height: params.height,
			autosize: { type: 'fit', contains: 'padding' },
			data: { values, ...(timed ? { format: { parse: { x: "utc:'%Y-%m-%dT%H:%M:%S'" } } } : {}) },
			encoding: { x: position, y: measure },
			layer: [
				{ mark, encoding: { color: colour } },
				{
					mark: { type: 'circle', size: few ? 38 : 60, opacity: few && !params.area ? 1 : 0 },
					encoding: { color: by === undefined ? colour : { ...colour, legend: null }, tooltip },
				},
			],
			config: config(params.theme),
		},
		width: params.width,
		height: params.height,
		mark: params.area ? 'area' : 'line',
		title: choice.title,
	};
}

/** Chinese months have no names that d3 knows; numbers are understood everywhere. */
function timeAxis(chinese: boolean): object {
	return chinese
		? {
				labelExpr:
					"utcdayofyear(datum.value) === 1 ? utcFormat(datum.value, '%Y年') : utcFormat(datum.value, '%d') === '01' ? utcFormat(datum.value, '%-m月') : utcFormat(datum.value, '%-m/%-d')",
			}
		: {};
}

/** Whether a column tells apart the rows that share a place: several companies a day, but one weather. */
async function splits({ db, from }: Drawn, x: Column, series: Column): Promise<boolean> {
	const [place, name] = [identifier(x.name), identifier(series.name)];
	const [row] = await db.query(`SELECT count(*) AS n, count(DISTINCT ${place}) AS places, count(DISTINCT (${place}, ${name})) AS pairs FROM ${from}`);
	return Number(row?.n) === Number(row?.pairs) && Number(row?.places) < Number(row?.n);
}

interface Position {
	readonly sql: string;
	readonly note: string | null;
}

/** The place along the line as SQL: each value, or steps where there are more than a line can show. */
async function positionSql({ db, from }: Drawn, x: Column, kept: string, words: ChartWords): Promise<Position> {
	const name = identifier(x.name);
	if (x.type === 'date' || x.type === 'time') {
		const iso = (sql: string) => `strftime(${sql}, '%Y-%m-%dT%H:%M:%S')`;
		const counts = BUCKETS.map((bucket) => `approx_count_distinct(date_trunc('${bucket}', ${name})) AS ${bucket}`);
		const [row] = await db.query(`SELECT approx_count_distinct(${name}) AS n, ${counts.join(', ')} FROM ${from}${kept}`);
		if (Number(row?.n ?? 0) <= MOST_POINTS) return { sql: iso(name), note: null };
		const bucket = BUCKETS.find((one) => Number(row?.[one] ?? 0) <= MOST_POINTS) ?? 'year';
		return { sql: iso(`date_trunc('${bucket}', ${name})`), note: words.bucketed[bucket] };
	}
	if (x.type !== 'integer' && x.type !== 'number') return { sql: `CAST(${name} AS VARCHAR)`, note: null };
	const [row] = await db.query(
		`SELECT count(DISTINCT ${name}) AS n, CAST(min(${name}) AS DOUBLE) AS low, CAST(max(${name}) AS DOUBLE) AS high FROM ${from}${kept}`,
	);
	if (Number(row?.n ?? 0) <= MOST_POINTS) return { sql: `CAST(${name} AS DOUBLE)`, note: null };
	const low = Number(row?.low ?? 0);
	const step = (Number(row?.high ?? 1) - low) / 200 || 1;
	return { sql: `floor((${name} - ${low}::DOUBLE) / ${step}::DOUBLE) * ${step}::DOUBLE + ${low}::DOUBLE`, note: words.binned(200, x.name) };
}
