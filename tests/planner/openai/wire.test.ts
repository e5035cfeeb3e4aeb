import { createServer } from 'node:net';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { MessageKey } from '../../../nodes/messages/index.ts';
import { say } from '../../../nodes/messages/index.ts';
import { ProblemError } from '../../../nodes/problems.ts';
import type { ModelConfig } from '../../../server/planner/openai/config.ts';
import { planWithModel } from '../../../server/planner/openai/index.ts';
import { forget, mannersFor } from '../../../server/planner/openai/ladder.ts';
import type { Plan } from '../../../server/planner/plan.ts';
import { configFor, KEY, requestFor, SHRINK, shrinkPlan } from './script.ts';
import { type ModelServer, modelServer, type Reply } from './server.ts';

let server: ModelServer;
let waits: number[] = [];
beforeEach(async () => {
	forget();
	waits = [];
	server = await modelServer();
});
afterEach(() => server.close());

const wait = async (milliseconds: number) => {
	waits.push(milliseconds);
};

function plan(config: Partial<ModelConfig> = {}, signal?: AbortSignal): Promise<Plan> {
	return planWithModel(requestFor(SHRINK, signal === undefined ? {} : { signal }), configFor(server, config), { wait });
}

/** The problem that planning ends in; makes sure that it never shows the key, in any language. */
async function problemFrom(promise: Promise<unknown>): Promise<MessageKey> {
	try {
		await promise;
	} catch (error) {
		if (!(error instanceof ProblemError)) throw error;
		const shown = [error.message, error.stack, JSON.stringify(error.problem), String(error.cause), say('zh', error.problem.key, error.problem.values)].join(
			'\n',
		);
		expect(shown).not.toContain(KEY);
		expect(shown).not.toMatch(/\{\w+\}/);
		return error.problem.key;
	}
	throw new Error('it did not fail');
}

const GOOD: Reply = { says: shrinkPlan() };
const busy = (headers: Record<string, string> = {}): Reply => ({ status: 429, error: { message: 'Rate limit reached', code: 'rate_limit_exceeded' }, headers });

describe('errors of the server', () => {
	it.each<[string, Reply, MessageKey]>([
		['a wrong key', { status: 401, error: { message: `Incorrect API key provided: ${KEY}.`, code: 'invalid_api_key' } }, 'model.wrong-key'],
		['a key without the right', { status: 403, error: { message: `${KEY} may not` } }, 'model.not-allowed'],
		['a model that is not there', { status: 404, error: { message: 'The model `x` does not exist', code: 'model_not_found' } }, 'model.no-such-model'],
		['a path that is not there', { status: 404, error: { message: 'page not found' } }, 'model.unreachable'],
		['an empty account', { status: 429, error: { message: 'You exceeded your current quota', code: 'insufficient_quota' } }, 'model.quota'],
		[
			'too long a question',
			{ status: 400, error: { message: "This model's maximum context length is 8192 tokens.", code: 'context_length_exceeded' } },
			'model.context',
		],
		['a refusal', { refusal: 'I can not help with that.' }, 'model.refused'],
		['a content filter', { says: '{', finish: 'content_filter' }, 'model.refused'],
		['an answer cut at the limit', { says: '{"understanding": "so', finish: 'length' }, 'model.too-long'],
	])('%s is said plainly, and not tried again', async (_, reply, key) => {
		server.reply(reply, GOOD);
		expect(await problemFrom(plan())).toBe(key);
		expect(server.requests).toHaveLength(1);
	});

	it('no key is noticed before anything is sent', async () => {
		expect(await problemFrom(plan({ key: null, baseUrl: null }))).toBe('model.no-key');
	});

	it('a server without keys is asked without one', async () => {
		server.reply(GOOD);
		expect((await plan({ key: null })).outcome).toBe('planned');
	});

	it('a refused connection is said plainly', async () => {
		const port = await freePort();
		expect(await problemFrom(plan({ baseUrl: `http://127.0.0.1:${port}/v1` }))).toBe('model.unreachable');
		expect(waits).toEqual([]);
	});

	it('a base URL that is none is said plainly', async () => {
		expect(await problemFrom(plan({ baseUrl: 'not a url' }))).toBe('model.unreachable');
	});
});

describe('retries', () => {
	it('waits as long as Retry-After says', async () => {
		server.reply(busy({ 'retry-after': '7' }), GOOD);
		expect((await plan()).outcome).toBe('planned');
		expect(waits).toEqual([7000]);
	});

	it('tries twice more with growing pauses, then says so', async () => {
		server.reply({ status: 503, error: { message: 'overloaded' } }, { status: 503 }, { status: 503 }, GOOD);
		expect(await problemFrom(plan())).toBe('model.failed');
		expect(waits).toHaveLength(2);
		expect(waits[1]).toBeGreaterThan(waits[0] ?? 0);
	});

	it('does not wait for minutes', async () => {
		server.reply(busy({ 'retry-after': '3600' }), GOOD);
		expect(await problemFrom(plan())).toBe('model.busy');
		expect(waits).toEqual([]);
	});

	it('asks again when the connection is cut', async () => {
		server.reply({ says: JSON.stringify(shrinkPlan()).slice(0, 40), cut: true }, GOOD);
		expect((await plan()).outcome).toBe('planned');
		expect(waits).toHaveLength(1);
	});

	it('asks again when the stream ends without an end', async () => {
		server.reply({ says: JSON.stringify(shrinkPlan()).slice(0, 60), finish: null }, GOOD);
		expect((await plan()).outcome).toBe('planned');
		expect(server.requests).toHaveLength(2);
	});
});

