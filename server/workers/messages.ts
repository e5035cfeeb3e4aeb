/** What pool and worker say to each other. */
import type { Problem } from '../../nodes/problems.ts';
import type { InspectReply, InspectRequest, LookReply, LookRequest, PieceReply, PieceRequest, RowsReply, RowsRequest } from '../engine/workers.ts';

export type Request = PieceRequest | LookRequest | RowsRequest | InspectRequest;
export type Reply = PieceReply | LookReply | RowsReply | InspectReply;

export type ToWorker =
	| { readonly type: 'do'; readonly id: number; readonly request: Request; readonly threads: number }
	| { readonly type: 'cancel'; readonly id: number };

export type FromWorker =
	| { readonly type: 'ready' }
	| { readonly type: 'progress'; readonly id: number; readonly group: number; readonly share: number }
	| { readonly type: 'done'; readonly id: number; readonly reply: Reply }
	| { readonly type: 'failed'; readonly id: number; readonly problem: Problem };
