/**
 * Steps of the table medium: what `lower` of a table node returns and the table backend turns into one SQL query.
 * Plain data: names of columns and values, never SQL text, but for `sql`, which is a user's own query.
 */
export type Literal = string | number | boolean | null;

/** An expression over the columns of a row. */
export type Expression =
	| { readonly is: 'column'; readonly name: string }
	| { readonly is: 'literal'; readonly value: Literal }
	| { readonly is: 'call'; readonly name: FunctionName; readonly of: readonly Expression[] };

/** Operators and functions that expressions may use; the backend has the SQL of each. */
export const FUNCTIONS = [
	'+',
	'-',
	'*',
	'/',
	'%',
	'^',
	'negate',
	'=',
	'!=',
	'<',
	'<=',
	'>',
	'>=',
	'and',
	'or',
	'not',
	'is-blank',
	'contains',
	'starts-with',
	'ends-with',
	'lower',
	'upper',
	'trim',
	'length',
	'concat',
	'replace',
	'substring',
	'round',
	'floor',
	'ceil',
	'abs',
	'sqrt',
	'ln',
	'log10',
	'exp',
	'min',
	'max',
	'year',
	'month',
	'day',
	'weekday',
	'hour',
	'if',
	'coalesce',
	'number',
	'text',
	'date',
] as const;
export type FunctionName = (typeof FUNCTIONS)[number];

export const AGGREGATES = ['count', 'count-distinct', 'sum', 'mean', 'median', 'min', 'max', 'stddev', 'first', 'last'] as const;
export type Aggregate = (typeof AGGREGATES)[number];

export type TableStep =
	| { readonly op: 'filter'; readonly where: Expression }
	| { readonly op: 'sort'; readonly by: readonly { readonly column: string; readonly descending: boolean }[] }
	| { readonly op: 'limit'; readonly count: number; readonly from: 'start' | 'end' }
	| { readonly op: 'sample'; readonly count: number; readonly seed: number }
	/** `column` is null for a count of rows. */
	| {
			readonly op: 'group';
			readonly by: readonly string[];
			readonly measures: readonly { readonly name: string; readonly aggregate: Aggregate; readonly column: string | null }[];
	  }
	/** Keeps the first of the rows that agree in these columns (none: in all). */
	| { readonly op: 'distinct'; readonly columns: readonly string[] }
	| { readonly op: 'select'; readonly columns: readonly { readonly name: string; readonly as: string }[] }
	| { readonly op: 'compute'; readonly name: string; readonly value: Expression }
	| {
			readonly op: 'join';
			readonly input: string;
			readonly on: readonly { readonly left: string; readonly right: string }[];
			readonly how: 'inner' | 'left' | 'full';
	  }
	/** Rows of all values at the many-port `input`, columns matched by name. */
	| { readonly op: 'union'; readonly input: string }
	| { readonly op: 'drop-blanks'; readonly columns: readonly string[] }
	| {
			readonly op: 'fill-blanks';
			readonly columns: readonly string[];
			readonly with: 'mean' | 'median' | 'mode' | 'zero' | 'previous' | 'text' /** What to fill in, for `text`. */;
			readonly text?: string;
	  }
	| { readonly op: 'encode'; readonly format: 'csv' | 'tsv' | 'json' | 'parquet'; readonly excelSafe: boolean; readonly bom: boolean };

const ROWWISE: ReadonlySet<TableStep['op']> = new Set(['filter', 'drop-blanks']);

/** Whether a step only leaves rows out, judging each by itself: it may as well be done before they are put in order. */
export function judgesRows(step: TableStep): boolean {
	return ROWWISE.has(step.op);
}

const ORDERED: ReadonlySet<Aggregate> = new Set(['first', 'last', 'stddev']);

/** Whether the order of the rows makes no difference to what a step gives; a standard deviation rounds by the order in which it adds. */
export function ignoresOrder(step: TableStep): boolean {
	return step.op === 'group' && step.measures.every((measure) => !ORDERED.has(measure.aggregate));
}
