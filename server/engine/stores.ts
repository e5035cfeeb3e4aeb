/** What the engine needs of a store. Implementations live in `server/stores/`. */
import type { Metadata, Params } from '../../nodes/define.ts';
import type { Hash } from './group.ts';

/** Bytes in the store, and what they are. */
export interface Stored {
	readonly content: Hash;
	readonly bytes: number;
	readonly metadata: Metadata;
}

/** What a derivation gave: one value, or a list. */
export type Result = { readonly value: Stored } | { readonly values: readonly Stored[] };

export interface Results {
	/** The result of a derivation, if it was made before and its bytes are still there and whole. */
	get(key: Hash): Result | null;
	/** All in one transaction. */
	put(entries: readonly { readonly key: Hash; readonly result: Result }[]): void;
}

export interface Artifacts {
	/** Where the bytes with this hash are, or would be. */
	path(content: Hash): string;
	/** A new private folder on the store's disk. */
	temporary(): Promise<string>;
}

/** How a node's value was made. */
export interface Past {
	readonly key: Hash;
	readonly spec: string;
	readonly version: string;
	readonly params: Params;
}

/** How the values of each recipe's nodes were made the last time. */
export interface Lineage {
	last(place: Hash): Past | null;
	note(entries: readonly { readonly place: Hash; readonly past: Past }[]): void;
}
