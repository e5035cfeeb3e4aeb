/**
 * A group as SQL statements: one query with a CTE for each step. A value with several readers, and each output of a group that has
 * several, becomes a temporary table first: it is made once, and unlike a materialised CTE it keeps the order of its rows.
 */
import type { Column } from '../../../../nodes/define.ts';
import type { TableStep } from '../../../../nodes/steps/table.ts';
import type { Group, Part, Ref } from '../../../engine/group.ts';
import { identifier } from './quote.ts';
import { type QueryStep, type Relation, stepSql } from './steps.ts';
import { names } from './types.ts';

type Encode = Extract<TableStep, { op: 'encode' }>;

/** What makes one output of a group. */
export interface Result {
	readonly key: string;
	/** A SELECT with its CTEs. */
	readonly select: string;
	readonly columns: readonly Column[];
	/** How the file is written; null: as an intermediate. */
	readonly encode: Encode | null;
}

export interface Query {
	/** Run first, in this order. */
	readonly prepare: readonly string[];
	readonly results: readonly Result[];
}

/** The statements of a group; `inputs` are the relations that its inputs were opened as. */
export function groupSql(group: Group, inputs: readonly Relation[]): Query {
	const prepare: string[] = [];
	const made = new Map<number, Chain>();
	const shared = sharedParts(group);
	const opened = inputs.map((relation, index) => {
		if (readersOf(group, (ref) => 'input' in ref && ref.input === index) < 2) return relation;
		const from = identifier(`input ${index + 1} kept`);
		prepare.push(`CREATE TEMP TABLE ${from} AS SELECT ${names(relation.columns)} FROM ${relation.from}`);
		return { ...relation, from };
	});
	for (const [index, part] of group.parts.entries()) {
		const chain = partChain(part, index, (ref) => ('part' in ref ? (made.get(ref.part) ?? chainOf(undefined)) : chainOf(opened[ref.input])));
		if (!shared.has(index)) {
			made.set(index, chain);
			continue;
		}
		const name = identifier(`part ${index + 1}`);
		prepare.push(`CREATE TEMP TABLE ${name} AS ${select(chain)}`);
		made.set(index, { ...chain, ctes: [], from: name });
	}
	const results = group.outputs.map((output) => {
		const chain = made.get(output.part) ?? chainOf(undefined);
		return { key: output.key, select: select(chain), columns: chain.columns, encode: chain.encode };
	});
	return { prepare, results };
}

interface Chain extends Relation {
	readonly ctes: readonly { readonly name: string; readonly sql: string }[];
	readonly encode: Encode | null;
}

function chainOf(relation: Relation | undefined): Chain {
	return { from: relation?.from ?? '(SELECT 1)', columns: relation?.columns ?? [], ctes: [], encode: null };
}

function select({ ctes, from, columns }: Chain): string {
	const last = ctes.at(-1);
	/* The last step is the query itself. */
	if (last !== undefined && last.name === from) return `${withClause(ctes.slice(0, -1))}${last.sql}`;
	return `${withClause(ctes)}SELECT ${names(columns)} FROM ${from}`;
}

function withClause(ctes: Chain['ctes']): string {
	/* DuckDB materialises CTEs unless told otherwise (since 1.4), which would lose order and time here. */
	return ctes.length === 0 ? '' : `WITH ${ctes.map(({ name, sql }) => `${name} AS NOT MATERIALIZED (${sql})`).join(',\n')}\n`;
}

/** The first input of a part runs through its steps; further inputs are relations beside it. */
function partChain(part: Part, index: number, resolve: (ref: Ref) => Chain): Chain {
	const ports = new Map(Object.entries(part.inputs).map(([port, refs]) => [port, refs.map(resolve)]));
	const ctes = new Map([...ports.values()].flat().flatMap((chain) => chain.ctes.map((cte) => [cte.name, cte] as const)));
	const beside = new Set(part.steps.flatMap((step) => ('input' in step ? [step.input] : [])));
	const first = [...ports].find(([port]) => !beside.has(port))?.[1][0] ?? chainOf(undefined);
	let relation: Relation = first;
	let encode: Encode | null = null;
	for (const [i, step] of part.steps.entries()) {
		if (!isTableStep(step)) continue;
		if (step.op === 'encode') {
			encode = step;
			continue;
		}
		const made = stepSql(step, relation, (port) => ports.get(port) ?? []);
		const name = identifier(`${part.node} ${index + 1}.${i + 1}`);
		ctes.set(name, { name, sql: made.sql });
		relation = { from: name, columns: made.columns };
	}
	return { from: relation.from, columns: relation.columns, ctes: [...ctes.values()], encode };
}

const OPS: ReadonlySet<string> = new Set<TableStep['op']>([
	'filter',
	'sort',
	'limit',
	'sample',
	'group',
	'distinct',
	'select',
	'compute',
	'join',
	'union',
	'drop-blanks',
	'fill-blanks',
]);

/** A group of the table backend holds table steps only; the engine sees to it. */
function isTableStep(step: Part['steps'][number]): step is QueryStep | Encode {
	return OPS.has(step.op) || 'excelSafe' in step;
}

/** Parts that are made once and kept for their readers. */
function sharedParts(group: Group): ReadonlySet<number> {
	const shared = group.parts
		.map((_, index) => index)
		.filter((index) => {
			const outputs = group.outputs.filter((output) => output.part === index).length;
			return outputs + readersOf(group, (ref) => 'part' in ref && ref.part === index) > 1;
		});
	return new Set(shared);
}

function readersOf(group: Group, is: (ref: Ref) => boolean): number {
	return group.parts.flatMap((part) => Object.values(part.inputs).flat()).filter(is).length;
}
