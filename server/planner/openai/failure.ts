/** What went wrong between here and the model, as a problem that people can act on. Never holds the key, nor a server's raw text. */
import { APIConnectionError, APIError } from 'openai';
import { RunError } from '../../../nodes/problems.ts';
import { hostOf, type ModelConfig } from './config.ts';

export interface Failure {
	readonly problem: RunError;
	/** Asking again may help. */
	readonly again: boolean;
	/** Seconds that the server asked to wait. */
	readonly after: number | null;
	/** What the server said against the request itself, in lower case; null when it isn't about the request's form. */
	readonly complaint: string | null;
}

/** Classifies what the client threw. */
export function failureOf(thrown: unknown, config: ModelConfig): Failure {
	const host = hostOf(config);
	const values = { host, model: config.model };
	const fail = (problem: RunError, more: Partial<Failure> = {}): Failure => ({ problem, again: false, after: null, complaint: null, ...more });
	if (thrown instanceof APIConnectionError) {
		const gone = /ECONNREFUSED|ENOTFOUND|EAI_AGAIN|ERR_INVALID_URL|Invalid URL/.test(causes(thrown));
		return fail(new RunError(gone ? 'model.unreachable' : 'model.cut', values, { resource: true }), { again: !gone });
	}
	if (!(thrown instanceof APIError)) return fail(new RunError('model.cut', values, { resource: true }), { again: true });
	const said = `${thrown.code ?? ''} ${thrown.type ?? ''} ${thrown.param ?? ''} ${thrown.message}`.toLowerCase();
	const status = thrown.status ?? 0;
	const after = retryAfter(thrown.headers);
	if (status === 401) return fail(new RunError(config.key === null ? 'model.no-key' : 'model.wrong-key', values));
	if (status === 402 || /insufficient_quota|billing_hard_limit|exceeded your current quota/.test(said)) return fail(new RunError('model.quota', values));
	if (status === 403) return fail(new RunError('model.not-allowed', values));
	if (/model_not_found|invalid_model|model .*(not found|does not exist)/.test(said)) return fail(new RunError('model.no-such-model', values));
	if (status === 404) return fail(new RunError('model.unreachable', values));
	if (/content_filter|content_policy/.test(said)) return fail(new RunError('model.refused', { ...values, reason: 'content filter' }));
	if (status === 413 || /context_length_exceeded|maximum context length|context window|available context size/.test(said)) {
		// Some servers count the room for the answer as well, and take the question without a limit.
		const complaint = /completion|max_tokens/.test(said) ? 'max_tokens' : null;
		return fail(new RunError('model.context', values), { complaint });
	}
	if (status === 429) return fail(new RunError('model.busy', { ...values, seconds: Math.ceil(after ?? 20) }, { resource: true }), { again: true, after });
	if (status === 400 || status === 422 || status === 501) return fail(new RunError('model.failed', { ...values, status }), { complaint: said });
	// A server that can't compile the schema answers 500 and means the request.
	const schema = status >= 500 && /response_format|json_schema|grammar|format/.test(said);
	const retry = status === 0 || status === 408 || status === 409 || status >= 500;
	return fail(new RunError('model.failed', { ...values, status: status === 0 ? 'error' : status }, { resource: true }), {
		again: retry && !schema,
		after,
		complaint: schema ? said : null,
	});
}

/** Seconds of a Retry-After header, given as seconds or as a date. */
function retryAfter(headers: Headers | undefined): number | null {
	const exact = Number.parseFloat(headers?.get('retry-after-ms') ?? '');
	if (Number.isFinite(exact)) return Math.max(0, exact / 1000);
	const text = headers?.get('retry-after') ?? '';
	const seconds = /^\d+(\.\d+)?$/.test(text) ? Number(text) : (Date.parse(text) - Date.now()) / 1000;
	return Number.isFinite(seconds) ? Math.max(0, seconds) : null;
}

/** Messages and codes of an error and of what caused it. */
function causes(error: unknown): string {
	if (!(error instanceof Error)) return '';
	const code = 'code' in error ? String(error.code) : '';
	const inner = error instanceof AggregateError ? error.errors.map(causes).join(' ') : '';
	return `${code} ${error.message} ${inner} ${causes(error.cause)}`;
}
