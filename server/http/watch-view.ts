/** Watches as the page sees them. Part of the interface in `api.ts`. */
import type { Recipe } from '../../nodes/graph.ts';
import type { Problem } from '../../nodes/problems.ts';

/** Whenever something new lies there (looked through every so many seconds), or at certain times: five fields of cron, or `@daily`. */
export type WatchWhen = { readonly type: 'folder'; readonly every: number } | { readonly type: 'schedule'; readonly cron: string };

export interface WatchBody {
	readonly recipe: Recipe;
	/** The source node (of one value) that gets the files, one by one. */
	readonly node: string;
	/** Other source nodes → ids of inputs. */
	readonly bindings: Readonly<Record<string, readonly string[]>>;
	readonly from: { readonly root: string; readonly path: string };
	/** `*.gif`; absent: every file that can be read as the node's kind. */
	readonly pattern?: string;
	readonly recursive: boolean;
	readonly to: { readonly root: string; readonly path: string };
	/** Output naming. */
	readonly name?: string;
	/** `error`: where a file of somebody else's stands; older results of the same file are renewed. */
	readonly existing: 'error' | 'skip' | 'overwrite';
	readonly when: WatchWhen;
}

export interface WatchedItem {
	readonly item: string;
	readonly state: 'done' | 'failed' | 'skipped';
	readonly at: string;
	/** Below the folder of the results. */
	readonly outputs: readonly string[];
	readonly problem: Problem | null;
}

export interface WatchView {
	readonly id: string;
	/** Of its recipe. */
	readonly name: string;
	readonly when: WatchWhen;
	/** `waiting`: for its time. */
	readonly state: 'watching' | 'waiting' | 'working' | 'paused' | 'trouble';
	/** Absolute. */
	readonly from: string;
	readonly to: string;
	/** `waiting`: files that are being written or worked on. */
	readonly counts: { readonly done: number; readonly failed: number; readonly waiting: number };
	/** What keeps it from working at all, such as a folder that is gone. */
	readonly problem: Problem | null;
	/** The newest failure. */
	readonly lastError: WatchedItem | null;
	/** Newest first. */
	readonly recent: readonly WatchedItem[];
	/** Of a schedule. */
	readonly last: string | null;
	readonly next: string | null;
}
