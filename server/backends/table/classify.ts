/** Which type the texts of a column really are. Nothing is guessed away: a type is given only where every value fits it. */
import type { Column, ColumnType } from '../../../nodes/define.ts';
import type { Database } from './database.ts';
import { DATE_FORMATS } from './sql/expression.ts';
import { identifier, literal } from './sql/quote.ts';

/** How one column is read from its texts. */
export interface Reading {
	readonly type: ColumnType;
	/** The type that the reader of the file can give by itself; VARCHAR where `sql` does the rest. */
	readonly native: string;
	/** From the natively read column to the value. */
	readonly sql: string;
	/** No row had a value: it is text for want of anything better. */
	readonly blank?: boolean;
}

/** What people write where a number or a date is missing. */
const MISSING = ['NA', 'N/A', 'NAN', 'NULL', 'NONE', '-', '--', '—', '无', '缺失', '#N/A', '.', '?'];
/* Twelve-hour and European orders can't be told apart from American ones by their form; they are tried last and must fit every value. */
const DAY_FIRST = ['%d/%m/%Y', '%d.%m.%Y', '%d-%m-%Y'];
const MONTH_FIRST = ['%m/%d/%Y', '%m-%d-%Y', '%m/%d/%y'];
const TIMES = [
	'%Y-%m-%d %H:%M:%S',
	'%Y-%m-%d %H:%M',
	'%Y/%m/%d %H:%M:%S',
	'%Y/%m/%d %H:%M',
	'%Y-%m-%dT%H:%M:%S',
	'%Y-%m-%dT%H:%M:%SZ',
	'%Y-%m-%d %H:%M:%S.%f',
	'%Y-%m-%dT%H:%M:%S.%fZ',
	'%Y-%m-%dT%H:%M',
];
const SETS: readonly { readonly type: 'date' | 'time'; readonly formats: readonly string[] }[] = [
	{ type: 'date', formats: DATE_FORMATS.filter((format) => format !== '%Y%m%d') },
	{ type: 'date', formats: [...DATE_FORMATS.filter((format) => format !== '%Y%m%d'), ...MONTH_FIRST] },
	{ type: 'date', formats: [...DATE_FORMATS.filter((format) => format !== '%Y%m%d'), ...DAY_FIRST] },
	{ type: 'time', formats: [...TIMES, '%Y-%m-%d', '%Y/%m/%d'] },
	{ type: 'time', formats: [...MONTH_FIRST.map((format) => `${format} %H:%M`), ...MONTH_FIRST.map((format) => `${format} %H:%M:%S`), ...MONTH_FIRST] },
];

const list = (formats: readonly string[]) => `[${formats.map((format) => literal(format)).join(', ')}]`;
const missing = (value: string) => `upper(${value}) IN (${MISSING.map((word) => literal(word)).join(', ')})`;

/** Rows that rule out most types of most columns. */
const FIRST_ROWS = 300;

/**
 * The columns' readings, judged by all rows of `table`, in which they are texts. A column in whose first rows no type fits is text,
 * whatever follows; only the others are looked at to the end. `small`: of a few rows all are looked at at once.
 */
export async function classify(db: Database, table: string, columns: readonly string[], numbers: boolean, small = false): Promise<readonly Reading[]> {
	const first = small ? [] : await classifyAll(db, `(SELECT * FROM ${table} LIMIT ${FIRST_ROWS})`, columns, numbers, true);
	const open = columns.filter((_, i) => first[i] === undefined || first[i].type !== 'text');
	const settled = new Map<string, Reading>();
	for (const [i, reading] of (await classifyAll(db, table, open, numbers, false)).entries()) settled.set(open[i] ?? '', reading ?? textReading(open[i] ?? ''));
	return columns.map((name) => settled.get(name) ?? textReading(name));
}

