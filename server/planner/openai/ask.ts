/** One question to the model: streamed, limited in time and length, retried with back-off, and humbler with servers that know less. */
import OpenAI from 'openai';
import { Cancelled, RunError } from '../../../nodes/problems.ts';
import { hostOf, isVendor, type ModelConfig, VENDOR_URL } from './config.ts';
import { type Failure, failureOf } from './failure.ts';
import { readJson } from './json.ts';
import { humbler, type Manners, mannersFor, remember } from './ladder.ts';
import type { Tokens } from './prices.ts';
import type { Schema } from './schema.ts';

export interface Message {
	readonly role: 'system' | 'user' | 'assistant';
	readonly content: string;
}

export interface Question {
	readonly messages: readonly Message[];
	/** What the answer must look like. */
	readonly schema: Schema;
	/** Groups questions that begin alike, for the vendor's cache. */
	readonly cacheKey: string;
}

export interface Answer {
	readonly text: string;
	/** null: the server didn't say. */
	readonly tokens: Tokens | null;
	/** The model went on with white space for ever and was stopped; the text isn't whole. */
	readonly stopped: boolean;
}

export interface Line {
	readonly config: ModelConfig;
	readonly signal?: AbortSignal;
	/** Waits so many milliseconds. */
	readonly wait: (milliseconds: number, signal?: AbortSignal) => Promise<void>;
	/** The answer so far, as it arrives. */
	readonly onText?: (text: string) => void;
}

const RETRIES = 2;
/** A server that asks for a longer wait than this (seconds) is reported instead of waited for. */
const LONGEST_WAIT = 60;
const BLANK = /(?:\s|\\[nrt]){400}$/;

/**
 * Asks.
 * @throws RunError `model.…`; Cancelled when the signal aborted.
 */
export async function ask(line: Line, question: Question): Promise<Answer> {
	const { config } = line;
	if (config.key === null && config.baseUrl === null) throw new RunError('model.no-key');
	if (config.baseUrl !== null && !URL.canParse(config.baseUrl)) throw new RunError('model.unreachable', { host: 'OPENAI_BASE_URL' });
	let manners = mannersFor(config);
	for (let attempt = 0; ; ) {
		try {
			const answer = await once(line, question, manners);
			remember(config, manners);
			return answer;
		} catch (error) {
			stopIfAborted(line.signal);
			if (error instanceof RunError) throw error;
			const failure = failureOf(error, config);
			const next = failure.complaint === null ? null : humbler(manners, failure.complaint);
			if (next !== null) {
				manners = next;
				continue;
			}
			const pause = pauseOf(failure, attempt);
			if (pause === null || attempt >= RETRIES) throw failure.problem;
			attempt += 1;
			await line.wait(pause, line.signal);
			stopIfAborted(line.signal);
		}
	}
}

/** A mistake of a listener is ours, and no reason to ask the model again. */
function heard(line: Line, text: string): void {
	try {
		line.onText?.(text);
	} catch (error) {
		throw new RunError('bug', { reason: error instanceof Error ? error.message : String(error) }, {}, error);
	}
}

function stopIfAborted(signal: AbortSignal | undefined): void {
	if (signal?.aborted === true) throw new Cancelled();
}

/** Milliseconds to wait; null: not worth it. */
function pauseOf(failure: Failure, attempt: number): number | null {
	if (!failure.again || (failure.after ?? 0) > LONGEST_WAIT) return null;
	return failure.after === null ? 500 * 2 ** attempt * (1 + Math.random() / 4) : failure.after * 1000;
}

async function once(line: Line, question: Question, manners: Manners): Promise<Answer> {
	const { config } = line;
	const limits = { total: config.timeout ?? 300, idle: config.idle ?? 90 };
	const stop = new AbortController();
	const slow = (seconds: number) => () => stop.abort(new RunError('model.slow', { model: config.model, seconds }, { resource: true }));
	const deadline = setTimeout(slow(limits.total), limits.total * 1000);
	let idle = setTimeout(slow(limits.idle), limits.idle * 1000);
	const signal = line.signal === undefined ? stop.signal : AbortSignal.any([line.signal, stop.signal]);
	try {
		const stream = await clientOf(config).chat.completions.create(requestOf(config, question, manners), { signal });
		let text = '';
		let refusal = '';
		let finish: string | null = null;
		let tokens: Tokens | null = null;
		for await (const chunk of stream) {
			clearTimeout(idle);
			idle = setTimeout(slow(limits.idle), limits.idle * 1000);
			if (chunk.usage) tokens = tokensOf(chunk.usage);
			const choice = chunk.choices?.[0];
			if (choice === undefined) continue;
			refusal += choice.delta?.refusal ?? '';
			finish = choice.finish_reason ?? finish;
			const piece = choice.delta?.content ?? '';
			if (piece === '') continue;
			text += piece;
			if (BLANK.test(text.slice(-1000))) {
				stop.abort();
				return { text, tokens, stopped: true };
			}
			heard(line, text);
		}
		// The client ends an aborted stream quietly.
		stopIfAborted(line.signal);
		if (stop.signal.reason instanceof RunError) throw stop.signal.reason;
		if (refusal !== '' || finish === 'content_filter')
			throw new RunError('model.refused', { model: config.model, reason: refusal === '' ? 'content filter' : refusal.slice(0, 300) });
		if (finish === 'length') throw new RunError('model.too-long', { model: config.model, tokens: tokens?.completion ?? config.maxTokens ?? 16_384 });
		if (finish === null && readJson(text, true) === undefined) throw new Error(`the stream from ${hostOf(config)} ended early`);
		return { text, tokens, stopped: false };
	} catch (error) {
		throw stop.signal.reason instanceof RunError ? stop.signal.reason : error;
	} finally {
		clearTimeout(deadline);
		clearTimeout(idle);
	}
}

function clientOf(config: ModelConfig): OpenAI {
	return new OpenAI({
		apiKey: config.key ?? 'none',
		baseURL: config.baseUrl ?? VENDOR_URL,
		maxRetries: 0,
		logLevel: 'off',
		// The client would send the vendor's organisation and project to any server.
		...(isVendor(config) ? {} : { organization: null, project: null }),
	});
}

function requestOf(config: ModelConfig, question: Question, manners: Manners): OpenAI.ChatCompletionCreateParamsStreaming {
	const may = (field: Manners['without'][number]) => !manners.without.includes(field);
	const { name, schema } = question.schema;
	return {
		model: config.model,
		messages: question.messages.map(({ role, content }) => ({ role, content })),
		stream: true,
		...(manners.rung === 'json_schema' ? { response_format: { type: 'json_schema' as const, json_schema: { name, strict: true, schema } } } : {}),
		...(manners.rung === 'json_object' ? { response_format: { type: 'json_object' as const } } : {}),
		...(may('stream_options') ? { stream_options: { include_usage: true } } : {}),
		...(may('temperature') ? { temperature: 0 } : {}),
		...(manners.limit === null ? {} : { [manners.limit]: config.maxTokens ?? 16_384 }),
		...(isVendor(config) && may('prompt_cache_key') ? { prompt_cache_key: question.cacheKey } : {}),
		...(isVendor(config) && may('store') ? { store: false } : {}),
	};
}

function tokensOf(usage: OpenAI.CompletionUsage): Tokens {
	return { prompt: usage.prompt_tokens, cached: usage.prompt_tokens_details?.cached_tokens ?? 0, completion: usage.completion_tokens };
}
