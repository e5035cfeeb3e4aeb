/** `/api/previews`: what every node makes, on small versions of the inputs. Of one channel only the newest request goes on. */
import { Router } from 'express';
import { checkGraph } from '../../nodes/check.ts';
import type { Metadata, Seen } from '../../nodes/define.ts';
import { decodeText } from '../../nodes/sniff.ts';
import type { NodeState, Output, RunResult } from '../engine/engine.ts';
import type { Preview, PreviewReply } from './api.ts';
import { bodyOf, previewBody, readJson } from './body.ts';
import { formatOf } from './formats.ts';
import { headOf } from './result-set.ts';
import type { Context } from './services.ts';

const ROWS = 100;
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
			const { recipe } = body;
			const observe = body.nodes ?? checkGraph(recipe.graph).nodes.map((node) => node.id);
			const seen = context.engine.describe(recipe, bindings).seen;
			const result = stop.signal.aborted
				? null
				: await context.engine.run({ recipe, bindings, observe, quality: 'preview', signal: stop.signal, timeout: 120 });
			if (response.destroyed) return;
			response.json(result === null || stop.signal.aborted ? SUPERSEDED : await replyOf(result, observe, seen, context));
		} finally {
			if (running.get(body.channel) === stop) running.delete(body.channel);
		}
	});
	return router;
}

async function replyOf(result: RunResult, observe: readonly string[], seen: Readonly<Record<string, Seen>>, context: Context): Promise<PreviewReply> {
	const entries = await Promise.all(observe.map(async (node) => [node, await nodeReply(node, result, seen, context)] as const));
	return { state: 'done', nodes: Object.fromEntries(entries) };
}

async function nodeReply(node: string, result: RunResult, seen: Readonly<Record<string, Seen>>, context: Context): Promise<PreviewReply['nodes'][string]> {
	const state: NodeState | undefined = result.nodes[node];
	if (state?.state === 'failed') return { problem: state.problem };
	const outputs = result.outputs.filter((output) => output.node === node);
	const own = result.state === 'failed' ? result.problems.find((problem) => problem.node === node) : undefined;
	if (outputs.length === 0 && own !== undefined) return { problem: own };
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
