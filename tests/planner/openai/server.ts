/**
 * A language model for tests: a local server that speaks chat completions as they are on the wire: streamed chunks, usage, errors,
 * and everything that goes wrong in real life. Replies are given in order; each is used once.
 */
import { createServer, type IncomingHttpHeaders, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

export interface ScriptedReply {
	/** What the model writes; an object is written as JSON. */
	readonly says?: string | object;
	/** Characters of one chunk; 24 unless told. */
	readonly chunk?: number;
	readonly usage?: { readonly prompt: number; readonly cached: number; readonly completion: number };
	/** `stop` unless told; null: the stream ends without one. */
	readonly finish?: 'stop' | 'length' | 'content_filter' | null;
	readonly refusal?: string;
	/** An error instead of an answer. */
	readonly status?: number;
	readonly error?: { readonly message: string; readonly code?: string | null; readonly type?: string; readonly param?: string | null };
	readonly headers?: Readonly<Record<string, string>>;
	/** Breaks the connection after the text. */
	readonly cut?: boolean;
	/** Says nothing more and keeps the connection. */
	readonly hang?: boolean;
	/** White space without an end after the text. */
	readonly blank?: boolean;
	/** Called after each chunk; what it returns is awaited before the next. */
	readonly onChunk?: (sent: string) => void | Promise<void>;
}
/** A reply may depend on the request. */
export type Reply = ScriptedReply | ((request: SeenRequest) => ScriptedReply);

export interface SeenRequest {
	readonly path: string;
	readonly headers: IncomingHttpHeaders;
	readonly body: {
		readonly model: string;
		readonly messages: readonly { readonly role: string; readonly content: string }[];
		readonly response_format?: { readonly type: string; readonly json_schema?: { readonly name: string; readonly schema: unknown; readonly strict: boolean } };
		readonly [field: string]: unknown;
	};
}

export interface ModelServer {
	readonly baseUrl: string;
	readonly requests: readonly SeenRequest[];
	/** Adds replies to the end of the queue. */
	reply(...replies: Reply[]): void;
	/** Connections whose client has gone before the answer was complete. */
	readonly abandoned: () => number;
	close(): Promise<void>;
}

/** Starts a server on a free port. */
export async function modelServer(...replies: Reply[]): Promise<ModelServer> {
	const queue = [...replies];
	const requests: SeenRequest[] = [];
	let abandoned = 0;
	const server = createServer(async (incoming, response) => {
		let text = '';
		for await (const piece of incoming) text += String(piece);
		const request: SeenRequest = { path: incoming.url ?? '', headers: incoming.headers, body: JSON.parse(text) };
		requests.push(request);
		response.on('close', () => {
			if (!response.writableFinished) abandoned += 1;
		});
		const next = queue.shift() ?? { status: 500, error: { message: 'the test gave no reply for this request' } };
		await send(response, typeof next === 'function' ? next(request) : next);
	});
	await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
	const { port } = server.address() as AddressInfo;
	return {
		baseUrl: `http://127.0.0.1:${port}/v1`,
		requests,
		reply: (...more) => {
			queue.push(...more);
		},
		abandoned: () => abandoned,
		close: () =>
			new Promise((resolve) => {
				server.closeAllConnections();
				server.close(() => resolve());
			}),
	};
}

async function send(response: ServerResponse, reply: ScriptedReply): Promise<void> {
	if (reply.status !== undefined) {
		response.writeHead(reply.status, { 'content-type': 'application/json', ...reply.headers });
		response.end(JSON.stringify({ error: { type: 'invalid_request_error', code: null, param: null, message: '', ...reply.error } }));
		return;
	}
	response.writeHead(200, { 'content-type': 'text/event-stream', ...reply.headers });
	const event = (value: object) => response.write(`data: ${JSON.stringify(value)}\n\n`);
	const base = { id: 'chatcmpl-1', object: 'chat.completion.chunk', created: 1, model: 'test' };
	const delta = (part: object, finish: string | null = null) => event({ ...base, choices: [{ index: 0, delta: part, finish_reason: finish }] });
	delta({ role: 'assistant', content: '' });
	const text = typeof reply.says === 'object' ? JSON.stringify(reply.says) : (reply.says ?? '');
	const size = reply.chunk ?? 24;
	for (let at = 0; at < text.length; at += size) {
		delta({ content: text.slice(at, at + size) });
		await reply.onChunk?.(text.slice(0, at + size));
	}
	if (reply.refusal !== undefined) delta({ refusal: reply.refusal });
	while (reply.blank === true && !response.destroyed) {
		delta({ content: ' \n\t'.repeat(50) });
		await new Promise((resolve) => setImmediate(resolve));
	}
	if (reply.hang === true) return;
	if (reply.cut === true) {
		response.destroy();
		return;
	}
	if (reply.finish !== null) delta({}, reply.finish ?? 'stop');
	if (reply.usage !== undefined) {
		const { prompt, cached, completion } = reply.usage;
		const usage = { prompt_tokens: prompt, completion_tokens: completion, total_tokens: prompt + completion, prompt_tokens_details: { cached_tokens: cached } };
		event({ ...base, choices: [], usage });
	}
	if (reply.finish !== null) response.write('data: [DONE]\n\n');
	response.end();
}
