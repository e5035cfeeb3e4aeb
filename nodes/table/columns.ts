/** What the table nodes share: finding columns by name, and the metadata of a table that was changed. */
import { type Column, type ColumnType, GraphError, type TableMetadata } from '../define.ts';

export const TABLE_PORT = { kind: 'table', title: { en: 'Table', zh: '表格' } } as const;
export const TABLE_IN = { table: TABLE_PORT } as const;

/** The same table with other columns or another number of rows; it has no file format any more. */
export function changed(table: TableMetadata, change: { columns?: readonly Column[] | null; rows?: number | null }): TableMetadata {
	return {
		kind: 'table',
		columns: change.columns === undefined ? table.columns : change.columns,
		rows: change.rows === undefined ? table.rows : change.rows,
		format: null,
	};
}

/** The column of this name: exactly, or but for case where that is unambiguous. */
export function findColumn(columns: readonly Column[], name: string): Column | undefined {
	const exact = columns.find((column) => column.name === name);
	if (exact !== undefined) return exact;
	const key = fold(name);
	return columns.find((column) => fold(column.name) === key);
}

/**
 * The column of this name.
 * @throws GraphError `graph.column` that lists the columns there are.
 */
export function columnNamed(columns: readonly Column[], name: string, param: string): Column {
	const found = findColumn(columns, name);
	if (found === undefined) throw new GraphError('graph.column', { param, value: name, choices: columns.map((column) => column.name) }, { param });
	return found;
}

/** Names are the same to the database when they differ only in case. */
export function fold(name: string): string {
	return name.trim().toLowerCase();
}

/** The columns without what was seen in their rows. */
export function withoutValues(columns: readonly Column[]): readonly Column[] {
	return columns.map(({ name, type }) => ({ name, type }));
}

/**
 * Makes sure that no two columns share a name.
 * @throws GraphError `table.duplicate-column`.
 */
export function distinctNames(columns: readonly Column[], param: string): readonly Column[] {
	const seen = new Set<string>();
	for (const { name } of columns) {
		if (seen.has(fold(name))) throw new GraphError('table.duplicate-column', { name }, { param });
		seen.add(fold(name));
	}
	return columns;
}

export function isNumeric(type: ColumnType): boolean {
	return type === 'integer' || type === 'number';
}

/** The type that holds the values of both. */
export function commonType(a: ColumnType, b: ColumnType): ColumnType {
	if (a === b) return a;
	if (isNumeric(a) && isNumeric(b)) return 'number';
	if ((a === 'date' && b === 'time') || (a === 'time' && b === 'date')) return 'time';
	return 'text';
}

/** `name`, or `name (2)`, `name (3)` … where it is taken. */
export function freeName(name: string, taken: ReadonlySet<string>): string {
	for (let i = 1; ; i++) {
		const candidate = i === 1 ? name : `${name} (${i})`;
		if (!taken.has(fold(candidate))) return candidate;
	}
}
