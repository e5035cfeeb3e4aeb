/**
 * How table nodes become one SQL query. Any neighbours may join: every step is exact whatever is around it (see sql/steps.ts), so the
 * only cuts are a file that was written, and a query that would grow too long to plan quickly.
 */
import type { GroupInput, Part, Planner } from '../../engine/group.ts';
import { tableMemory } from './memory.ts';
import { TABLE_RULES } from './rules/index.ts';
import { tableScript } from './script.ts';
import { groupSql } from './sql/query.ts';
import { identifier } from './sql/quote.ts';
import type { Relation } from './sql/steps.ts';

const LONGEST = 40;
/** Rows that one core gets through in a second, roughly: reading CSV, then one step. */
const READ_ROWS = 1_500_000;
const STEP_ROWS = 8_000_000;

export const tablePlanner: Planner = {
	shape: 'graph',
	canJoin: (group, part) => {
		if (group.length >= LONGEST) return { en: `a query of ${LONGEST} nodes is long enough`, zh: `一个查询最多包含 ${LONGEST} 个节点` };
		const sources = Object.values(part.inputs).flat();
		if (sources.some((ref) => 'part' in ref && writes(group[ref.part]))) return { en: 'the table was written to a file before', zh: '表格在此之前已写成文件' };
		return true;
	},
	explain: (group) => {
		const query = groupSql(group, group.inputs.map(relationOf));
		const results = query.results.map(({ select, encode }) => `COPY (${select}) TO '${encode === null ? 'table.parquet' : `table.${encode.format}`}';`);
		return [...query.prepare.map((statement) => `${statement};`), ...results];
	},
	script: tableScript,
	estimate: (group) => {
		const rows = group.inputs.reduce((sum, input) => sum + rowsOf(input), 0);
		const steps = group.parts.reduce((sum, part) => sum + part.steps.length, 0);
		return 0.05 + rows / READ_ROWS + (rows * steps) / STEP_ROWS;
	},
	threads: (group, cores) => {
		const rows = group.inputs.reduce((sum, input) => sum + rowsOf(input), 0);
		return Math.max(1, Math.min(cores, Math.ceil(rows / 120_000)));
	},
	memory: tableMemory,
	rules: TABLE_RULES,
	after: (_, entering) => entering,
};

function writes(part: Part | undefined): boolean {
	return part?.steps.some((step) => step.op === 'encode') === true;
}

/** Where the number of rows isn't known the table is a long one: short ones are counted. */
function rowsOf({ metadata }: GroupInput): number {
	return metadata.kind === 'table' ? (metadata.rows ?? 1_000_000) : 0;
}

function relationOf(input: GroupInput, index: number): Relation {
	const name = input.from === 'file' ? input.name : `input ${index + 1}`;
	return { from: identifier(name), columns: input.metadata.kind === 'table' ? (input.metadata.columns ?? []) : [] };
}
