/** What a query holds, from metadata. DuckDB keeps to a limit and puts the rest on disk, so this is what it should have to do without that. */
import type { Column } from '../../../nodes/define.ts';
import type { Group, GroupInput } from '../../engine/group.ts';

/** The worker with DuckDB loaded, and what reading a file and writing another take. */
const BASE = 260 * 2 ** 20;
/** More than this is put on disk rather than asked for. */
const MOST = 8 * 2 ** 30;

/** Rows of a table that was too long to be counted. */
const MANY = 2_000_000;
/** How many times over all rows are held by steps that see all of them before they give the first. */
const GATHERS: Readonly<Record<string, number>> = { sort: 3, join: 2, distinct: 2, 'fill-blanks': 2, group: 1, sample: 1 };
const STREAMED = 0.5;
/** What was gathered goes as the next step reads it: not all steps hold at once. */
const MOST_TIMES = 4;

/** Bytes that a query holds at most. */
export function tableMemory(group: Group): number {
	const size = group.inputs.reduce((sum, input) => sum + bytesOf(input), 0);
	const steps = group.parts.flatMap((part) => part.steps);
	const times = steps.reduce((sum, { op }) => sum + (GATHERS[op] ?? 0), STREAMED);
	return Math.min(MOST, BASE + size * Math.min(MOST_TIMES, times));
}

function bytesOf({ metadata }: GroupInput): number {
	if (metadata.kind !== 'table') return 0;
	const row = metadata.columns?.reduce((sum, column) => sum + width(column), 0) ?? 200;
	return (metadata.rows ?? MANY) * row;
}

/* A text is a pointer and a length, and what it says where that is longer than twelve bytes. */
function width({ type }: Column): number {
	return type === 'text' || type === 'other' ? 40 : 8;
}
