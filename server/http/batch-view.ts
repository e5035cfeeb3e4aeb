/** Batches, as the page asks for them and sees them; a part of the HTTP interface in `api.ts`. */
import type { Recipe } from '../../nodes/graph.ts';
import type { Words } from '../../nodes/messages/index.ts';
import type { Problem } from '../../nodes/problems.ts';
import type { Failure } from '../batch/failures.ts';
import type { Order } from '../batch/order.ts';
import type { Pairing } from '../batch/pair.ts';
import type { CommitAt } from '../batch/transaction.ts';
import type { KeptFor } from '../batch/undo.ts';
import type { InputBindings } from './api.ts';

/** Files of a granted folder, or chosen ones. */
export type BatchFiles = { readonly root: string; readonly path: string } | { readonly inputs: readonly string[] };
export interface BatchBody {
	readonly recipe: Recipe;
	/** The source node (of one value) that gets one file an item; absent where rows are the items. */
	readonly node?: string;
	/** Other source nodes. */
	readonly bindings: InputBindings;
	/** `rows`: the id of a table, of which each row is an item; `settings`: `node.param` → text with `{column:NAME}` in it. */
	readonly from: BatchFiles | { readonly rows: string; readonly settings: Readonly<Record<string, string>> };
	/** Further source nodes that get a file an item, and how the files go together; absent: by name, where each has a partner. */
	readonly also?: readonly { readonly node: string; readonly from: BatchFiles }[];
	readonly pairing?: Pairing;
	readonly order?: Order;
	/** Only one item of each kind; POST `continue` runs the rest. */
	readonly canary?: boolean;
	/** `*.gif`; absent: every file that can be read as the node's kind. */
	readonly pattern?: string;
	readonly recursive: boolean;
	readonly to: { readonly root: string; readonly path: string };
	/** Output naming, `{name}-{width}.{ext}`. */
	readonly name?: string;
	readonly existing: 'error' | 'skip' | 'overwrite';
	readonly stopOnError: boolean;
	/** `end`: nothing appears unless the batch has ended. */
	readonly commit?: CommitAt;
	/** Seconds for a group of nodes. */
	readonly timeout?: number;
	/** Items that are under way at once. */
	readonly jobs?: number;
}
/** Runs again what failed for one cause, or all that failed. */
export interface RetryBody {
	readonly cause?: string;
	/** With the change that the cause's mend proposes. */
	readonly mend?: boolean;
}
/** A file that nothing is made of. */
export interface PassedOverView {
	readonly item: string;
	readonly input: string;
	/** It is of another kind, or has no partner. */
	readonly reason: 'kind' | 'partner';
}
/** Items that are alike, and the one of them that was tried. */
export interface CanaryView {
	readonly cluster: Words;
	readonly count: number;
	readonly item: string;
	readonly outcome: 'done' | 'failed' | 'skipped' | 'not-tried';
	/** What was made of it. */
	readonly result: { readonly hash: string; readonly format: string } | null;
	readonly problem: Problem | null;
}
export interface ItemView {
	readonly item: string;
	readonly state: 'waiting' | 'running' | 'done' | 'failed' | 'skipped' | 'cached';
	readonly outputs: readonly string[];
	readonly problem: Problem | null;
	readonly seconds?: number;
}
/** What came of undoing a batch; paths below its folder. */
export interface UndoView {
	readonly removed: number;
	readonly restored: number;
	readonly kept: readonly { readonly path: string; readonly reason: KeptFor }[];
}
export interface BatchPreview {
	readonly items: readonly { readonly item: string; readonly outputs: readonly string[] }[];
	readonly passedOver: readonly PassedOverView[];
	readonly problems: readonly Problem[];
}
export interface BatchView {
	readonly id: string;
	readonly name: string;
	readonly state: 'running' | 'done' | 'partial' | 'failed' | 'cancelled' | 'interrupted';
	readonly startedAt: string;
	readonly counts: { readonly total: number; readonly done: number; readonly failed: number; readonly skipped: number; readonly cached: number };
	readonly eta: number | null;
	readonly seconds: number | null;
	readonly items: readonly ItemView[];
	readonly passedOver?: readonly PassedOverView[];
	/** Of a canary: what its items are like. The outcomes are there when it has ended. */
	readonly canary?: readonly CanaryView[];
	readonly paused?: boolean;
	/** Of one that has ended: what failed, by cause. */
	readonly failures?: readonly Failure[];
	readonly undone?: UndoView;
}
export type BatchStreamEvent =
	| { readonly type: 'state'; readonly batch: BatchView }
	| { readonly type: 'item'; readonly item: ItemView; readonly counts: BatchView['counts']; readonly eta: number | null }
	| { readonly type: 'end'; readonly batch: BatchView };
