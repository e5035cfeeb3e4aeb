/** Measures by category, computed in the database; what is beyond the limit becomes one category. */

import type { Choice, Shown } from '../../../../nodes/chart/choose.ts';
import type { Column } from '../../../../nodes/define.ts';
import { RunError } from '../../../../nodes/problems.ts';
import type { Aggregate } from '../../../../nodes/steps/table.ts';
import { aggregateSql } from '../sql/aggregate.ts';
import { identifier, texts } from '../sql/quote.ts';
import { type Drawn, MOST_SERIES } from './make.ts';
import type { ChartWords } from './words.ts';

export interface Category {
	readonly label: string;
	readonly series: string | null;
	readonly value: number;
	/** The one that stands for many. */
	readonly rest: boolean;
}

export interface Categories {
	/** In the order in which they are drawn. */
	readonly labels: readonly string[];
	readonly series: readonly string[];
	readonly values: readonly Category[];
	/** What was left out or put together, for the subtitle. */
	readonly notes: readonly string[];
	/** Dates and numbers in their own order. */
	readonly natural: boolean;
	/** Whether a value stands for several rows. */
	readonly aggregated: boolean;
}

export type Order = 'auto' | 'descending' | 'ascending' | 'label';

/** The measure as SQL. */
export function measureSql(y: Column | null, aggregate: Shown, columns: readonly Column[]): string {
	const wanted: Aggregate = aggregate;
	return `CAST(${aggregateSql({ name: 'v', aggregate: wanted, column: y?.name ?? null }, columns, '')} AS DOUBLE)`;
}

type Bucket = 'day' | 'month' | 'year';

/** The label of a category as SQL, and whether categories have an order of their own. */
async function labelSql({ db, from }: Drawn, x: Column): Promise<{ readonly sql: string; readonly natural: boolean; readonly bucket: Bucket | null }> {
	const name = identifier(x.name);
	if (x.type === 'date' || x.type === 'time') {
		const [row] = await db.query(`SELECT date_diff('day', min(${name}), max(${name})) AS days, count(DISTINCT CAST(${name} AS DATE)) AS n FROM ${from}`);
		const days = Number(row?.days ?? 0);
		const bucket = Number(row?.n ?? 0) <= 24 ? 'day' : days <= 1100 ? 'month' : 'year';
		return { sql: `strftime(${name}, '${{ day: '%Y-%m-%d', month: '%Y-%m', year: '%Y' }[bucket]}')`, natural: true, bucket: bucket === 'day' ? null : bucket };
	}
	return { sql: `CAST(${name} AS VARCHAR)`, natural: x.type === 'integer' || x.type === 'number', bucket: null };
}

export async function categoriesOf(
	drawn: Drawn,
	{ x, y, aggregate }: Choice,
	series: Column | undefined,
	limit: number,
	order: Order,
	words: ChartWords,
): Promise<Categories> {
	const { db, from, columns } = drawn;
	const label = await labelSql(drawn, x);
	const measure = measureSql(y, aggregate, columns);
	const kept = y === null ? '' : ` WHERE ${identifier(y.name)} IS NOT NULL`;
	const key = `coalesce(nullif(trim(${label.sql}), ''), ${texts([words.blank])}[1])`;
	/* The largest ones; `n` counts them all. */
	const ranked = await db.query(
		`SELECT ${key} AS k, ${measure} AS v, count(*) OVER () AS n, max(count(*)) OVER () AS most FROM ${from}${kept} GROUP BY k HAVING v IS NOT NULL ORDER BY v DESC, k LIMIT 200`,
	);
	if (ranked.length === 0) throw new RunError('chart.no-values', { columns: [x.name, ...(y === null ? [] : [y.name])] });
	const all = Number(ranked[0]?.n ?? 0);
	const natural = label.natural && order === 'auto';
	const most = natural ? Math.max(limit, 60) : limit;
	const shown = ranked.slice(0, all > most ? most - 1 : most).map((row) => String(row.k));
	const rest = all - shown.length;
	const other = words.other(rest);
	const keyShown = rest > 0 ? `CASE WHEN ${key} IN (SELECT unnest(${texts(shown)})) THEN ${key} END` : key;
	const by = series === undefined ? undefined : await seriesSql(drawn, series, kept, words);
	const rows =
		rest === 0 && by === undefined
			? ranked
			: await db.query(
					`SELECT ${keyShown} AS k, ${by?.sql ?? 'NULL'} AS s, ${measure} AS v FROM ${from}${kept} GROUP BY k, s HAVING v IS NOT NULL ORDER BY v DESC`,
				);
	const values = rows.map((row): Category => {
		const text = row.k === null ? other : String(row.k);
		return {
			label: text,
			series: by === undefined ? null : row.s === null || row.s === undefined ? by.other : String(row.s),
			value: Number(row.v),
			rest: row.k === null,
		};
	});
	const notes = [
		...(rest > 0 ? [words.top(shown.length, all, x.name)] : []),
		...(label.bucket === null ? [] : [words.bucketed[label.bucket]]),
		...(by === undefined || by.note === null ? [] : [by.note]),
	];
	const labels = [...ordered(shown, order, natural), ...(rest > 0 ? [other] : [])];
	return { labels, series: by?.names ?? [], values, notes, natural, aggregated: Number(ranked[0]?.most ?? 0) > 1 };
}

function ordered(labels: readonly string[], order: Order, natural: boolean): readonly string[] {
	if (order === 'ascending') return labels.toReversed();
	if (order === 'label' || natural) return labels.toSorted((a, b) => a.localeCompare(b, 'zh', { numeric: true }));
	return labels;
}

interface SeriesSql {
	readonly sql: string;
	readonly names: readonly string[];
	readonly other: string;
	readonly note: string | null;
}

/** The series as SQL: the most frequent ones by name, NULL for the others. */
export async function seriesSql({ db, from }: Drawn, series: Column, kept: string, words: ChartWords): Promise<SeriesSql> {
	const key = `coalesce(nullif(trim(CAST(${identifier(series.name)} AS VARCHAR)), ''), ${texts([words.blank])}[1])`;
	const found = await db.query(
		`SELECT ${key} AS k, count(*) AS c, count(*) OVER () AS n FROM ${from}${kept} GROUP BY k ORDER BY c DESC, k LIMIT ${MOST_SERIES}`,
	);
	const all = Number(found[0]?.n ?? 0);
	const shown = found.slice(0, all > MOST_SERIES ? MOST_SERIES - 1 : MOST_SERIES).map((row) => String(row.k));
	const rest = all - shown.length;
	const names = shown.toSorted((a, b) => a.localeCompare(b, 'zh', { numeric: true }));
	if (rest === 0) return { sql: key, names, other: '', note: null };
	const other = words.other(rest);
	return {
		sql: `CASE WHEN ${key} IN (SELECT unnest(${texts(shown)})) THEN ${key} END`,
		names: [...names, other],
		other,
		note: words.top(shown.length, all, series.name),
	};
}
