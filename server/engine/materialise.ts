/** Makes values: demand → fuse → pieces → workers → store. */
import { Cancelled, type Problem, problemOf } from '../../nodes/problems.ts';
import { attribute } from './blame.ts';
import { demand } from './demand.ts';
import { fuse } from './fuse.ts';
import type { Group } from './group.ts';
import { fromEqualContent, keep } from './keep.ts';
import { estimateOf, inputsOf, type Making, nameOf, nodesOf } from './making.ts';
import { memoryOf } from './memory.ts';
import { optimise } from './optimise.ts';
import { groupOf, type Piece, piecesOf } from './pieces.ts';
import type { Tracker } from './track.ts';
import type { Call, Value } from './values.ts';
import { remember, whyMade } from './why.ts';
import type { PieceReply } from './workers.ts';

/** Makes these values, as far as that is possible. The problems of what could not be made are returned, each with its node. */
export async function materialise(wanted: readonly Value[], making: Making): Promise<readonly Problem[]> {
	const needed = demand(wanted, (key) => making.results.get(key));
	if (needed.calls.length === 0) return [];
	tellWhy(needed.calls, making);
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

function tellWhy(calls: readonly Call[], { memory, tracker }: Making): void {
	if (memory === null) return;
	for (const call of calls) tracker.because(call.node, () => whyMade(call, memory));
}

function announce(pieces: readonly Piece[], { planners, tracker }: Making): void {
	for (const { groups } of pieces) {
		for (const { draft } of groups) {
			for (const call of draft.calls) tracker.expect(call.node, 1);
			tracker.plan(estimateOf(draft, planners));
		}
	}
}

async function makePiece(piece: Piece, making: Making): Promise<readonly Problem[]> {
	const first = piece.groups[0];
	try {
		if (making.signal.aborted) throw new Cancelled();
		if (fromEqualContent(piece, making)) return [];
		const groups = piece.groups.map((planned) => quickest(groupOf(planned, inputsOf(planned, piece, making)), making));
		const reply = await sendPiece(piece, groups, making);
		keep(piece, reply, making);
		const finished = piece.groups.slice(0, reply.failed?.group ?? piece.groups.length);
		if (making.memory !== null)
			remember(
				finished.flatMap(({ draft }) => draft.calls),
				making.memory,
			);
		const failed = reply.failed === null ? undefined : piece.groups[reply.failed.group];
		const problem = reply.failed === null || failed === undefined ? null : await attribute(piece, failed, reply.failed.problem, making);
		return problem === null ? [] : [problem];
	} catch (error) {
		const problem = problemOf(error);
		const node = problem.node ?? first?.draft.calls.at(-1)?.node;
		return [node === undefined ? problem : { ...problem, node }];
	}
}

function quickest(group: Group, { planners }: Making): Group {
	return optimise(group, planners[group.backend]).group;
}

function sendPiece(piece: Piece, groups: readonly Group[], making: Making): Promise<PieceReply> {
	const { planners, workers, tracker } = making;
	const threads = Math.max(1, ...groups.map((group) => planners[group.backend].threads(group, workers.cores)));
	return workers.piece(
		{ type: 'piece', groups },
		{
			threads,
			memory: memoryOf(groups, planners, threads),
			priority: making.priority,
			run: making,
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
