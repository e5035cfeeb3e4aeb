/** Columns of the table that arrives at a port, for dropdowns and completion. */
import type { CheckedNode } from '../../nodes/check.ts';
import type { Column, Metadata, Seen } from '../../nodes/define.ts';
import { endpoint, type Graph } from '../../nodes/graph.ts';

/** Known columns; empty when nothing is known. */
export function columnsAt(
	graph: Graph,
	seen: Readonly<Record<string, Seen>>,
	node: string,
	port: string | undefined,
	checked?: CheckedNode,
): readonly Column[] {
	const fed = checked?.feeds ?? {};
	const wires = graph.edges.filter((edge) => endpoint(edge.to).node === node);
	const ends = port === undefined ? wires : wires.filter((edge) => endpoint(edge.to).port === port);
	const froms = port !== undefined && fed[port] !== undefined ? fed[port].map((end) => `${end.node}.${end.port}`) : ends.map((edge) => edge.from);
	const columns = new Map<string, Column>();
	for (const from of froms) for (const column of columnsOf(seen[from])) if (!columns.has(column.name)) columns.set(column.name, column);
	return [...columns.values()];
}

function columnsOf(seen: Seen | undefined): readonly Column[] {
	if (seen === undefined) return [];
	const metadata: Metadata = seen.many ? seen.element : seen.metadata;
	return metadata.kind === 'table' ? (metadata.columns ?? []) : [];
}
