/** Undo and redo as patches: what changed is kept, not copies of the whole. */
import { applyPatches, type Draft, enablePatches, type Patch, produceWithPatches } from 'immer';

enablePatches();

interface Entry {
	readonly patches: readonly Patch[];
	readonly inverse: readonly Patch[];
	/** Changes with the same key, soon after each other, are undone together. */
	readonly merge: string | null;
	readonly at: number;
}

/** A value with its past and its future. */
export interface Timeline<T> {
	readonly value: T;
	readonly past: readonly Entry[];
	readonly future: readonly Entry[];
}

const LIMIT = 300;
const MERGE_WITHIN = 1200;

export function begin<T>(value: T): Timeline<T> {
	return { value, past: [], future: [] };
}

/**
 * Applies a change.
 * @param merge changes with this key within 1.2 s of each other become one entry (a slider that is being moved).
 * @param now milliseconds.
 */
export function changed<T>(timeline: Timeline<T>, change: (draft: Draft<T>) => void, merge: string | null = null, now: number = Date.now()): Timeline<T> {
	const [value, patches, inverse] = produceWithPatches(timeline.value, (draft: Draft<T>) => {
		change(draft);
	});
	if (patches.length === 0) return timeline;
	const last = timeline.past.at(-1);
	if (last !== undefined && merge !== null && last.merge === merge && now - last.at < MERGE_WITHIN) {
		const joined: Entry = { patches: [...last.patches, ...patches], inverse: [...inverse, ...last.inverse], merge, at: now };
		return { value, past: [...timeline.past.slice(0, -1), joined], future: [] };
	}
	return { value, past: [...timeline.past, { patches, inverse, merge, at: now }].slice(-LIMIT), future: [] };
}

export function undone<T extends object>(timeline: Timeline<T>): Timeline<T> {
	const last = timeline.past.at(-1);
	if (last === undefined) return timeline;
	return { value: applyPatches(timeline.value, last.inverse), past: timeline.past.slice(0, -1), future: [{ ...last, merge: null }, ...timeline.future] };
}

export function redone<T extends object>(timeline: Timeline<T>): Timeline<T> {
	const [next, ...future] = timeline.future;
	if (next === undefined) return timeline;
	return { value: applyPatches(timeline.value, next.patches), past: [...timeline.past, next], future };
}
