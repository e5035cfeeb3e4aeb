/** A checked graph, remembered: the items of a batch share their graph, and mostly what is known of their sources. */
import { type Checked, checkGraph } from '../../nodes/check.ts';
import type { Seen } from '../../nodes/define.ts';
import type { Graph } from '../../nodes/graph.ts';

const unbound = new WeakMap<Graph, Checked>();
const latest = new WeakMap<Graph, { readonly seen: string; readonly checked: Checked }>();

/** As `checkGraph` does it; `seen`: what is known of the sources. */
export function checked(graph: Graph, seen?: Readonly<Record<string, Seen>>): Checked {
	if (seen === undefined) {
		const known = unbound.get(graph) ?? checkGraph(graph);
		unbound.set(graph, known);
		return known;
	}
	const text = JSON.stringify(seen);
	const known = latest.get(graph);
	if (known?.seen === text) return known.checked;
	const fresh = checkGraph(graph, seen);
	latest.set(graph, { seen: text, checked: fresh });
	return fresh;
}
