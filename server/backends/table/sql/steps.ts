/**
 * Each step as one SELECT over a relation.
 *
 * The order of rows is part of a table's value. Scans, filters, projections, limits and unions keep it (`preserve_insertion_order`);
 * whatever would lose it (windows, joins, ties of a sort) numbers its rows first and orders by that number. Groups come in the order of
 * their keys, blanks last. So every step is exact, and no step needs the file of the one before it.
 */
import type { Column } from '../../../../nodes/define.ts';
import type { TableStep } from '../../../../nodes/steps/table.ts';
import { fold, freeName } from '../../../../nodes/table/columns.ts';
import { inferType } from '../../../../nodes/table/formula/infer.ts';
import { joinedRight } from '../../../../nodes/table/join.ts';
import { unitedColumns } from '../../../../nodes/table/union.ts';
import { aggregateSql, aggregateType } from './aggregate.ts';
import { blank, expressionSql } from './expression.ts';
import { identifier, literal } from './quote.ts';
import { names, sqlType } from './types.ts';

/** Something to select from: the name of a table, view or CTE, and its columns. */
export interface Relation {
	readonly from: string;
	readonly columns: readonly Column[];
}

/** A SELECT and the columns that it gives. */
export interface Selected {
	readonly sql: string;
	readonly columns: readonly Column[];
}

export type QueryStep = Exclude<TableStep, { op: 'encode' }>;

/** The SELECT of a step over `relation`; `inputs` are the relations at a node's further ports. */
export function stepSql(step: QueryStep, relation: Relation, inputs: (port: string) => readonly Relation[]): Selected {
	const { from, columns } = relation;
	const same = (rest: string): Selected => ({ sql: `SELECT ${names(columns)} FROM ${rest}`, columns });
	switch (step.op) {
		case 'filter':
			return same(`${from} WHERE ${expressionSql(step.where, columns)}`);
		case 'sort': {
			const row = numbered(relation);
			const keys = step.by.map(({ column, descending }) => `${identifier(column)} ${descending ? 'DESC' : 'ASC'} NULLS LAST`);
			return same(`${row.from} ORDER BY ${[...keys, row.name].join(', ')}`);
		}
		case 'limit': {
			if (step.from === 'start') return same(`${from} LIMIT ${Math.trunc(step.count)}`);
			const row = numbered(relation);
			return same(`${row.from} QUALIFY ${row.name} > count(*) OVER () - ${Math.trunc(step.count)} ORDER BY ${row.name}`);
		}
		case 'sample': {
			const row = numbered(relation);
			/* A hash of the row's number instead of USING SAMPLE: that depends on the number of threads, this on nothing but the seed. */
			return same(
				`${row.from} QUALIFY row_number() OVER (ORDER BY md5(concat(${row.name}, ':', ${Math.trunc(step.seed)})), ${row.name}) <= ${Math.trunc(step.count)} ORDER BY ${row.name}`,
			);
		}
		case 'distinct': {
			const row = numbered(relation);
			const keys = (step.columns.length === 0 ? columns.map((column) => column.name) : step.columns).map(identifier).join(', ');
			return same(`${row.from} QUALIFY row_number() OVER (PARTITION BY ${keys} ORDER BY ${row.name}) = 1 ORDER BY ${row.name}`);
		}
		case 'drop-blanks': {
			const chosen = columns.filter((column) => step.columns.includes(column.name));
			const conditions = chosen.map((column) => `NOT (${blank(identifier(column.name), column.type)})`);
			return conditions.length === 0 ? same(from) : same(`${from} WHERE ${conditions.join(' AND ')}`);
		}
		case 'select':
			return {
				sql: `SELECT ${step.columns.map(({ name, as }) => `${identifier(name)} AS ${identifier(as)}`).join(', ')} FROM ${from}`,
				columns: step.columns.flatMap(({ name, as }) => columns.filter((column) => column.name === name).map((column) => ({ ...column, name: as }))),
			};
		case 'compute':
			return compute(step, relation);
		case 'group':
			return group(step, relation);
		case 'fill-blanks':
			return fillBlanks(step, relation);
		case 'join':
			return join(step, relation, inputs(step.input)[0] ?? relation);
		case 'union':
			return union(inputs(step.input));
	}
}

/** The relation with a column that numbers its rows, called as no other column is. */
function numbered({ from, columns }: Relation, alias = '#row'): { readonly from: string; readonly name: string } {
	const name = identifier(freeName(alias, new Set(columns.map((column) => fold(column.name)))));
	return { from: `(SELECT *, row_number() OVER () AS ${name} FROM ${from})`, name };
}

type Of<Op extends QueryStep['op']> = Extract<QueryStep, { op: Op }>;

function compute({ name, value }: Of<'compute'>, { from, columns }: Relation): Selected {
	const made = { name, type: inferType(value, columns) ?? 'other' } as const;
	const sql = `${expressionSql(value, columns)} AS ${identifier(name)}`;
	const at = columns.findIndex((column) => fold(column.name) === fold(name));
	const kept = columns.map((column) => identifier(column.name));
	return at < 0
		? { sql: `SELECT ${[...kept, sql].join(', ')} FROM ${from}`, columns: [...columns, made] }
		: { sql: `SELECT ${kept.with(at, sql).join(', ')} FROM ${from}`, columns: columns.with(at, made) };
}

