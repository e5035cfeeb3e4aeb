/** What the engine needs of the processes in which users' bytes are opened. The local pool is in `server/workers/`; a remote one would do the same. */
import type { Column } from '../../nodes/define.ts';
import type { CheckProperty } from '../../nodes/graph.ts';
import type { Problem } from '../../nodes/problems.ts';
import type { TableReading } from '../backends/table/reading.ts';
import type { Group, Hash, Reading } from './group.ts';
import type { Result } from './stores.ts';

/** Groups that run one after the other in one process, so that pixels can be handed over in memory. */
export interface PieceRequest {
	readonly type: 'piece';
	readonly groups: readonly Group[];
}
/** A look at a user's file. */
export interface LookRequest {
	readonly type: 'look';
	readonly path: string;
	readonly name: string;
	/** Reads large tables to their end, where their beginning would do. */
	readonly thorough?: boolean;
}
/** First rows of a table. */
export interface RowsRequest {
	readonly type: 'rows';
	readonly path: string;
	readonly format: string;
	readonly count: number;
	/** Values as they stand in the file, each a text; absent: by the columns' types. */
	readonly texts?: boolean;
}

/** Properties of a finished file that its metadata does not hold. */
export interface InspectRequest {
	readonly type: 'inspect';
	readonly path: string;
	readonly format: string;
	readonly properties: readonly CheckProperty[];
}

/** How a table's file is read, for scripts. */
export interface ReadingRequest {
	readonly type: 'reading';
	readonly path: string;
	readonly format: string;
	readonly name: string;
	/** As a look found them. */
	readonly columns: readonly Column[] | null;
}
export type ReadingReply = TableReading;

/** Everything that was finished, also when a later group failed. */
export interface PieceReply {
	readonly made: readonly { readonly key: Hash; readonly result: Result }[];
	/** Seconds of each group that finished. */
	readonly seconds: readonly number[];
	readonly failed: { readonly group: number; readonly problem: Problem } | null;
}
export type LookReply = Reading & { readonly content: Hash; readonly bytes: number };
export type RowsReply = readonly Readonly<Record<string, unknown>>[];

export interface InspectReply {
	/** Null: the file has no such property. */
	readonly properties: Readonly<Partial<Record<CheckProperty, string | number | boolean | null>>>;
}

export interface WorkOptions {
	/** Of the budget of cores. */
	readonly threads?: number;
	/** Of the budget of memory: bytes that it will hold at most, roughly. */
	readonly memory?: number;
	readonly priority?: 'interactive' | 'batch';
	/** Whose work it is: one run's pieces share the budget of cores, another's interactive work needn't wait for them. */
	readonly run?: object;
	readonly signal?: AbortSignal;
	/** Seconds. */
	readonly timeout?: number;
	/** Group of the piece, and its share done. */
	readonly onProgress?: (group: number, share: number) => void;
	/** The work has left the queue. */
	readonly onStart?: () => void;
}

export interface Workers {
	readonly cores: number;
	/** @throws RunError `run.worker-died`, `run.timeout` (both `resource`); Cancelled. What a backend says comes in the reply. */
	piece(request: PieceRequest, options?: WorkOptions): Promise<PieceReply>;
	/** @throws RunError for files that can't be read. */
	look(request: LookRequest, options?: WorkOptions): Promise<LookReply>;
	rows(request: RowsRequest, options?: WorkOptions): Promise<RowsReply>;
	inspect(request: InspectRequest, options?: WorkOptions): Promise<InspectReply>;
	/** @throws RunError for files that can't be read in one SELECT. */
	reading(request: ReadingRequest, options?: WorkOptions): Promise<ReadingReply>;
	close(): Promise<void>;
}
