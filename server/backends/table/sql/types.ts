/** Column types of ours and of the database. Every table in a query has been brought to these seven, so that a Parquet file in between changes nothing. */
import type { Column, ColumnType } from '../../../../nodes/define.ts';
import { identifier } from './quote.ts';

const SQL_TYPES: { readonly [T in ColumnType]: string | null } = {
	integer: 'BIGINT',
	number: 'DOUBLE',
	text: 'VARCHAR',
	boolean: 'BOOLEAN',
	date: 'DATE',
	time: 'TIMESTAMP',
	other: null,
};

/** The SQL type of a column type; null for `other`. */
export function sqlType(type: ColumnType): string | null {
	return SQL_TYPES[type];
}

/** Our type of a database type, as `DESCRIBE` names it. */
export function columnType(name: string): ColumnType {
	if (/^U?(TINY|SMALL|BIG)?INT(EGER)?$/.test(name)) return 'integer';
	if (/^U?HUGEINT$|^(FLOAT|DOUBLE|REAL)$|^DECIMAL\(/.test(name)) return 'number';
	if (name === 'BOOLEAN') return 'boolean';
	if (name === 'DATE') return 'date';
	if (name.startsWith('TIMESTAMP')) return name.endsWith('[]') ? 'other' : 'time';
	if (/^(VARCHAR|UUID|ENUM\(.*\)|TIME|TIME WITH TIME ZONE|INTERVAL|BIT|JSON)$/.test(name)) return 'text';
	return 'other';
}

/** An expression that brings a column of a database type to its one of ours. */
export function normalised(name: string, type: string): string {
	const column = identifier(name);
	if (type === 'JSON') return `(${column} ->> '$')`;
	if (type === 'TIMESTAMP WITH TIME ZONE') return `(${column} AT TIME ZONE 'UTC')`;
	const wanted = sqlType(columnType(type));
	return wanted === null || wanted === type ? column : `CAST(${column} AS ${wanted})`;
}

/** `"a", "b"` */
export function names(columns: readonly Column[]): string {
	return columns.map((column) => identifier(column.name)).join(', ');
}
