/** What must be made so that the wanted values exist: everything upstream that the store doesn't have. */
import type { Hash } from './group.ts';
import type { Result } from './stores.ts';
import type { Call, Value } from './values.ts';

export interface Demand {
	/** Calls to make, each after what it reads. */
	readonly calls: readonly Call[];
	/** Values that somebody looks at, or that must exist as bytes for another reason: they are never swallowed by fusion. */
	readonly observed: ReadonlySet<Hash>;
	/** How often each value is read by the calls to make. */
	readonly readers: ReadonlyMap<Hash, readonly Call[]>;
	/** Values that were in the store (or are sources). */
	readonly present: ReadonlyMap<Hash, Value>;
}

export function demand(wanted: readonly Value[], known: (key: Hash) => Result | null): Demand {
	const calls = new Map<Hash, Call>();
	const present = new Map<Hash, Value>();
	const readers = new Map<Hash, Call[]>();
	const need = (value: Value): void => {
		const made = present.has(value.key) ? null : toMake(value, known);
		if (made === null) present.set(value.key, value);
		else if (!calls.has(made.key)) visit(made);
	};
	const visit = (made: Call): void => {
		for (const value of Object.values(made.inputs).flat()) {
			need(value);
			const key = bytesOf(value).key;
			readers.set(key, [...(readers.get(key) ?? []), made]);
		}
		calls.set(made.key, made);
	};
	for (const value of wanted) need(value);
	return { calls: [...calls.values()], observed: new Set(wanted.map((value) => bytesOf(value).key)), readers, present };
}

/** The value whose making gives these bytes: an element of a list is made with the whole. */
export function bytesOf(value: Value): Value {
	return value.origin.type === 'element' ? value.origin.whole : value;
}

/** Null: nothing has to be made. */
function toMake(value: Value, known: (key: Hash) => Result | null): Call | null {
	if (value.origin.type === 'source') return null;
	const whole = bytesOf(value);
	if (whole.origin.type !== 'made' || known(whole.key) !== null) return null;
	return whole.origin.call;
}
