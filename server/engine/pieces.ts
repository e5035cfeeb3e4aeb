/** Groups in their final form, and pieces: groups that run in one process because pixels pass between them in memory. */
import { portsOf } from '../../nodes/define.ts';
import type { Demand } from './demand.ts';
import { type DraftGroup, makerOf, partOf } from './fuse.ts';
import type { Group, GroupInput, GroupOutput, Hash, Ref } from './group.ts';
import { type Call, outputKey, type Value } from './values.ts';

/** Pixels above this size are handed over as a file. */
const MEMORY_LIMIT = 400 * 2 ** 20;

export interface Piece {
	readonly groups: readonly PlannedGroup[];
	/** Pieces whose results this one reads. */
	readonly after: ReadonlySet<Piece>;
}

export interface PlannedGroup {
	readonly draft: DraftGroup;
	/** Values that it reads from outside, in the order of the group's inputs. */
	readonly reads: readonly Value[];
	readonly outputs: readonly GroupOutput[];
}

/** The group as it is sent to a worker, once the files that it reads exist. */
export function groupOf(planned: PlannedGroup, inputs: readonly GroupInput[]): Group {
	const where = new Map<Hash, Ref>(planned.reads.map((value, input) => [value.key, { input }]));
	for (const [part, call] of planned.draft.calls.entries()) for (const port of portNames(call)) where.set(outputKey(call.key, port), { part, port });
	return { backend: planned.draft.backend, parts: planned.draft.calls.map((call) => partOf(call, where)), inputs, outputs: planned.outputs };
}

export function piecesOf(drafts: readonly DraftGroup[], demand: Demand): Piece[] {
	const home = new Map<Hash, DraftGroup>(drafts.flatMap((draft) => draft.calls.map((call) => [call.key, draft] as const)));
	const inMemory = new Set<Hash>();
	const sets = new Map<DraftGroup, Set<DraftGroup>>(drafts.map((draft) => [draft, new Set([draft])]));
	for (const draft of drafts) {
		const value = handedOver(draft, demand, home);
		if (value === null) continue;
		inMemory.add(value.key);
		for (const reader of demand.readers.get(value.key) ?? []) unite(sets, draft, home.get(reader.key));
	}
	const planned = new Map(drafts.map((draft) => [draft, planGroup(draft, demand, home, inMemory)]));
	const pieces = new Map<Set<DraftGroup>, Piece & { after: Set<Piece> }>();
	for (const draft of drafts) {
		const set = sets.get(draft) ?? new Set([draft]);
		if (!pieces.has(set)) pieces.set(set, { groups: drafts.filter((one) => set.has(one)).flatMap((one) => planned.get(one) ?? []), after: new Set() });
	}
	for (const [set, piece] of pieces) {
		for (const draft of set) {
			for (const feeder of feeders(draft, home)) {
				const other = pieces.get(sets.get(feeder) ?? new Set());
				if (other !== undefined && other !== piece) piece.after.add(other);
			}
		}
	}
	return [...pieces.values()];
}

/** The image that this group hands on in memory: looked at by nobody, read by image groups only, cheap to make again. */
function handedOver(draft: DraftGroup, demand: Demand, home: ReadonlyMap<Hash, DraftGroup>): { readonly key: Hash } | null {
	const last = draft.calls.at(-1);
	if (last === undefined || !(draft.backend === 'image' || last.element !== undefined)) return null;
	const ports = portNames(last).filter((port) => last.expected[port]?.kind === 'image');
	const port = ports[0];
	const expected = port === undefined ? undefined : last.expected[port];
	if (port === undefined || expected?.kind !== 'image' || (expected.width ?? 0) * (expected.height ?? 0) * 4 * (expected.frames ?? 1) > MEMORY_LIMIT)
		return null;
	const key = outputKey(last.key, port);
	const readers = demand.readers.get(key) ?? [];
	if (demand.observed.has(key) || readers.length === 0) return null;
	const groups = readers.map((reader) => home.get(reader.key));
	/* A reader with other feeders could wait for something that waits for this group; chains fed by nothing else can't. */
	const simple = groups.every((group) => group !== undefined && group.backend === 'image' && feeders(group, home).every((feeder) => feeder === draft));
	return simple ? { key } : null;
}

function unite(sets: Map<DraftGroup, Set<DraftGroup>>, one: DraftGroup, other: DraftGroup | undefined): void {
	const from = other === undefined ? undefined : sets.get(other);
	const to = sets.get(one);
	if (from === undefined || to === undefined || from === to) return;
	for (const group of from) {
		to.add(group);
		sets.set(group, to);
	}
}

function feeders(draft: DraftGroup, home: ReadonlyMap<Hash, DraftGroup>): DraftGroup[] {
	const makers = draft.calls.flatMap((call) =>
		Object.values(call.inputs)
			.flat()
			.flatMap((value) => makerOf(value) ?? []),
	);
	return [...new Set(makers.flatMap((maker) => home.get(maker.key) ?? []))].filter((group) => group !== draft);
}

function planGroup(draft: DraftGroup, demand: Demand, home: ReadonlyMap<Hash, DraftGroup>, inMemory: ReadonlySet<Hash>): PlannedGroup {
	const reads = new Map<Hash, Value>();
	for (const call of draft.calls) {
		for (const value of Object.values(call.inputs).flat()) {
			const maker = makerOf(value);
			if (maker === undefined || home.get(maker.key) !== draft) reads.set(value.key, value);
		}
	}
	const outputs: GroupOutput[] = [];
	for (const [part, call] of draft.calls.entries()) {
		for (const port of portNames(call)) {
			const key = outputKey(call.key, port);
			const outside = (demand.readers.get(key) ?? []).some((reader) => home.get(reader.key) !== draft);
			/* A task is expensive and makes all its outputs at once: keep them all. */
			if (demand.observed.has(key) || outside || (draft.backend === 'task' && call.element === undefined))
				outputs.push({ key, part, port, keep: inMemory.has(key) ? 'memory' : 'file' });
		}
	}
	return { draft, reads: [...reads.values()], outputs };
}

function portNames(call: Call): string[] {
	return Object.keys(portsOf(call.spec, call.params).outputs);
}
