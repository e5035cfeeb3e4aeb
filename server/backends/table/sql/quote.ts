/** The two places where a name or a value becomes SQL. Nothing of the user's reaches a query any other way. */
import type { Literal } from '../../../../nodes/steps/table.ts';

/** A column or table name. */
export function identifier(name: string): string {
	return `"${name.replaceAll('\0', '').replaceAll('"', '""')}"`;
}

/** A value, typed so that the database never has to guess. */
export function literal(value: Literal): string {
	if (value === null) return 'NULL';
	if (typeof value === 'boolean') return value ? 'TRUE' : 'FALSE';
	if (typeof value === 'string') return `'${value.replaceAll('\0', '').replaceAll("'", "''")}'`;
	if (Number.isSafeInteger(value)) return `${value}::BIGINT`;
	return Number.isFinite(value) ? `${value}::DOUBLE` : 'NULL';
}

/** A list of texts, as table functions and settings take it. */
export function texts(values: readonly string[]): string {
	return `[${values.map(literal).join(', ')}]`;
}
