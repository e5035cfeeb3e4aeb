/** The type of an expression, and whether its parts go together. */
import { type Column, type ColumnType, GraphError } from '../../define.ts';
import type { Expression, Literal } from '../../steps/table.ts';
import { commonType, findColumn, isNumeric } from '../columns.ts';
import { SIGNATURES } from './functions.ts';

/** `blank` is the type of a literal blank: it goes with everything. */
type Inferred = ColumnType | 'blank';
const ISO = /^\d{4}-\d{2}-\d{2}(?:[ T]\d{2}:\d{2}(?::\d{2}(?:\.\d+)?)?)?$/;

/**
 * The type of an expression over these columns; `null` where it hangs on columns that aren't known.
 * @throws GraphError `table.formula.type` where the types can't go together.
 */
export function inferType(expression: Expression, columns: readonly Column[] | null): ColumnType | null {
	if (columns === null) return null;
	const type = infer(expression, columns);
	return type === 'blank' ? 'text' : type;
}

function infer(expression: Expression, columns: readonly Column[]): Inferred {
	if (expression.is === 'literal') return literalType(expression.value);
	if (expression.is === 'column') return findColumn(columns, expression.name)?.type ?? 'other';
	const { name, of } = expression;
	const types = of.map((one) => infer(one, columns));
	const signature = SIGNATURES[name];
	const known = types.filter((type) => type !== 'blank');
	if (name === '+' && known.includes('text')) return 'text';
	if (['=', '!=', '<', '<=', '>', '>='].includes(name)) {
		comparable(name, of, types);
		return 'boolean';
	}
	for (const [i, type] of types.entries()) expect(name, signature.takes[Math.min(i, signature.takes.length - 1)] ?? 'any', type);
	if (name === 'round' && of.length === 1) return 'integer';
	if (signature.gives === 'arithmetic') return known.every((type) => type === 'integer') ? 'integer' : 'number';
	if (signature.gives !== 'same') return signature.gives;
	return together(name === 'if' ? types.slice(1) : types);
}

/** The one type that holds all of these. */
function together(types: readonly Inferred[]): Inferred {
	let result: Inferred = 'blank';
	for (const type of types) result = result === 'blank' ? type : type === 'blank' ? result : commonType(result, type);
	return result;
}

function literalType(value: Literal): Inferred {
	if (value === null) return 'blank';
	if (typeof value === 'boolean') return 'boolean';
	if (typeof value === 'string') return 'text';
	return Number.isSafeInteger(value) ? 'integer' : 'number';
}

/** Numbers compare with numbers, dates with dates or with a text that is a date (`'2024-01-31'`), texts with texts. */
function comparable(name: string, of: readonly Expression[], types: readonly Inferred[]): void {
	const [a, b] = types;
	if (a === undefined || b === undefined || a === 'blank' || b === 'blank' || a === b) return;
	if (isNumeric(a) && isNumeric(b)) return;
	const dates = [a, b].filter((type) => type === 'date' || type === 'time');
	if (dates.length === 2) return;
	const other = of[dates.length === 1 && (a === 'date' || a === 'time') ? 1 : 0];
	if (dates.length === 1 && other?.is === 'literal' && typeof other.value === 'string' && ISO.test(other.value)) return;
	throw new GraphError('table.formula.type', { name, expected: dates.length === 1 ? "a date such as '2024-01-31'" : a, got: b });
}

function expect(name: string, wanted: 'number' | 'text' | 'boolean' | 'date' | 'any', type: Inferred): void {
	if (wanted === 'any' || type === 'blank' || type === wanted) return;
	if (wanted === 'number' && type === 'integer') return;
	if (wanted === 'date' && type === 'time') return;
	/* A number is read as its text: left(postcode, 2) is what people mean. */
	if (wanted === 'text' && (isNumeric(type) || type === 'date' || type === 'time')) return;
	throw new GraphError('table.formula.type', { name, expected: wanted, got: type });
}
