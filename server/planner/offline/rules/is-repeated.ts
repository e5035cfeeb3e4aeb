/** Whether a column names things that come again and again. */
import type { TableGoal } from '../table-goal.ts';

/** Whether values of a column stand in several rows, as far as is known. */
export function isRepeated(table: TableGoal, name: string): boolean {
	const column = table.column(name);
	const rows = table.table.rows;
	return column?.values !== undefined && rows !== null && column.values.length < Math.min(rows, 50);
}
