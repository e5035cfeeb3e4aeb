/**
 * What the canvas shows: the document, a plan while it grows, or a proposal laid over the document; checked, placed and signed.
 * Made anew whenever one of them changes.
 */
import { create } from 'zustand';
import { type Checked, type CheckedNode, checkGraph } from '../../nodes/check.ts';
import type { Seen } from '../../nodes/define.ts';
import type { Graph } from '../../nodes/graph.ts';
import type { Problem } from '../../nodes/problems.ts';
import { useInputs } from '../app/inputs.ts';
import { isSource, seenOfSource } from '../catalogue/sources.ts';
import { usePlan } from '../prompt/plan.ts';
import { signatures } from '../runs/signatures.ts';
import { changesBetween, type NodeChange, overlaid } from './changes.ts';
import { useDoc } from './document.ts';
import { placed } from './place.ts';

export interface Scene {
	/** `edit`: the document. `draft`: a plan is being made. `proposal`: changes wait to be accepted. */
	readonly mode: 'edit' | 'draft' | 'proposal';
	readonly graph: Graph;
	readonly bindings: Readonly<Record<string, readonly string[]>>;
	readonly checked: Checked;
	readonly byNode: Readonly<Record<string, CheckedNode>>;
	readonly problems: Readonly<Record<string, readonly Problem[]>>;
	readonly places: Readonly<Record<string, readonly [number, number]>>;
	readonly marks: Readonly<Record<string, NodeChange>>;
	readonly signatures: Readonly<Record<string, string>>;
	/** Source nodes without a file. */
	readonly unbound: readonly string[];
}

export const useScene = create<Scene>(() => makeScene());

function makeScene(): Scene {
	const { value: doc } = useDoc.getState().timeline;
	const { draft, proposal } = usePlan.getState();
	const mode = proposal !== null ? 'proposal' : draft !== null ? 'draft' : 'edit';
	const present = doc.recipe.graph;
	const graph = proposal !== null ? overlaid(present, proposal.recipe.graph) : (draft?.graph ?? present);
	const bindings = proposal !== null ? { ...doc.bindings, ...proposal.bindings } : doc.bindings;
	const checked = checkGraph(proposal?.recipe.graph ?? graph, sourcesOf(graph, bindings));
	const problems: Record<string, Problem[]> = {};
	for (const problem of checked.problems) {
		const id = problem.node ?? '';
		const list = problems[id] ?? [];
		list.push(problem);
		problems[id] = list;
	}
	const changes = proposal === null ? [] : changesBetween(present, proposal.recipe.graph);
	return {
		mode,
		graph,
		bindings,
		checked,
		byNode: Object.fromEntries(checked.nodes.map((node) => [node.id, node])),
		problems,
		places: placed(graph),
		marks: Object.fromEntries(changes.map((change) => [change.node, change])),
		signatures: signatures(graph, bindings),
		unbound: Object.keys(graph.nodes).filter((id) => isSource(graph.nodes[id]) && (bindings[id] ?? []).length === 0),
	};
}

/** What is known of the files that the sources take. */
function sourcesOf(graph: Graph, bindings: Scene['bindings']): Record<string, Seen> {
	const { known } = useInputs.getState();
	const sources: Record<string, Seen> = {};
	for (const [id, ids] of Object.entries(bindings)) {
		const node = graph.nodes[id];
		if (node === undefined) continue;
		const seen = seenOfSource(
			node,
			ids.map((input) => known[input]).filter((input) => input !== undefined),
		);
		if (seen !== null) sources[id] = seen;
	}
	return sources;
}

/** Starts following the stores that the scene is made from. */
export function followScene(): void {
	let last: readonly unknown[] = [];
	const refresh = () => {
		const { draft, proposal } = usePlan.getState();
		const now = [useDoc.getState().timeline.value, draft, proposal, useInputs.getState().known];
		if (now.every((value, i) => value === last[i])) return;
		last = now;
		useScene.setState(makeScene(), true);
	};
	useDoc.subscribe(refresh);
	usePlan.subscribe(refresh);
	useInputs.subscribe(refresh);
	refresh();
}
