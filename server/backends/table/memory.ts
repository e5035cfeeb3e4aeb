/** What a query holds, from metadata. DuckDB keeps to a limit and puts the rest on disk, so this is what it should have to do without that. */
import type { Column } from '../../../nodes/define.ts';
import type { TableStep } from '../../../nodes/steps/table.ts';
import type { Group, GroupInput } from '../../engine/group.ts';

/** The worker with DuckDB loaded, and what reading a file and writing another take. */
const BASE = 220 * 2 ** 20;
/** More than this is put on disk rather than asked for. */
const MOST = 8 * 2 ** 30;

/** Steps that see all rows before they give the first. */
const GATHERS: ReadonlySet<string> = new Set<TableStep['op']>(['sort', 'group', 'distinct', 'join', 'sample', 'fill-blanks']);

/** Bytes that a query holds at most. */
export function tableMemory(group: Group): number {
	const size = group.inputs.reduce((sum, input) => sum + bytesOf(input), 0);
	const gathers = group.parts.flatMap(({ steps }) => steps).filter(({ op }) => GATHERS.has(op)).length;
	/* One after the other, mostly: what the first has gathered goes as the next one reads it. */
	return Math.min(MOST, BASE + size * Math.min(4, gathers === 0 ? 0.5 : 2 + gathers));
}

function bytesOf({ metadata }: GroupInput): number {
	if (metadata.kind !== 'table') return 0;
	const row = metadata.columns?.reduce((sum, column) => sum + width(column), 0) ?? 200;
	return (metadata.rows ?? 1_000_000) * row;
}

/* A text is a pointer and a length, and what it says where that is longer than twelve bytes. */
function width({ type }: Column): number {
	return type === 'text' || type === 'other' ? 40 : 8;
}
