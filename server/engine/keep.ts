/** Finished values go into the index under two names: how they were made, and the content of what they were made from. */
import { artifact, artifactOf, storedIn } from './finished.ts';
import type { Hash } from './group.ts';
import { estimateOf, type Making, nameOf, nodesOf } from './making.ts';
import type { Piece, PlannedGroup } from './pieces.ts';
import type { Result } from './stores.ts';
import { keyByContent, outputKey } from './values.ts';
import type { PieceReply } from './workers.ts';

/** Puts what was made into the index, under its derivation and under the content of what it was made from. */
export function keep(piece: Piece, reply: PieceReply, making: Making): void {
	const byKey = new Map(reply.made.map((one) => [one.key, one.result]));
	const finished = piece.groups.slice(0, reply.failed?.group ?? piece.groups.length);
	const entries = finished.flatMap((planned) => planned.outputs.flatMap(({ key }) => entriesOf(planned, key, byKey.get(key), making)));
	making.results.put(entries);
	making.counts.groups += finished.length;
	making.counts.made += reply.made.length;
	for (const [index, planned] of finished.entries()) {
		tellFinished(planned, (key) => byKey.get(key) ?? null, reply.seconds[index] ?? 0, making);
	}
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

/** Tells the tracker what came of a group. */
export function tellFinished(planned: PlannedGroup, resultOf: (key: Hash) => Result | null, seconds: number, making: Making): void {
	const kept = planned.outputs.flatMap(({ key, part, port }) => {
		const result = resultOf(key);
		const node = planned.draft.calls[part]?.node;
		return result === null || node === undefined ? [] : [{ node, port, artifacts: storedIn(result).map((stored) => artifact(stored, making.artifacts)) }];
	});
	making.tracker.finish(nameOf(planned), nodesOf(planned), estimateOf(planned.draft, making.planners), seconds, kept);
}

/** Early cut-off: another derivation has led to the same bytes before, and what follows from them is in the store. */
export function fromEqualContent(piece: Piece, making: Making): boolean {
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
