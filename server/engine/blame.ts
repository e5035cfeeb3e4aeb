/** Finds the node to blame for a group that failed: its nodes are run one by one. */
import { type Problem, problemOf } from '../../nodes/problems.ts';
import { demand } from './demand.ts';
import { fuse, makerOf } from './fuse.ts';
import { tellFinished } from './keep.ts';
import { inputsOf, type Making } from './making.ts';
import { groupOf, type Piece, type PlannedGroup, piecesOf } from './pieces.ts';
import { type Call, outputKey, type Value } from './values.ts';

/**
 * The problem with its node. Null: every node works alone, the results were taken, and nothing has failed.
 * A failure that says nothing about the bytes (time, memory, a full disk) is not tried again.
 */
export async function attribute(piece: Piece, failed: PlannedGroup, problem: Problem, making: Making): Promise<Problem | null> {
	const last = failed.draft.calls.at(-1)?.node;
	const blamed: Problem = problem.node !== undefined || last === undefined ? problem : { ...problem, node: last };
	if (problem.type === 'cancelled' || problem.resource === true || failed.draft.calls.length === 1) return blamed;
	let culprit: Problem | null = null;
	const broken = new Set<string>();
	for (const call of failed.draft.calls) {
		/* What only stands beside the culprit is made; what reads from it can't be. */
		if (Object.values(call.inputs).some((values) => values.some((value) => broken.has(makerOf(value)?.key ?? '')))) broken.add(call.key);
		else {
			const found = await tryAlone(call, making);
			if (found !== null) broken.add(call.key);
			culprit ??= found;
		}
	}
	if (culprit !== null) return culprit;
	const missing = piece.groups.some((group) => group.outputs.some((output) => output.keep === 'file' && making.results.get(output.key) === null));
	if (missing) return blamed;
	tellFinished(failed, (key) => making.results.get(key), 0, making);
	return null;
}

/** Null: it works. */
async function tryAlone(call: Call, making: Making): Promise<Problem | null> {
	const wanted = demand(valuesOf(call), (key) => making.results.get(key));
	for (const piece of piecesOf(fuse(wanted, making.planners, { apart: true }), wanted)) {
		const nodeOf = (group: number) => piece.groups[group]?.draft.calls[0]?.node ?? call.node;
		try {
			const groups = piece.groups.map((group) => groupOf(group, inputsOf(group, piece, making)));
			const reply = await making.workers.piece({ type: 'piece', groups }, { priority: making.priority, signal: making.signal, timeout: making.timeout });
			making.results.put(reply.made);
			if (reply.failed !== null) return { ...reply.failed.problem, node: reply.failed.problem.node ?? nodeOf(reply.failed.group) };
		} catch (error) {
			return { ...problemOf(error), node: nodeOf(0) };
		}
	}
	return null;
}

function valuesOf(call: Call): Value[] {
	return Object.entries(call.expected).map(([port, metadata]) => ({
		key: outputKey(call.key, port),
		metadata,
		origin: { type: 'made', call, port },
		stem: '',
	}));
}
