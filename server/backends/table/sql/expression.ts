/** Expressions as SQL. One entry a function; what would make the database fail on one row (a division by zero, the root of −1) gives a blank. */
import type { Column, ColumnType } from '../../../../nodes/define.ts';
import type { Expression, FunctionName } from '../../../../nodes/steps/table.ts';
import { inferType } from '../../../../nodes/table/formula/infer.ts';
import { identifier, literal } from './quote.ts';
import { sqlType } from './types.ts';

type Part = { readonly sql: string; readonly type: ColumnType; readonly literal: boolean };
type Write = (parts: readonly Part[], gives: ColumnType) => string;

/** Formats in which people write dates, most certain first. */
export const DATE_FORMATS = [
	'%Y-%m-%d',
	'%Y/%m/%d',
	'%Y.%m.%d',
	'%Y年%m月%d日',
	'%d %b %Y',
	'%d %B %Y',
	'%b %d %Y',
	'%B %d %Y',
	'%b %d, %Y',
	'%B %d, %Y',
	'%d-%b-%Y',
	'%Y%m%d',
] as const;

/** The SQL of an expression over these columns, of exactly the type that `inferType` says. */
export function expressionSql(expression: Expression, columns: readonly Column[]): string {
	const { sql, type } = part(expression, columns);
	const wanted = sqlType(type);
	return wanted === null ? sql : `CAST(${sql} AS ${wanted})`;
}

function part(expression: Expression, columns: readonly Column[]): Part {
	const type = inferType(expression, columns) ?? 'other';
	if (expression.is === 'column') return { sql: identifier(expression.name), type, literal: false };
	if (expression.is === 'literal') return { sql: literal(expression.value), type, literal: true };
	return {
		sql: `(${SQL[expression.name](
			expression.of.map((one) => part(one, columns)),
			type,
		)})`,
		type,
		literal: false,
	};
}

const sqlOf = (one: Part | undefined) => one?.sql ?? 'NULL';
const asText = (one: Part | undefined) => (one?.type === 'text' ? one.sql : `CAST(${sqlOf(one)} AS VARCHAR)`);
const double = (one: Part | undefined) => `CAST(${sqlOf(one)} AS DOUBLE)`;
const infix =
	(sign: string): Write =>
	(parts) =>
		parts.map((one) => one.sql).join(` ${sign} `);
const of1 =
	(name: string): Write =>
	([a]) =>
		`${name}(${double(a)})`;
const onText =
	(name: string): Write =>
	(parts) =>
		`${name}(${parts.map(asText).join(', ')})`;
/** Whether one text is in another, whatever their case. */
const loosely =
	(name: string): Write =>
	([a, b]) =>
		`${name}(lower(${asText(a)}), lower(${asText(b)}))`;
const datePart =
	(name: string): Write =>
	([a]) =>
		`${name}(${sqlOf(a)})`;
const whenPositive =
	(name: string, condition: string): Write =>
	([a]) =>
		`CASE WHEN ${double(a)} ${condition} THEN ${name}(${double(a)}) END`;
const wholeOf =
	(name: string): Write =>
	([a]) =>
		`TRY_CAST(${name}(${sqlOf(a)}) AS BIGINT)`;
const alike =
	(name: string): Write =>
	(parts, gives) =>
		`${name}(${parts.map((one) => unified(one, gives)).join(', ')})`;

/** A text beside a date is that date. */
function comparison(sign: string): Write {
	return ([a, b]) => `${against(a, b)} ${sign} ${against(b, a)}`;
}

function against(one: Part | undefined, other: Part | undefined): string {
	const timed = other?.type === 'date' || other?.type === 'time';
	return one?.literal && one.type === 'text' && timed ? `CAST(${one.sql} AS TIMESTAMP)` : sqlOf(one);
}

function unified(one: Part, type: ColumnType): string {
	const wanted = sqlType(type);
	return one.type === type || wanted === null ? one.sql : `CAST(${one.sql} AS ${wanted})`;
}

const SQL: { readonly [F in FunctionName]: Write } = {
	'+': (parts, gives) => (gives === 'text' ? onText('concat')(parts, gives) : infix('+')(parts, gives)),
	'-': infix('-'),
	'*': infix('*'),
	'/': ([a, b]) => `${double(a)} / nullif(${double(b)}, 0)`,
	'%': ([a, b]) => `${sqlOf(a)} % nullif(${sqlOf(b)}, 0)`,
	'^': ([a, b]) =>
		`CASE WHEN ${double(a)} > 0 OR (${double(a)} <> 0 OR ${double(b)} > 0) AND ${double(b)} = floor(${double(b)}) OR ${double(a)} = 0 AND ${double(b)} > 0 THEN pow(${double(a)}, ${double(b)}) END`,
	negate: ([a]) => `-${sqlOf(a)}`,
	'=': comparison('='),
	'!=': comparison('<>'),
	'<': comparison('<'),
	'<=': comparison('<='),
	'>': comparison('>'),
	'>=': comparison('>='),
	and: infix('AND'),
	or: infix('OR'),
	not: ([a]) => `NOT ${sqlOf(a)}`,
	'is-blank': ([a]) => blank(sqlOf(a), a?.type ?? 'other'),
	contains: loosely('contains'),
	'starts-with': loosely('starts_with'),
	'ends-with': loosely('ends_with'),
	lower: onText('lower'),
	upper: onText('upper'),
	trim: onText('trim'),
	length: onText('length'),
	concat: onText('concat'),
	replace: onText('replace'),
	substring: ([a, b, c]) => `substring(${[asText(a), `CAST(${sqlOf(b)} AS BIGINT)`, ...(c === undefined ? [] : [`CAST(${c.sql} AS BIGINT)`])].join(', ')})`,
	round: ([a, b]) => (b === undefined ? `TRY_CAST(round(${double(a)}) AS BIGINT)` : `round(${double(a)}, CAST(${b.sql} AS INTEGER))`),
	floor: wholeOf('floor'),
	ceil: wholeOf('ceil'),
	abs: ([a]) => `abs(${sqlOf(a)})`,
	sqrt: whenPositive('sqrt', '>= 0'),
	ln: whenPositive('ln', '> 0'),
	log10: whenPositive('log10', '> 0'),
	exp: of1('exp'),
	min: alike('least'),
	max: alike('greatest'),
	year: datePart('year'),
	month: datePart('month'),
	day: datePart('day'),
	weekday: datePart('isodow'),
	hour: ([a]) => `hour(CAST(${sqlOf(a)} AS TIMESTAMP))`,
	if: ([test, yes, no], gives) =>
		`CASE WHEN ${sqlOf(test)} THEN ${yes === undefined ? 'NULL' : unified(yes, gives)} ELSE ${no === undefined ? 'NULL' : unified(no, gives)} END`,
	coalesce: alike('coalesce'),
	number: ([a]) => `TRY_CAST(regexp_replace(${asText(a)}, '[\\s,$€£¥￥]', '', 'g') AS DOUBLE)`,
	text: ([a]) => asText(a),
	date: ([a]) =>
		a?.type === 'date' || a?.type === 'time'
			? `CAST(${a.sql} AS DATE)`
			: `CAST(try_strptime(trim(${asText(a)}), [${DATE_FORMATS.map((format) => literal(format)).join(', ')}]) AS DATE)`,
};

/** Whether a value is blank: not there, or a text of nothing but spaces. */
export function blank(sql: string, type: ColumnType): string {
	return type === 'text' ? `nullif(trim(${sql}), '') IS NULL` : `${sql} IS NULL`;
}
