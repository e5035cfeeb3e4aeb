/** Errors as replies: `{ problem }` with a fitting status. */
import type { ErrorRequestHandler } from 'express';
import type { MessageKey, Values } from '../../nodes/messages/index.ts';
import { type Problem, ProblemError, problemOf } from '../../nodes/problems.ts';
import type { ErrorReply } from './api.ts';

/** A request that can't be answered as it is. */
export class Refusal extends ProblemError {
	override readonly name = 'Refusal';
	readonly status: number;
	/** What else the reply holds. */
	readonly also: object;
	constructor(status: number, key: MessageKey, values: Values = {}, also: object = {}) {
		super({ type: 'graph', key, values });
		this.status = status;
		this.also = also;
	}
}

/** Turns whatever a route threw into a reply; what is our fault is also logged. */
export const replyWithProblem: ErrorRequestHandler = (error: unknown, _request, response, _next) => {
	if (response.headersSent) {
		response.destroy();
		return;
	}
	const { status, problem, also } = readError(error);
	if (status >= 500 && !(error instanceof Refusal)) console.error(error);
	const body: ErrorReply = { ...also, problem };
	response.status(status).json(body);
};

function readError(error: unknown): { readonly status: number; readonly problem: Problem; readonly also?: object } {
	if (error instanceof Refusal) return { status: error.status, problem: error.problem, also: error.also };
	if (error instanceof ProblemError) return { status: statusOf(error.problem), problem: error.problem };
	const parsing = bodyError(error);
	if (parsing !== null) return parsing;
	const { detail: _, ...problem } = problemOf(error);
	return { status: 500, problem };
}

function statusOf(problem: Problem): number {
	if (problem.key === 'input.not-found') return 404;
	if (problem.type === 'cancelled') return 409;
	return problem.type === 'bug' ? 500 : 422;
}

/** What express says of a request that it can't parse: it has a 4xx `status`. */
function bodyError(error: unknown): { readonly status: number; readonly problem: Problem } | null {
	if (!(error instanceof Error) || !('status' in error) || typeof error.status !== 'number' || error.status < 400 || error.status > 499) return null;
	if (error.status === 413) return { status: 413, problem: { type: 'graph', key: 'http.too-large', values: { limit: limitOf(error) } } };
	return { status: 400, problem: { type: 'graph', key: 'http.body', values: { reason: error.message } } };
}

function limitOf(error: Error): string {
	return 'limit' in error && typeof error.limit === 'number' ? readableBytes(error.limit) : '?';
}

/** `64 MB`. */
export function readableBytes(bytes: number): string {
	const units = ['bytes', 'kB', 'MB', 'GB', 'TB'];
	const power = Math.min(units.length - 1, Math.floor(Math.log(Math.max(1, bytes)) / Math.log(1024)));
	return `${Math.round((bytes / 1024 ** power) * 10) / 10} ${units[power]}`;
}
