import { readFile } from 'node:fs/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Cancelled } from '../../nodes/problems.ts';
import type { Input, PlanEvent } from '../../server/http/api.ts';
import type { Plan, PlanRequest } from '../../server/planner/plan.ts';
import { fixture } from '../fixtures/index.ts';
import { resizeRecipe } from './requests.ts';
import { readEvents, startServer, type TestServer } from './server.ts';

const recipe = resizeRecipe(100);
const planned: Plan = {
	outcome: 'planned',
	recipe,
	ledger: [],
	checks: [],
	assumptions: [],
	questions: [],
	refusals: [],
	notUnderstood: [],
	bindings: { photo: [0] },
	confidence: 1,
	usage: { planner: 'offline', model: null, tokens: null, cost: null },
	tried: null,
};

/** Settles two nodes, waits until the test says so, and settles the third. */
const asked: PlanRequest[] = [];
let goOn = () => {};
async function plan(request: PlanRequest): Promise<Plan> {
	asked.push(request);
	if (request.goal === 'fail') throw new Error('no idea');
	request.onNode?.('photo', recipe);
	request.onNode?.('small', recipe);
	await new Promise<void>((resolve, reject) => {
		goOn = resolve;
		request.signal?.addEventListener('abort', () => reject(new Cancelled()));
	});
	request.onNode?.('save', recipe);
	return planned;
}

let server: TestServer;
let input: Input;
beforeAll(async () => {
	server = await startServer(() => ({ plan }));
	input = (await server.ask('POST', '/api/inputs?name=a.jpg', { body: await readFile(fixture('photo')) })).json<Input>();
});
afterAll(() => server.close());

const start = async (goal: string, more: object = {}) => {
	const reply = await server.ask('POST', '/api/plans', { body: { goal, inputs: [input.id], planner: 'offline', language: 'en', ...more } });
	expect(reply.status).toBe(201);
	return reply.json<{ id: string }>().id;
};

describe('a plan', () => {
	it('is streamed as it is made, and picked up again after a lost connection', async () => {
		const id = await start('make it small');
		const first = await readEvents<PlanEvent>(server, `/api/plans/${id}/events`, undefined, (events) => events.length === 3);
		expect(first.map(({ id, event }) => [id, event.type])).toEqual([
			[0, 'state'],
			[1, 'node'],
			[2, 'node'],
		]);
		const second = readEvents<PlanEvent>(server, `/api/plans/${id}/events`, 1, (events) => {
			if (events.length === 2) goOn();
			return false;
		});
		expect((await second).map(({ id, event }) => [id, event.type])).toEqual([
			[1, 'state'],
			[2, 'node'],
			[3, 'node'],
			[4, 'planned'],
		]);
		expect((await second).at(-1)?.event).toMatchObject({ plan: { outcome: 'planned' }, bindings: { photo: [input.id] } });
		const again = await readEvents<PlanEvent>(server, `/api/plans/${id}/events`);
		expect(again.map(({ id }) => id)).toEqual([0, 1, 2, 3, 4]);
	});

	it('of a change keeps the files that the recipe was bound to', async () => {
		const id = await start('make it smaller', { inputs: [], recipe, bindings: { photo: [input.id], elsewhere: [] } });
		goOn();
		const events = await readEvents<PlanEvent>(server, `/api/plans/${id}/events`);
		expect(events.at(-1)?.event).toMatchObject({ type: 'planned', bindings: { photo: [input.id] } });
		expect(asked.at(-1)).toMatchObject({ recipe, sources: [{ name: 'a.jpg', format: 'jpeg' }] });
	});

	it('can be cancelled', async () => {
		const id = await start('make it small');
		expect((await server.ask('DELETE', `/api/plans/${id}`)).status).toBe(204);
		expect((await readEvents<PlanEvent>(server, `/api/plans/${id}/events`)).at(-1)?.event).toMatchObject({ type: 'failed', problem: { type: 'cancelled' } });
	});

	it('that fails says why', async () => {
		const id = await start('fail');
		expect((await readEvents<PlanEvent>(server, `/api/plans/${id}/events`)).at(-1)?.event).toMatchObject({ type: 'failed', problem: { key: 'bug' } });
	});

	it('wants a goal and inputs that exist', async () => {
		const ask = (body: object) => server.ask('POST', '/api/plans', { body: { goal: 'x', inputs: [], planner: 'offline', language: 'en', ...body } });
		expect((await ask({ goal: '' })).status).toBe(400);
		expect((await ask({ planner: 'other' })).status).toBe(400);
		expect((await ask({ inputs: ['0'.repeat(24)] })).json().problem.key).toBe('input.unknown');
		expect((await server.ask('GET', '/api/plans/none/events')).json().problem.key).toBe('plan.unknown');
	});
});