function group({ by, measures }: Of<'group'>, relation: Relation): Selected {
	const { columns } = relation;
	const ordered = measures.some((measure) => measure.aggregate === 'first' || measure.aggregate === 'last');
	const row = numbered(relation);
	const keys = by.map(identifier);
	const made = measures.map((measure) => ({ name: measure.name, type: aggregateType(measure, columns) }));
	const values = measures.map((measure) => `${aggregateSql(measure, columns, row.name)} AS ${identifier(measure.name)}`);
	const from = ordered ? row.from : relation.from;
	const tail = keys.length === 0 ? '' : ` GROUP BY ${keys.join(', ')} ORDER BY ${keys.map((key) => `${key} ASC NULLS LAST`).join(', ')}`;
	return {
		sql: `SELECT ${[...keys, ...values].join(', ')} FROM ${keys.length === 0 && values.length === 0 ? `(SELECT 1) ` : from}${tail}`,
		columns: [...by.flatMap((name) => columns.filter((column) => column.name === name)), ...made],
	};
}

function fillBlanks(step: Of<'fill-blanks'>, relation: Relation): Selected {
	const row = numbered(relation);
	const columns = relation.columns.map((column) =>
		step.columns.includes(column.name) && (step.with === 'mean' || step.with === 'median') ? ({ ...column, type: 'number' } as const) : column,
	);
	const values = relation.columns.map((column) => {
		const name = identifier(column.name);
		if (!step.columns.includes(column.name)) return name;
		const value = column.type === 'text' ? `CASE WHEN nullif(trim(${name}), '') IS NOT NULL THEN ${name} END` : name;
		return `${filled(step, column, value, row.name)} AS ${name}`;
	});
	return { sql: `SELECT ${values.join(', ')} FROM ${row.from} ORDER BY ${row.name}`, columns };
}

function filled(step: Of<'fill-blanks'>, column: Column, value: string, row: string): string {
	switch (step.with) {
		case 'mean':
			return `coalesce(CAST(${value} AS DOUBLE), avg(${value}) OVER (ORDER BY ${row} ROWS BETWEEN UNBOUNDED PRECEDING AND UNBOUNDED FOLLOWING))`;
		case 'median':
			return `coalesce(CAST(${value} AS DOUBLE), CAST(median(${value}) OVER () AS DOUBLE))`;
		/* The most frequent; of equally frequent ones the first in the table. */
		case 'mode':
			return `coalesce(${value}, mode(${value} ORDER BY ${row}) OVER ())`;
		case 'zero':
			return `coalesce(${value}, CAST(0 AS ${sqlType(column.type) ?? 'BIGINT'}))`;
		case 'previous':
			return `coalesce(${value}, last_value(${value} IGNORE NULLS) OVER (ORDER BY ${row} ROWS BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW))`;
		case 'text':
			return `coalesce(${value}, ${literal(step.text ?? '')})`;
	}
}

function join({ on, how }: Of<'join'>, left: Relation, right: Relation): Selected {
	const l = numbered(left);
	const r = numbered(right);
	const added = joinedRight(left.columns, right.columns, on);
	const pairs = on.map(({ left: a, right: b }) => {
		const types = [left.columns.find((column) => column.name === a)?.type, right.columns.find((column) => column.name === b)?.type];
		const sides = [`l.${identifier(a)}`, `r.${identifier(b)}`];
		/* A number never equals a text as such: 7 and '7' are compared as texts. */
		return types[0] !== types[1] && types.includes('text') ? sides.map((side) => `CAST(${side} AS VARCHAR)`).join(' = ') : sides.join(' = ');
	});
	const kept = left.columns.map((column) => {
		const key = on.find((one) => one.left === column.name);
		const type = sqlType(column.type);
		const name = identifier(column.name);
		if (how !== 'full' || key === undefined) return `l.${name} AS ${name}`;
		const other = `r.${identifier(key.right)}`;
		return `coalesce(l.${name}, ${type === null ? other : `TRY_CAST(${other} AS ${type})`}) AS ${name}`;
	});
	const more = added.map(({ column, as }) => `r.${identifier(column.name)} AS ${identifier(as)}`);
	return {
		sql: `SELECT ${[...kept, ...more].join(', ')} FROM ${l.from} l ${how.toUpperCase()} JOIN ${r.from} r ON ${pairs.join(' AND ')} ORDER BY l.${l.name} NULLS LAST, r.${r.name}`,
		columns: [...left.columns, ...added.map(({ column, as }) => ({ ...column, name: as }))],
	};
}

function union(relations: readonly Relation[]): Selected {
	const columns = unitedColumns(relations.map((relation) => relation.columns));
	const selects = relations.map((relation) => {
		const values = columns.map((column) => {
			const own = relation.columns.find((one) => fold(one.name) === fold(column.name));
			const type = sqlType(column.type);
			if (own === undefined) return `${type === null ? 'NULL' : `CAST(NULL AS ${type})`} AS ${identifier(column.name)}`;
			const value = own.type === column.type || type === null ? identifier(own.name) : `CAST(${identifier(own.name)} AS ${type})`;
			return `${value} AS ${identifier(column.name)}`;
		});
		return `SELECT ${values.join(', ')} FROM ${relation.from}`;
	});
	return { sql: selects.map((select) => `(${select})`).join(' UNION ALL '), columns };
}
