/** What making values needs, and what pieces and groups look like from here. */

import type { Artifact } from './engine.ts';
import { artifactOf } from './finished.ts';
import type { DraftGroup, Planners } from './fuse.ts';
import type { GroupInput } from './group.ts';
import type { Piece, PlannedGroup } from './pieces.ts';
import type { Artifacts, Results } from './stores.ts';
import type { Tracker } from './track.ts';
import type { Value } from './values.ts';
import type { Memory } from './why.ts';
import type { Workers } from './workers.ts';

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
	/** Null: nobody will ask why something was made (batches, previews). */
	readonly memory: Memory | null;
}

/** Seconds that a group will probably take on one core. */
export function estimateOf(draft: DraftGroup, planners: Planners): number {
	return Math.max(0.001, planners[draft.backend].estimate({ backend: draft.backend, parts: draft.parts, inputs: [], outputs: [] }));
}

/** What the tracker knows a group by. */
export function nameOf(planned: PlannedGroup): string {
	return planned.draft.calls.at(-1)?.key ?? '';
}

export function nodesOf(planned: PlannedGroup): string[] {
	return planned.draft.calls.map((call) => call.node);
}

/** The files that a group reads. */
export function inputsOf(planned: PlannedGroup, piece: Piece, making: Making): GroupInput[] {
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
