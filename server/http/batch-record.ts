import type { BatchBody, BatchView } from './api.ts';

/** A batch as the ledger keeps it: what was asked, and how far it is. */
export interface BatchRecord {
	readonly body: BatchBody;
	readonly view: BatchView;
	/** The batch under whose id it notes what it writes: the one that it goes on with, or itself. Absent in old entries. */
	readonly writing?: string;
}
