/** Makes values: demand → fuse → pieces → workers → store. Attributes failures to nodes. */
import { Cancelled, type Problem, problemOf } from '../../nodes/problems.ts';
import { demand } from './demand.ts';
import type { Artifact } from './engine.ts';
import { type DraftGroup, fuse, type Planners } from './fuse.ts';
import type { Group, GroupInput, Hash } from './group.ts';
import { groupOf, type Piece, type PlannedGroup, piecesOf } from './pieces.ts';
import type { Artifacts, Result, Results, Stored } from './stores.ts';
import type { Tracker } from './track.ts';
import { keyByContent, outputKey, type Value } from './values.ts';
import type { PieceReply, Workers } from './workers.ts';

export interface Making {
	readonly planners: Planners;
	readonly workers: Workers;
	readonly results: Results;
	readonly artifacts: Artifacts;
	readonly tracker: Tracker;
	readonly signal: AbortSignal;
	readonly priority: 'interactive' | 'batch';
	/** Seconds for one group. */
	readonly timeout: number;
	readonly counts: { groups: number; made: number };
}

/** Makes these values, as far as that is possible. The problems of what could not be made are returned, each with its node. */
export async function materialise(wanted: readonly Value[], making: Making): Promise<readonly Problem[]> {
	const needed = demand(wanted, (key) => making.results.get(key));
	if (needed.calls.length === 0) return [];
	const pieces = piecesOf(fuse(needed, making.planners), needed);
	announce(pieces, making);
	const problems: Problem[] = [];
	const started = new Map<Piece, Promise<boolean>>();
	const start = (piece: Piece): Promise<boolean> => {
		const known = started.get(piece);
		if (known !== undefined) return known;
		const promise = (async () => {
			const ready = await Promise.all([...piece.after].map(start));
			if (ready.includes(false)) return false;
			const found = await makePiece(piece, making);
			problems.push(...found);
			return found.length === 0;
		})();
		started.set(piece, promise);
		return promise;
	};
	await Promise.all(pieces.map(start));
	return problems;
}

function announce(pieces: readonly Piece[], { planners, tracker }: Making): void {
	for (const { groups } of pieces) {
		for (const { draft } of groups) {
			for (const call of draft.calls) tracker.expect(call.node, 1);
			tracker.plan(estimateOf(draft, planners));
		}
	}
}

function estimateOf(draft: DraftGroup, planners: Planners): number {
	return Math.max(0.001, planners[draft.backend].estimate({ backend: draft.backend, parts: draft.parts, inputs: [], outputs: [] }));
}

async function makePiece(piece: Piece, making: Making): Promise<readonly Problem[]> {
	const first = piece.groups[0];
	try {
		if (making.signal.aborted) throw new Cancelled();
		if (fromEqualContent(piece, making)) return [];
		const groups = piece.groups.map((planned) => groupOf(planned, inputsOf(planned, piece, making)));
		const reply = await sendPiece(piece, groups, making);
		keep(piece, reply, making);
		if (reply.failed === null) return [];
		return [await attribute(piece.groups[reply.failed.group], groups[reply.failed.group], reply.failed.problem, making)].flatMap((problem) => problem ?? []);
	} catch (error) {
		const problem = problemOf(error);
		const node = problem.node ?? first?.draft.calls.at(-1)?.node;
		return [node === undefined ? problem : { ...problem, node }];
	}
}

function sendPiece(piece: Piece, groups: readonly Group[], making: Making): Promise<PieceReply> {
	const { planners, workers, tracker } = making;
	const threads = Math.max(1, ...groups.map((group) => planners[group.backend].threads(group, workers.cores)));
	return workers.piece(
		{ type: 'piece', groups },
		{
			threads,
			priority: making.priority,
			signal: making.signal,
			timeout: making.timeout,
			onStart: () => report(piece, 0, 0, making, tracker),
			onProgress: (group, share) => report(piece, group, share, making, tracker),
		},
	);
}

