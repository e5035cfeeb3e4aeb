/** What a batch is asked for, what it tells on its way, and what it gives. */
import type { Recipe } from '../../nodes/graph.ts';
import type { Problem } from '../../nodes/problems.ts';
import type { Bindings, CheckResult, Output, RunEvent } from '../engine/engine.ts';
import type { Gate } from './gate.ts';
import type { Item } from './items.ts';
import type { Recorder } from './record.ts';
import type { CommitAt, Existing } from './transaction.ts';

export interface BatchRequest {
	readonly recipe: Recipe;
	readonly items: readonly Item[];
	/** Items that run now; absent: all. Names are given as if all of them did. */
	readonly only?: ReadonlySet<string>;
	/** Files of the source nodes that are the same for every item. */
	readonly bindings: Bindings;
	readonly out: string;
	/** Overrides every saver's own. */
	readonly name?: string;
	readonly keepFolders?: boolean;
	readonly existing: Existing;
	/** `item` unless told: with `end` nothing appears unless the batch has ended. */
	readonly commit?: CommitAt;
	readonly stopOnError?: boolean;
	/** Items that are under way at once; twice the cores unless told. */
	readonly jobs?: number;
	readonly timeout?: number;
	readonly signal?: AbortSignal;
	readonly onEvent?: (event: BatchEvent) => void;
	/** Single runs are interactive. */
	readonly priority?: 'interactive' | 'batch';
	readonly earlier?: Earlier;
	/** Notes what is written; absent: the batch can't be undone. */
	readonly record?: Recorder;
	/** Holds it between items. */
	readonly gate?: Gate;
}

/** What earlier batches of the same making wrote into the same folder: an item's own results may be renewed, those of others are told apart. */
export interface Earlier {
	/** The item that a file is the result of; null: the file is none of ours, or was changed since. */
	ownerOf(path: string): string | null;
	/** Called before a result is written, and when it stands there. */
	writing(item: string, path: string): void;
	wrote(item: string, path: string): void;
}

export interface WrittenFile {
	/** Absolute. */
	readonly path: string;
	readonly output: Output;
}

export type ItemState = 'waiting' | 'running' | 'done' | 'cached' | 'failed' | 'skipped';

export interface ItemResult {
	readonly item: string;
	readonly state: ItemState;
	readonly files: readonly WrittenFile[];
	/** Results that no node saves. */
	readonly answers: readonly Output[];
	readonly checks: readonly CheckResult[];
	readonly problems: readonly Problem[];
	/** Absent: it didn't run. */
	readonly seconds?: number;
}

export interface Counts {
	readonly total: number;
	readonly done: number;
	readonly failed: number;
	readonly skipped: number;
	readonly cached: number;
}

export type BatchEvent =
	| { readonly type: 'item'; readonly result: ItemResult; readonly counts: Counts /** Seconds. */; readonly eta: number | null }
	/** Of a batch of one item: what its nodes do. */
	| { readonly type: 'run'; readonly event: RunEvent };

export interface BatchResult {
	readonly items: readonly ItemResult[];
	readonly counts: Counts;
	readonly seconds: number;
	readonly state: 'done' | 'partial' | 'failed' | 'cancelled';
	/** What stopped it before anything ran. */
	readonly problems: readonly Problem[];
}