describe('the ladder', () => {
	const objects: Reply = { status: 400, error: { message: "'response_format.type' must be one of 'text', 'json_object'", param: 'response_format' } };
	const nothing: Reply = { status: 400, error: { message: 'response_format is not supported' } };

	it('goes down a rung when a schema is not taken, and remembers it for this server and model', async () => {
		server.reply(objects, GOOD, GOOD, GOOD);
		await plan();
		await plan();
		await plan({ model: 'another' });
		expect(server.requests.map((request) => request.body.response_format?.type)).toEqual(['json_schema', 'json_object', 'json_object', 'json_schema']);
	});

	it('ends at plain text, with fences stripped and talk left out', async () => {
		const fenced = `Sure! Here is the plan:\n\`\`\`json\n${JSON.stringify(shrinkPlan(), null, 2)}\n\`\`\`\nEnjoy.`;
		server.reply(objects, nothing, { says: fenced });
		expect((await plan()).outcome).toBe('planned');
		expect(server.requests[2]?.body).not.toHaveProperty('response_format');
	});

	it('mends JSON that is nearly right', async () => {
		const text = JSON.stringify(shrinkPlan()).replaceAll('"', "'").replace(/\]\}$/, '],}');
		server.reply({ says: text });
		expect((await plan()).outcome).toBe('planned');
		expect(server.requests).toHaveLength(1);
	});

	it('leaves out what a server does not know, without losing the schema', async () => {
		server.reply(
			{ status: 400, error: { message: "Unsupported parameter: 'stream_options'", param: 'stream_options' } },
			{ status: 400, error: { message: "Unsupported value: 'temperature' does not support 0", param: 'temperature' } },
			{ status: 400, error: { message: "Unsupported parameter: 'max_tokens'. Use 'max_completion_tokens' instead.", param: 'max_tokens' } },
			GOOD,
		);
		await plan();
		expect(server.requests[3]?.body).toMatchObject({ max_completion_tokens: 16384, response_format: { type: 'json_schema' } });
		for (const field of ['stream_options', 'temperature', 'max_tokens']) expect(server.requests[3]?.body).not.toHaveProperty(field);
		expect(mannersFor(configFor(server)).without).toEqual(['stream_options', 'temperature']);
	});

	it('reports a bad request that no humbler question helps', async () => {
		const bad: Reply = { status: 400, error: { message: 'no' } };
		server.reply(bad, bad, bad, bad, bad);
		expect(await problemFrom(plan())).toBe('model.failed');
		expect(server.requests.length).toBeLessThanOrEqual(4);
	});
});

describe('output that is no plan', () => {
	it('is asked for again, twice at most', async () => {
		const talk: Reply = { says: 'I would first resize the picture.' };
		server.reply(talk, talk, talk, GOOD);
		expect(await problemFrom(plan())).toBe('model.malformed');
		expect(server.requests).toHaveLength(3);
	});

	it('is stopped when white space comes without an end', async () => {
		server.reply({ says: '{"understanding": "x", ', blank: true }, GOOD);
		expect((await plan()).outcome).toBe('planned');
		expect(server.requests).toHaveLength(2);
		await expect.poll(() => server.abandoned()).toBe(1);
	});
});

describe('time', () => {
	it('a server that falls silent is given up', async () => {
		server.reply({ says: '{"under', hang: true });
		expect(await problemFrom(plan({ idle: 0.2 }))).toBe('model.slow');
		await expect.poll(() => server.abandoned()).toBe(1);
	});

	it('a server that goes on for ever is given up', async () => {
		const slow: Reply = { says: JSON.stringify(shrinkPlan()), chunk: 1, onChunk: () => new Promise((resolve) => setTimeout(resolve, 20)) };
		server.reply(slow);
		expect(await problemFrom(plan({ timeout: 0.3 }))).toBe('model.slow');
	});

	it('stops at once when it is cancelled', async () => {
		const stop = new AbortController();
		server.reply({ says: '{"under', hang: true, onChunk: () => stop.abort() });
		expect(await problemFrom(plan({}, stop.signal))).toBe('run.cancelled');
		await expect.poll(() => server.abandoned()).toBe(1);
	});
});

async function freePort(): Promise<number> {
	const probe = createServer();
	await new Promise<void>((resolve) => probe.listen(0, '127.0.0.1', resolve));
	const address = probe.address();
	await new Promise((resolve) => probe.close(resolve));
	return typeof address === 'object' && address !== null ? address.port : 1;
}
