/** What a measure is: an aggregate of a column under a name. Grouping and charts share it. */
import { type Column, type ColumnType, GraphError } from '../define.ts';
import type { Aggregate } from '../steps/table.ts';
import { columnNamed, isNumeric } from './columns.ts';

export const AGGREGATE_CHOICES = {
	count: { en: 'Number of rows', zh: '行数' },
	'count-distinct': { en: 'Number of different values', zh: '不同值的个数' },
	sum: { en: 'Sum', zh: '合计' },
	mean: { en: 'Average', zh: '平均' },
	median: { en: 'Median', zh: '中位数' },
	min: { en: 'Smallest', zh: '最小' },
	max: { en: 'Largest', zh: '最大' },
	stddev: { en: 'Standard deviation', zh: '标准差' },
	first: { en: 'First', zh: '第一个' },
	last: { en: 'Last', zh: '最后一个' },
} as const;

export interface Measure {
	readonly name: string;
	readonly aggregate: Aggregate;
	readonly column: string | null;
}

interface Wanted {
	readonly aggregate: Aggregate;
	readonly column?: string | undefined;
	readonly name?: string | undefined;
}

/** The measure with its name settled: `sum of units`, `count`. A count without a column counts rows. */
export function measureOf(wanted: Wanted, columns: readonly Column[] | null): Measure {
	const given = wanted.column === '' ? undefined : wanted.column;
	if (given === undefined && wanted.aggregate !== 'count') {
		throw new GraphError('param.missing', { param: 'column' }, { param: 'measures' });
	}
	const column = given === undefined ? null : columns === null ? given : columnNamed(columns, given, 'measures').name;
	const fallback = column === null ? 'count' : `${wanted.aggregate.replace('-', ' ')} of ${column}`;
	return { name: wanted.name === undefined || wanted.name === '' ? fallback : wanted.name, aggregate: wanted.aggregate, column };
}

/**
 * Type of a measure's result.
 * @throws GraphError `table.not-numeric` for a sum or an average of something else.
 */
export function measureType({ aggregate, column }: Measure, columns: readonly Column[], param: string): ColumnType {
	if (aggregate === 'count' || aggregate === 'count-distinct' || column === null) return 'integer';
	const { type } = columnNamed(columns, column, param);
	if (aggregate === 'min' || aggregate === 'max' || aggregate === 'first' || aggregate === 'last') return type;
	if (!isNumeric(type)) {
		const choices = columns.filter((one) => isNumeric(one.type)).map((one) => one.name);
		throw new GraphError('table.not-numeric', { param, column, type, choices }, { param });
	}
	return aggregate === 'sum' ? type : 'number';
}
