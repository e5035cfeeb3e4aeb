/** Aggregates as SQL, each of exactly the type that the node promises. */
import type { Column, ColumnType } from '../../../../nodes/define.ts';
import type { Aggregate } from '../../../../nodes/steps/table.ts';
import { type Measure, measureType } from '../../../../nodes/table/measures.ts';
import { identifier } from './quote.ts';
import { sqlType } from './types.ts';

/** The type of a measure over these columns. */
export function aggregateType(measure: Measure, columns: readonly Column[]): ColumnType {
	return measureType(measure, columns, 'measures');
}

/** A measure as SQL; `row` numbers the rows, for first and last. */
export function aggregateSql(measure: Measure, columns: readonly Column[], row: string): string {
	const { aggregate, column } = measure;
	if (column === null) return 'count(*)';
	const name = identifier(column);
	const whole = columns.find((one) => one.name === column)?.type === 'integer';
	const sql = SQL[aggregate](name, whole, row);
	const type = sqlType(aggregateType(measure, columns));
	return type === null ? sql : `CAST(${sql} AS ${type})`;
}

/* fsum and favg lose nothing to rounding, whatever the order in which threads add. */
const SQL: { readonly [A in Aggregate]: (column: string, whole: boolean, row: string) => string } = {
	count: (column) => `count(${column})`,
	'count-distinct': (column) => `count(DISTINCT ${column})`,
	sum: (column, whole) => `${whole ? 'sum' : 'fsum'}(${column})`,
	mean: (column, whole) => `${whole ? 'avg' : 'favg'}(${column})`,
	median: (column) => `median(${column})`,
	min: (column) => `min(${column})`,
	max: (column) => `max(${column})`,
	stddev: (column) => `stddev_samp(${column})`,
	first: (column, _, row) => `arg_min_null(${column}, ${row})`,
	last: (column, _, row) => `arg_max_null(${column}, ${row})`,
};