function report(piece: Piece, index: number, share: number, making: Making, tracker: Tracker): void {
	const planned = piece.groups[index];
	if (planned !== undefined) tracker.progress(nameOf(planned), nodesOf(planned), estimateOf(planned.draft, making.planners), share);
}

function nameOf(planned: PlannedGroup): string {
	return planned.draft.calls.at(-1)?.key ?? '';
}

function nodesOf(planned: PlannedGroup): string[] {
	return planned.draft.calls.map((call) => call.node);
}

/** The files that a group reads. */
function inputsOf(planned: PlannedGroup, piece: Piece, making: Making): GroupInput[] {
	const inside = new Set(piece.groups.flatMap((group) => group.outputs.filter((output) => output.keep === 'memory').map((output) => output.key)));
	return planned.reads.map((value) => {
		if (inside.has(value.key)) return { key: value.key, metadata: value.metadata, from: 'memory' };
		const { artifact, name } = fileOf(value, making);
		return { key: value.key, metadata: artifact.metadata, from: 'file', path: artifact.path, name };
	});
}

function fileOf(value: Value, making: Making): { readonly artifact: Artifact; readonly name: string } {
	if (value.origin.type === 'source') {
		const { source } = value.origin;
		return { artifact: { content: source.content, path: source.path, bytes: source.bytes, metadata: value.metadata }, name: source.name };
	}
	const artifact = artifactOf(value, making.results, making.artifacts);
	if (artifact === null) throw new Error(`the value ${value.key} is not in the store`);
	return { artifact, name: value.stem };
}

/** The finished value, or null when it isn't in the store. */
export function artifactOf(value: Value, results: Results, artifacts: Artifacts): Artifact | null {
	if (value.origin.type === 'source') {
		const { source } = value.origin;
		return { content: source.content, path: source.path, bytes: source.bytes, metadata: value.metadata };
	}
	const stored = storedOf(value, results);
	return stored === null ? null : artifact(stored, artifacts);
}

function storedOf(value: Value, results: Results): Stored | null {
	if (value.origin.type === 'element') {
		const whole = results.get(value.origin.whole.key);
		return whole !== null && 'values' in whole ? (whole.values[value.origin.index] ?? null) : null;
	}
	const result = results.get(value.key);
	return result !== null && 'value' in result ? result.value : null;
}

function artifact(stored: Stored, artifacts: Artifacts): Artifact {
	return { ...stored, path: artifacts.path(stored.content) };
}

/** Puts what was made into the index, under its derivation and under the content of what it was made from. */
function keep(piece: Piece, reply: PieceReply, making: Making): void {
	const byKey = new Map(reply.made.map((one) => [one.key, one.result]));
	const finished = piece.groups.slice(0, reply.failed?.group ?? piece.groups.length);
	const entries = finished.flatMap((planned) => planned.outputs.flatMap(({ key }) => entriesOf(planned, key, byKey.get(key), making)));
	making.results.put(entries);
	making.counts.groups += finished.length;
	making.counts.made += reply.made.length;
	for (const [index, planned] of finished.entries()) {
		const kept = planned.outputs.flatMap(({ key, part, port }) => {
			const result = byKey.get(key);
			const node = planned.draft.calls[part]?.node;
			return result === undefined || node === undefined
				? []
				: [{ node, port, artifacts: storedIn(result).map((stored) => artifact(stored, making.artifacts)) }];
		});
		making.tracker.finish(nameOf(planned), nodesOf(planned), estimateOf(planned.draft, making.planners), reply.seconds[index] ?? 0, kept);
	}
}

function storedIn(result: Result): readonly Stored[] {
	return 'value' in result ? [result.value] : result.values;
}