/** `undefined`: no row has a value, so nothing can be said (only with `partial`). */
async function classifyAll(
	db: Database,
	table: string,
	columns: readonly string[],
	numbers: boolean,
	partial: boolean,
): Promise<readonly (Reading | undefined)[]> {
	if (columns.length === 0) return [];
	const facts = columns.flatMap((name, i) => {
		const value = `trim(${identifier(name)})`;
		const held = `${value} <> '' AND NOT ${missing(value)}`;
		const counted = (what: string, condition: string) => `count(*) FILTER (WHERE ${condition}) AS ${identifier(`${i} ${what}`)}`;
		return [
			counted('held', held),
			counted('bare', `${held} AND ${value} = ${identifier(name)}`),
			counted('missing', `${value} <> '' AND ${missing(value)}`),
			counted('whole', `${held} AND regexp_full_match(${value}, '-?(0|[1-9][0-9]{0,17})')`),
			counted('number', `${held} AND regexp_full_match(${value}, '[+-]?((0|[1-9][0-9]{0,17})?(\\.[0-9]+)|(0|[1-9][0-9]{0,17})\\.?)([eE][+-]?[0-9]{1,3})?')`),
			counted('grouped', `${held} AND regexp_full_match(${value}, '-?([1-9][0-9]{0,2}(,[0-9]{3})*|0)(\\.[0-9]+)?')`),
			counted('boolean', `${held} AND lower(${value}) IN ('true', 'false')`),
			counted('iso', `${held} AND regexp_full_match(${value}, '[0-9]{4}-[0-9]{2}-[0-9]{2}') AND TRY_CAST(${value} AS DATE) IS NOT NULL`),
			counted('dated', `${held} AND regexp_matches(${value}, '[0-9]') AND length(${value}) BETWEEN 6 AND 32`),
		];
	});
	const [row] = await db.query(`SELECT ${facts.join(', ')} FROM ${table}`);
	return Promise.all(
		columns.map(async (name, i) => {
			const fact = (what: string) => Number(row?.[`${i} ${what}`] ?? 0);
			const plain = fact('missing') === 0 && fact('bare') === fact('held');
			const held = fact('held');
			if (held === 0) return partial ? undefined : { ...textReading(name), blank: true };
			const all = (what: string) => fact(what) === held;
			if (numbers && all('whole')) return typed(name, 'integer', 'BIGINT', plain);
			if (numbers && all('number')) return typed(name, 'number', 'DOUBLE', plain);
			if (numbers && all('grouped')) {
				const digits = valueSql(name, `replace(trim(${identifier(name)}), ',', '')`);
				return { type: 'number', native: 'VARCHAR', sql: `CAST(${digits} AS DOUBLE)` };
			}
			if (numbers && all('boolean')) return typed(name, 'boolean', 'BOOLEAN', plain);
			if (all('iso')) return typed(name, 'date', 'DATE', plain);
			return (all('dated') ? await dated(db, table, name) : undefined) ?? textReading(name);
		}),
	);
}

/** A column that is text, as it stands. */
export function textReading(name: string): Reading {
	return { type: 'text', native: 'VARCHAR', sql: identifier(name) };
}

function typed(name: string, type: ColumnType, native: string, plain: boolean): Reading {
	return plain
		? { type, native, sql: identifier(name) }
		: { type, native: 'VARCHAR', sql: `CAST(${valueSql(name, `trim(${identifier(name)})`)} AS ${native})` };
}

/** Blank where the value is missing; what then doesn't fit the type is an error, never a blank. */
function valueSql(name: string, value: string): string {
	const trimmed = `trim(${identifier(name)})`;
	return `CASE WHEN ${trimmed} <> '' AND NOT ${missing(trimmed)} THEN ${value} END`;
}

/** The first set of formats that reads every value. */
async function dated(db: Database, table: string, name: string): Promise<Reading | undefined> {
	const held = valueSql(name, `trim(${identifier(name)})`);
	const misses = SETS.map(({ formats }, i) => `count(*) FILTER (WHERE v IS NOT NULL AND try_strptime(v, ${list(formats)}) IS NULL) AS ${identifier(`s${i}`)}`);
	const [row] = await db.query(`SELECT ${misses.join(', ')} FROM (SELECT ${held} AS v FROM ${table})`);
	const set = SETS.find((_, i) => Number(row?.[`s${i}`] ?? 1) === 0);
	if (set === undefined) return undefined;
	return { type: set.type, native: 'VARCHAR', sql: `CAST(strptime(${held}, ${list(set.formats)}) AS ${set.type === 'date' ? 'DATE' : 'TIMESTAMP'})` };
}

/** Up to 50 different values of each text column, in the order in which they first stand. */
export async function withSeenValues(db: Database, from: string, columns: readonly Column[]): Promise<readonly Column[]> {
	const texts = columns.filter((column) => column.type === 'text');
	if (texts.length === 0) return columns;
	const rows = await db.query(`SELECT ${texts.map((column) => identifier(column.name)).join(', ')} FROM ${from} LIMIT 2000`);
	return columns.map((column) => {
		if (column.type !== 'text') return column;
		const seen = new Set<string>();
		for (const row of rows) {
			const value = row[column.name];
			if (typeof value === 'string' && value.trim() !== '' && value.length <= 120 && seen.size < 50) seen.add(value);
		}
		return { ...column, values: [...seen] };
	});
}
