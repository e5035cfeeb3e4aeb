/** `/api/previews`: what every node makes, on small versions of the inputs. Of one channel only the newest request goes on. */
import { Router } from 'express';
import { checkGraph } from '../../nodes/check.ts';
import type { Metadata, Seen } from '../../nodes/define.ts';
import { endpoint, type Recipe } from '../../nodes/graph.ts';
import type { Problem } from '../../nodes/problems.ts';
import { decodeText } from '../../nodes/sniff.ts';
import type { Bindings, Output, RunResult } from '../engine/engine.ts';
import type { Preview, PreviewBody, PreviewReply } from './api.ts';
import { bodyOf, previewBody, readJson } from './body.ts';
import { formatOf } from './formats.ts';
import { headOf } from './result-set.ts';
import type { Context } from './services.ts';

const ROWS = 100;
/** Seconds. */
const TIMEOUT = 120;
/** Of a list. */
const ELEMENTS = 6;
const SUPERSEDED: PreviewReply = { state: 'superseded', nodes: {} };

export function previewRoutes(context: Context): Router {
	const router = Router();
	const running = new Map<string, AbortController>();

	router.post('/', readJson, async (request, response) => {
		const body = bodyOf(request, previewBody);
		running.get(body.channel)?.abort();
		const stop = new AbortController();
		running.set(body.channel, stop);
		// A page that has gone doesn't want it any more.
		response.on('close', () => stop.abort());
		try {
			const bindings = await context.inputs.sources(body.bindings);
			const tried = await tryAll(body, bindings, stop.signal, context);
			if (response.destroyed) return;
			response.json(stop.signal.aborted ? SUPERSEDED : await replyOf(tried, context));
		} finally {
			if (running.get(body.channel) === stop) running.delete(body.channel);
		}
	});
	return router;
}

interface Tried {
	readonly result: RunResult;
	readonly wanted: readonly string[];
	readonly seen: Readonly<Record<string, Seen>>;
	/** By node. */
	readonly problems: ReadonlyMap<string, Problem>;
}

/** Runs what can run: a node that can't (yet) takes only what hangs on it out of the picture. */
async function tryAll({ recipe, nodes }: PreviewBody, bindings: Bindings, signal: AbortSignal, { engine }: Context): Promise<Tried> {
	const { seen, problems: found } = engine.describe(recipe, bindings);
	const problems = new Map<string, Problem>();
	for (const problem of found) if (problem.node !== undefined && !problems.has(problem.node)) problems.set(problem.node, problem);
	const wanted = nodes ?? Object.keys(recipe.graph.nodes);
	const checked = new Set(checkGraph(recipe.graph).nodes.map((node) => node.id));
	let observe = without(
		recipe,
		wanted.filter((node) => checked.has(node)),
		problems,
	);
	for (;;) {
		const result = await engine.run({ recipe, bindings, observe, quality: 'preview', signal, timeout: TIMEOUT });
		const fresh =
			result.state === 'failed' && result.outputs.length === 0 ? result.problems.filter(({ node }) => node !== undefined && !problems.has(node)) : [];
		for (const problem of fresh) if (problem.node !== undefined) problems.set(problem.node, problem);
		const rest = without(recipe, observe, problems);
		if (fresh.length === 0 || rest.length === 0 || rest.length === observe.length) return { result, wanted, seen, problems };
		observe = rest;
	}
}

/** Nodes that neither have a problem nor hang on one that has. */
function without(recipe: Recipe, nodes: readonly string[], problems: ReadonlyMap<string, Problem>): readonly string[] {
	const broken = new Set(problems.keys());
	const queue = [...broken];
	for (let node = queue.pop(); node !== undefined; node = queue.pop()) {
		for (const edge of recipe.graph.edges) {
			const to = endpoint(edge.to).node;
			if (endpoint(edge.from).node !== node || broken.has(to)) continue;
			broken.add(to);
			queue.push(to);
		}
	}
	return nodes.filter((node) => !broken.has(node));
}

async function replyOf(tried: Tried, context: Context): Promise<PreviewReply> {
	const entries = await Promise.all(tried.wanted.map(async (node) => [node, await nodeReply(node, tried, context)] as const));
	return { state: 'done', nodes: Object.fromEntries(entries) };
}

async function nodeReply(node: string, { result, seen, problems }: Tried, context: Context): Promise<PreviewReply['nodes'][string]> {
	const state = result.nodes[node];
	const problem = state?.state === 'failed' ? state.problem : problems.get(node);
	if (problem !== undefined) return { problem };
	const outputs = result.outputs.filter((output) => output.node === node);
	if (outputs.length === 0) return { skipped: true };
	const ports = [...new Set(outputs.map((output) => output.port))];
	const previews = ports.map((port) =>
		portPreviews(
			outputs.filter((output) => output.port === port),
			seen[`${node}.${port}`],
			context,
		),
	);
	return { previews: (await Promise.all(previews)).flat() };
}

/** The metadata is that of the real value, not of its small version. */
function portPreviews(outputs: readonly Output[], seen: Seen | undefined, context: Context): Promise<Preview[]> {
	const many = outputs.some((output) => output.index !== null);
	const count = many ? (seen?.many === true ? (seen.count ?? outputs.length) : outputs.length) : null;
	return Promise.all(outputs.slice(0, ELEMENTS).map((output, i) => previewOf(output, realMetadata(output, seen, i), count, context)));
}

function realMetadata({ artifact }: Output, seen: Seen | undefined, i: number): Metadata {
	if (seen === undefined) return artifact.metadata;
	return seen.many ? (seen.elements?.[i] ?? seen.element) : seen.metadata;
}

async function previewOf({ port, artifact }: Output, metadata: Metadata, count: number | null, context: Context): Promise<Preview> {
	context.results.remember(artifact);
	const base: Preview = { port, metadata, count, artifact: { hash: artifact.content, format: formatOf(artifact.metadata) } };
	const shown = artifact.metadata;
	if (shown.kind === 'table') return { ...base, rows: await context.engine.rows(artifact, ROWS) };
	if (shown.kind === 'file' && shown.content?.kind === 'table') {
		const { rows } = await rowsOf(artifact.content, ROWS, context);
		return { ...base, rows };
	}
	if (shown.kind === 'text' || (shown.kind === 'file' && shown.content?.kind === 'text')) return { ...base, text: decodeText(await headOf(artifact.path)) };
	return base;
}

async function rowsOf(content: string, count: number, context: Context) {
	const table = await context.results.table(content);
	return { table, rows: await context.engine.rows(table, count) };
}
