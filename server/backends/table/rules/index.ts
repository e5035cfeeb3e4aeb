/** What DuckDB can't see: rows have an order here, which it keeps although nothing may depend on it. */

import { type Rule, swapped } from '../../../../nodes/steps/rules.ts';
import type { TableStep } from '../../../../nodes/steps/table.ts';
import { ignoresOrder, judgesRows } from '../../../../nodes/steps/table.ts';

/** Sorting keeps the order of ties, so two sorts are one by more columns. */
export const mergeSorts: Rule<TableStep> = {
	name: 'table.merge-sorts',
	summary: { en: 'Sort once instead of twice.', zh: '两次排序合并为一次。' },
	tolerance: 'exact',
	span: 2,
	apply([first, second]) {
		if (first?.op !== 'sort' || second?.op !== 'sort') return null;
		const rest = first.by.filter((one) => !second.by.some((other) => other.column === one.column));
		return [{ from: 1, step: { ...second, by: [...second.by, ...rest] } }];
	},
};

/** Groups come in the order of their keys, whatever the order of the rows was. */
export const dropSorts: Rule<TableStep> = {
	name: 'table.drop-sorts',
	summary: { en: 'Leave out a sort whose order nothing depends on.', zh: '略去结果不依赖其顺序的排序。' },
	tolerance: 'exact',
	span: 2,
	apply([first, second]) {
		return first?.op === 'sort' && second !== undefined && ignoresOrder(second) ? [{ from: 1, step: second }] : null;
	},
};

/** No gain by itself, because DuckDB does it, too: but so a sort meets the step that makes it unneeded. */
export const filterFirst: Rule<TableStep> = {
	name: 'table.filter-first',
	summary: { en: 'Filter before sorting, so that sorts can be merged or left out.', zh: '先筛选再排序，以便合并或略去排序。' },
	tolerance: 'exact',
	span: 2,
	apply: ([first, second]) => (first?.op === 'sort' && second !== undefined && judgesRows(second) ? swapped(first, second) : null),
};

/** Each keeps the first of its kind, so the one that asks for less is enough. */
export const mergeDistinct: Rule<TableStep> = {
	name: 'table.merge-distinct',
	summary: { en: 'Remove duplicates once instead of twice.', zh: '两次去重合并为一次。' },
	tolerance: 'exact',
	span: 2,
	apply([first, second]) {
		if (second?.op !== 'distinct') return null;
		/* One row a group: there are no duplicates in its keys. */
		if (first?.op === 'group') return within(first.by, second.columns) ? [{ from: 0, step: first }] : null;
		if (first?.op !== 'distinct') return null;
		if (first.columns.length > 0 && within(first.columns, second.columns)) return [{ from: 0, step: first }];
		return within(second.columns, first.columns) && (second.columns.length > 0 || first.columns.length === 0) ? [{ from: 1, step: second }] : null;
	},
};

/** Whether all of these columns are among the others; no columns means all of them. */
function within(columns: readonly string[], others: readonly string[]): boolean {
	return others.length === 0 || columns.every((column) => others.includes(column));
}

/** The first ten of the first hundred are the first ten. */
export const mergeLimits: Rule<TableStep> = {
	name: 'table.merge-limits',
	summary: { en: 'Take the first or last rows once instead of twice.', zh: '两次取前几行（或后几行）合并为一次。' },
	tolerance: 'exact',
	span: 2,
	apply([first, second]) {
		if (first?.op !== 'limit' || second?.op !== 'limit' || first.from !== second.from) return null;
		return [{ from: 1, step: { ...second, count: Math.min(Math.trunc(first.count), Math.trunc(second.count)) } }];
	},
};

export const TABLE_RULES: readonly Rule<TableStep>[] = [filterFirst, mergeSorts, dropSorts, mergeDistinct, mergeLimits];
