/** A run as the page sees it, kept up to date by the engine's events. */
import { checkGraph } from '../../nodes/check.ts';
import type { Recipe } from '../../nodes/graph.ts';
import { decodeText } from '../../nodes/sniff.ts';
import { fileName } from '../batch/names.ts';
import { saversOf } from '../batch/predict.ts';
import type { Artifact, NodeState, Output, RunEvent, RunResult } from '../engine/engine.ts';
import type { NodeView, OutputView, RunStreamEvent, RunView } from './api.ts';
import { formatOf } from './formats.ts';
import { headOf, type ResultSet } from './result-set.ts';

/** Longest answer that is shown as text, in bytes. */
const ANSWER = 65_536;

export function newRun(id: string, recipe: Recipe, startedAt: Date): RunView {
	const nodes = Object.fromEntries(Object.keys(recipe.graph.nodes).map((node): [string, NodeView] => [node, { state: 'waiting' }]));
	const base = { id, name: recipe.name, startedAt: startedAt.toISOString(), seconds: null, share: 0, eta: null };
	return { ...base, state: 'running', nodes: nodesConcerned(recipe, nodes), outputs: [], checks: [], problems: [] };
}

/** Muted nodes and placeholders don't run. */
function nodesConcerned(recipe: Recipe, nodes: Readonly<Record<string, NodeView>>): Readonly<Record<string, NodeView>> {
	const running = new Set(checkGraph(recipe.graph).nodes.map((node) => node.id));
	return Object.fromEntries(Object.entries(nodes).filter(([node]) => running.has(node)));
}

/** The run after an event, and what to tell readers. */
export function afterEvent(run: RunView, event: RunEvent): { readonly run: RunView; readonly tell: RunStreamEvent } {
	if (event.type === 'progress') {
		const { share, eta } = event;
		return { run: { ...run, share, eta }, tell: { type: 'progress', share, eta } };
	}
	const view = nodeView(event.state);
	return { run: { ...run, nodes: { ...run.nodes, [event.node]: view } }, tell: { type: 'node', node: event.node, view } };
}

function nodeView(state: NodeState): NodeView {
	if (state.state !== 'done') return state;
	const artifacts = Object.entries(state.outputs).flatMap(([port, all]) => all.map((artifact) => ({ port, ...plain(artifact) })));
	return { state: 'done', from: state.from, seconds: state.seconds, artifacts, ...(state.why === undefined ? {} : { why: state.why }) };
}

function plain({ content, bytes, metadata }: Artifact) {
	return { hash: content, bytes, metadata };
}

/** The run after its end. */
export async function afterEnd(run: RunView, recipe: Recipe, result: RunResult, results: ResultSet): Promise<RunView> {
	const states = Object.entries(result.nodes).map(([node, state]): [string, NodeView] => [node, nodeView(state)]);
	return {
		...run,
		state: result.state,
		seconds: result.seconds,
		share: result.state === 'done' ? 1 : run.share,
		eta: null,
		nodes: { ...run.nodes, ...Object.fromEntries(states) },
		outputs: await outputViews(recipe, result.outputs, results),
		checks: result.checks,
		problems: result.state === 'failed' ? result.problems : [],
	};
}

async function outputViews(recipe: Recipe, outputs: readonly Output[], results: ResultSet): Promise<OutputView[]> {
	const savers = new Map(saversOf(recipe).map((saver) => [saver.node, saver]));
	const taken = new Set<string>();
	const views: OutputView[] = [];
	for (const [n, output] of outputs.entries()) {
		const { artifact, node, index } = output;
		results.remember(artifact);
		const saver = savers.get(node);
		const format = formatOf(artifact.metadata);
		const count = outputs.filter((other) => other.node === node).length;
		const facts = {
			stem: output.stem,
			item: output.stem,
			number: 1,
			index: index === null ? null : index + 1,
			count,
			extension: format,
			metadata: artifact.metadata,
			date: new Date(),
		};
		const file = saver === undefined ? null : unique(fileName(saver.template, facts), taken);
		const text =
			saver === undefined && artifact.metadata.kind === 'text' && artifact.bytes <= ANSWER ? { text: decodeText(await headOf(artifact.path, ANSWER)) } : {};
		views.push({ n, node, file, ...plain(artifact), format, ...text });
	}
	return views;
}

/** Names in one download folder differ, also where letters' case doesn't count. */
function unique(name: string, taken: Set<string>): string {
	const dot = name.lastIndexOf('.');
	const [stem, ending] = dot > 0 ? [name.slice(0, dot), name.slice(dot)] : [name, ''];
	for (let i = 1; ; i++) {
		const candidate = i === 1 ? name : `${stem}-${i}${ending}`;
		if (taken.has(candidate.toLowerCase())) continue;
		taken.add(candidate.toLowerCase());
		return candidate;
	}
}