function entriesOf(planned: PlannedGroup, key: Hash, result: Result | undefined, making: Making): { readonly key: Hash; readonly result: Result }[] {
	if (result === undefined || planned.draft.calls.some((call) => (call.spec.effects ?? 'pure') === 'impure'))
		return result === undefined ? [] : [{ key, result }];
	const alias = aliasOf(planned, key, making);
	return alias === null || alias === key
		? [{ key, result }]
		: [
				{ key, result },
				{ key: alias, result },
			];
}

/** The key of an output by the content of the group's inputs; null when one of them has no bytes of its own. */
function aliasOf(planned: PlannedGroup, key: Hash, making: Making): Hash | null {
	const contents = new Map<Hash, Hash>();
	for (const value of planned.reads) {
		const found = artifactOf(value, making.results, making.artifacts);
		if (found === null) return null;
		contents.set(value.key, found.content);
	}
	const output = planned.outputs.find((one) => one.key === key);
	const call = output === undefined ? undefined : planned.draft.calls[output.part];
	if (output === undefined || call === undefined) return null;
	const metadata = call.expected[output.port];
	return metadata === undefined
		? null
		: keyByContent({ key: outputKey(call.key, output.port), metadata, origin: { type: 'made', call, port: output.port }, stem: '' }, contents);
}

/** Early cut-off: another derivation has led to the same bytes before, and what follows from them is in the store. */
function fromEqualContent(piece: Piece, making: Making): boolean {
	const entries: { readonly key: Hash; readonly result: Result }[] = [];
	for (const planned of piece.groups) {
		for (const output of planned.outputs) {
			if (output.keep === 'memory') continue;
			const alias = aliasOf(planned, output.key, making);
			const result = alias === null || alias === output.key ? null : making.results.get(alias);
			if (result === null) return false;
			entries.push({ key: output.key, result });
		}
	}
	if (entries.length === 0) return false;
	making.results.put(entries);
	return true;
}

/** A failing group is run split, to find the node to blame. When everything works alone, the results are taken and nothing has failed. */
async function attribute(planned: PlannedGroup | undefined, group: Group | undefined, problem: Problem, making: Making): Promise<Problem | null> {
	const last = planned?.draft.calls.at(-1)?.node;
	const blame = (node: string | undefined): Problem => (problem.node !== undefined || node === undefined ? problem : { ...problem, node });
	if (problem.type === 'cancelled' || planned === undefined || group === undefined) return blame(last);
	if (planned.draft.calls.length === 1 || problem.resource === true) return blame(last);
	for (const call of planned.draft.calls) {
		const [port] = Object.keys(call.expected);
		const metadata = port === undefined ? undefined : call.expected[port];
		if (port === undefined || metadata === undefined) continue;
		const value: Value = { key: outputKey(call.key, port), metadata, origin: { type: 'made', call, port }, stem: '' };
		const alone = demand([value], (key) => making.results.get(key));
		const [own] = piecesOf(fuse(alone, making.planners, { apart: true }), alone);
		if (own === undefined) continue;
		try {
			const groups = own.groups.map((one) => groupOf(one, inputsOf(one, own, making)));
			const reply = await making.workers.piece({ type: 'piece', groups }, { priority: making.priority, signal: making.signal, timeout: making.timeout });
			if (reply.failed !== null) return { ...reply.failed.problem, node: call.node };
			making.results.put(reply.made);
		} catch (error) {
			return { ...problemOf(error), node: call.node };
		}
	}
	const missing = planned.outputs.some((output) => making.results.get(output.key) === null);
	if (missing) return blame(last);
	const kept = planned.outputs.flatMap(({ key, part, port }) => {
		const result = making.results.get(key);
		const node = planned.draft.calls[part]?.node;
		return result === null || node === undefined ? [] : [{ node, port, artifacts: storedIn(result).map((stored) => artifact(stored, making.artifacts)) }];
	});
	making.tracker.finish(nameOf(planned), nodesOf(planned), estimateOf(planned.draft, making.planners), 0, kept);
	return null;
}
