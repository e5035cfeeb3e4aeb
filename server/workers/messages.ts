/** What pool and worker say to each other. */
import type { Problem } from '../../nodes/problems.ts';
import type {
	InspectReply,
	InspectRequest,
	LookReply,
	LookRequest,
	PieceReply,
	PieceRequest,
	ReadingReply,
	ReadingRequest,
	RowsReply,
	RowsRequest,
} from '../engine/workers.ts';

export type Request = PieceRequest | LookRequest | RowsRequest | InspectRequest | ReadingRequest;
export type Reply = PieceReply | LookReply | RowsReply | InspectReply | ReadingReply;

export type ToWorker =
	| { readonly type: 'do'; readonly id: number; readonly request: Request; readonly threads: number /** Bytes. */; readonly memory: number }
	| { readonly type: 'cancel'; readonly id: number }
	/** Load what these specs need, while there is nothing else to do. */
	| { readonly type: 'warm'; readonly specs: readonly string[] };

export type FromWorker =
	| { readonly type: 'ready' }
	| { readonly type: 'progress'; readonly id: number; readonly group: number; readonly share: number }
	| { readonly type: 'done'; readonly id: number; readonly reply: Reply }
	| { readonly type: 'failed'; readonly id: number; readonly problem: Problem };
