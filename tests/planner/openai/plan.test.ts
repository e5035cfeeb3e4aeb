import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Recipe } from '../../../nodes/graph.ts';
import { RunError } from '../../../nodes/problems.ts';
import { foretell, planWithModel } from '../../../server/planner/openai/index.ts';
import { forget } from '../../../server/planner/openai/ladder.ts';
import { configFor, done, KEY, people, photo, requestFor, SHRINK, shrinkPlan, sourceOf, step } from './script.ts';
import { type ModelServer, modelServer } from './server.ts';

let server: ModelServer;
beforeEach(async () => {
	forget();
	server = await modelServer();
});
afterEach(() => server.close());

describe('a plan by a model', () => {
	it('becomes a recipe with bindings, checks and a ledger', async () => {
		server.reply({ says: shrinkPlan(), usage: { prompt: 3000, cached: 2000, completion: 200 } });
		const plan = await planWithModel(requestFor(SHRINK), configFor(server));
		expect(plan.outcome).toBe('planned');
		expect(plan.recipe?.graph.nodes).toMatchObject({
			in1: { spec: 'io.file', params: { kind: 'image' } },
			shrink: { spec: 'image.resize', params: { width: 100 } },
			save: { spec: 'image.save', params: { format: 'png' } },
		});
		expect(plan.recipe?.graph.edges).toEqual([
			{ from: 'in1.value', to: 'shrink.image' },
			{ from: 'shrink.image', to: 'save.image' },
		]);
		expect(plan.bindings).toEqual({ in1: [0] });
		expect(plan.checks).toEqual([{ node: 'save', property: 'width', compare: '=', value: 100 }]);
		expect(plan.ledger).toEqual([
			{ part: 'shrink to 100 px', status: 'done', node: 'shrink' },
			{ part: 'save as png', status: 'done', node: 'save' },
		]);
		expect(plan.usage).toEqual({
			planner: 'openai',
			model: 'gpt-4.1',
			tokens: { prompt: 3000, cached: 2000, completion: 200 },
			cost: (1000 * 2 + 2000 * 0.5 + 200 * 8) / 1e6,
		});
	});

	it('costs "unknown" with a model that is not listed', async () => {
		server.reply({ says: shrinkPlan(), usage: { prompt: 10, cached: 0, completion: 10 } });
		const plan = await planWithModel(requestFor(SHRINK), configFor(server, { model: 'my-own-7b' }));
		expect(plan.usage).toMatchObject({ tokens: { prompt: 10 }, cost: null });
	});

	it('sends the strict schema, the catalogue before the inputs and the goal last', async () => {
		server.reply({ says: shrinkPlan() });
		await planWithModel(requestFor(SHRINK), configFor(server));
		const body = server.requests[0]?.body;
		expect(body?.response_format).toMatchObject({ type: 'json_schema', json_schema: { name: 'plan', strict: true } });
		expect(body).toMatchObject({ stream: true, stream_options: { include_usage: true }, max_tokens: 16384 });
		expect(body?.messages.map((message) => message.role)).toEqual(['system', 'user']);
		expect(body?.messages[0]?.content).toContain('image.resize(');
		const user = body?.messages[1]?.content ?? '';
		expect(user.indexOf('photo.jpg')).toBeLessThan(user.indexOf('Goal:'));
		expect(user.trimEnd().endsWith(JSON.stringify(SHRINK))).toBe(true);
	});

	it('sends fields that only the vendor knows to nobody else', async () => {
		server.reply({ says: shrinkPlan() });
		await planWithModel(requestFor(SHRINK), configFor(server));
		const { body, headers } = server.requests[0] ?? { body: {}, headers: {} };
		for (const field of ['prompt_cache_key', 'store', 'max_completion_tokens']) expect(body).not.toHaveProperty(field);
		expect(headers).not.toHaveProperty('openai-organization');
	});

	it('never sends what stands in a file, nor where it is', async () => {
		server.reply({ says: { ...shrinkPlan(), requirements: [done('anything', 'in1')] } });
		await planWithModel(requestFor('anything', { sources: [photo, people] }), configFor(server)).catch(() => {});
		const sent = JSON.stringify(server.requests);
		expect(sent).toContain('people.csv');
		expect(sent).toContain('age');
		expect(sent).not.toContain('Secret');
		expect(sent).not.toContain('/home/someone');
	});

	it('foretells what is sent and about what it costs', () => {
		const told = foretell(requestFor(SHRINK), configFor(server));
		expect(told.sends).toEqual(['photo.jpg']);
		expect(told.tokens).toBeGreaterThan(500);
		expect(told.cost).toBeGreaterThan(0);
		expect(server.requests).toHaveLength(0);
	});

	it('reads values as people write them: "50%", "3s", colour names, nearly right choices', async () => {
		const steps = [
			step('border', 'image.pad', { by: 'Pixels', top: '20px', background: 'red' }, 'in1'),
			step('save', 'image.save', { Format: 'JPEG', quality: '80' }, 'border'),
		];
		server.reply({ says: shrinkPlan(1, { requirements: [done('red border on top', 'border')], steps, checks: [] }) });
		const plan = await planWithModel(requestFor('red border on top'), configFor(server));
		expect(server.requests).toHaveLength(1);
		expect(plan.recipe?.graph.nodes).toMatchObject({
			border: { params: { by: 'pixels', top: 20, background: expect.stringMatching(/^#f+0+$/) } },
			save: { params: { format: 'jpeg', quality: 80 } },
		});
	});

	it('knows an input by its file name, too', async () => {
		const steps = [step('shrink', 'image.resize', { width: 100 }, 'photo.jpg'), step('save', 'image.save', { format: 'png' }, 'shrink')];
		server.reply({ says: shrinkPlan(100, { steps }) });
		const plan = await planWithModel(requestFor(SHRINK), configFor(server));
		expect(plan.bindings).toEqual({ in1: [0] });
		expect(plan.outcome).toBe('planned');
	});

	it('saves a wanted result that the model forgot to save', async () => {
		const steps = [step('grey', 'image.greyscale', {}, 'in1')];
		server.reply({ says: shrinkPlan(1, { requirements: [done('make it grey', 'grey')], steps, outputs: ['grey'], checks: [] }) });
		const plan = await planWithModel(requestFor('make it grey'), configFor(server));
		expect(plan.recipe?.graph.edges).toContainEqual({ from: 'grey.image', to: 'save.image' });
	});

	it('takes all inputs as one list', async () => {
		const steps = [step('stitch', 'image.stitch', {}, 'inputs'), step('save', 'image.save', {}, 'stitch')];
		server.reply({ says: shrinkPlan(1, { requirements: [done('stitch them', 'stitch')], steps, checks: [] }) });
		const plan = await planWithModel(requestFor('stitch them', { sources: [photo, sourceOf('b.jpg', ...photo.readings)] }), configFor(server));
		expect(plan.outcome).toBe('planned');
		expect(plan.bindings).toEqual({ inputs: [0, 1] });
	});
});

describe('the ledger', () => {
	it('refuses what no node does, with the reason', async () => {
		const requirements = [{ part: 'e-mail it to my boss', status: 'refused', step: null, param: null, reason: 'Nothing here sends e-mail.' }];
		server.reply({ says: shrinkPlan(1, { requirements, steps: [], outputs: [], checks: [] }) });
		const plan = await planWithModel(requestFor('e-mail it to my boss'), configFor(server));
		expect(plan.outcome).toBe('refused');
		expect(plan.recipe).toBeUndefined();
		expect(plan.refusals).toEqual([{ part: 'e-mail it to my boss', reason: 'Nothing here sends e-mail.' }]);
	});

	it('asks again when a row is empty, and calls the part not understood when it stays so', async () => {
		const requirements = [done('shrink to 100 px', 'shrink'), done('save as png', 'save'), done('clone my voice', null)];
		const reply = { says: shrinkPlan(100, { requirements }) };
		server.reply(reply, reply, reply);
		const plan = await planWithModel(requestFor(`${SHRINK}, clone my voice`), configFor(server));
		expect(server.requests).toHaveLength(3);
		expect(server.requests[1]?.body.messages.at(-1)?.content).toContain('clone my voice');
		expect(plan.notUnderstood).toEqual(['clone my voice']);
		expect(plan.outcome).toBe('needs-answer');
	});

	it('notices a part of the goal that the model passed over', async () => {
		server.reply({ says: shrinkPlan() }, (request) => {
			expect(request.body.messages.at(-1)?.content).toContain('rotate');
			return {
				says: shrinkPlan(100, {
					requirements: [
						...shrinkPlan().requirements,
						{ part: 'rotate it left', status: 'asked', step: null, param: null, reason: 'Before or after shrinking?' },
					],
				}),
			};
		});
		const plan = await planWithModel(requestFor(`${SHRINK}, rotate it left`), configFor(server));
		expect(plan.outcome).toBe('needs-answer');
		expect(plan.questions).toEqual([{ text: 'Before or after shrinking?' }]);
	});

	it('turns assumptions into chips with the node, the parameter and its value', async () => {
		const requirements = [{ part: 'make it smaller', status: 'assumed', step: 'shrink', param: 'width', reason: 'Smaller means 100 px wide.' }];
		server.reply({ says: shrinkPlan(100, { requirements }) });
		const plan = await planWithModel(requestFor('make it smaller'), configFor(server));
		expect(plan.assumptions).toEqual([{ text: { en: requirements[0]?.reason, zh: requirements[0]?.reason }, node: 'shrink', param: 'width', value: 100 }]);
		expect(plan.outcome).toBe('planned');
	});
});

describe('repair', () => {
	it('asks again for the failing step only, by its exact schema', async () => {
		server.reply({ says: shrinkPlan(-5) }, (request) => {
			const format = request.body.response_format?.json_schema;
			expect(format?.name).toBe('mended_steps');
			expect(format?.schema).toMatchObject({
				required: ['shrink'],
				properties: { shrink: { properties: { params: { required: ['width', 'height', 'fit', 'enlarge'] } } } },
			});
			return { says: { shrink: { params: { width: 100, height: null, fit: null, enlarge: null }, from: ['in1'] } } };
		});
		const plan = await planWithModel(requestFor(SHRINK), configFor(server));
		expect(server.requests).toHaveLength(2);
		expect(plan.outcome).toBe('planned');
		expect(plan.recipe?.graph.nodes).toMatchObject({ shrink: { params: { width: 100 } }, save: { params: { format: 'png' } } });
	});

	it('names a parameter that does not exist instead of dropping it', async () => {
		const steps = [step('shrink', 'image.resize', { width: 100, wobble: 3 }, 'in1'), step('save', 'image.save', {}, 'shrink')];
		server.reply({ says: shrinkPlan(100, { steps }) }, { says: { shrink: { params: { width: 100 }, from: ['in1'] } } });
		const plan = await planWithModel(requestFor(SHRINK), configFor(server));
		expect(server.requests[1]?.body.messages.at(-1)?.content).toContain('no parameter wobble');
		expect(plan.outcome).toBe('planned');
	});

	it('asks for the whole plan again when a node does not exist, and stops after two rounds with what is wrong', async () => {
		const steps = [step('shrink', 'image.teleport', {}, 'in1'), step('save', 'image.save', {}, 'shrink')];
		const reply = { says: shrinkPlan(100, { steps }) };
		server.reply(reply, reply, reply, reply);
		const plan = await planWithModel(requestFor(SHRINK), configFor(server));
		expect(server.requests).toHaveLength(3);
		expect(server.requests[1]?.body.response_format?.json_schema?.name).toBe('plan');
		expect(plan.outcome).toBe('needs-answer');
		expect(plan.tried?.ok).toBe(false);
		expect(plan.questions.map((question) => question.text).join()).toContain('image.teleport');
	});

	it('goes back with what went wrong in the trial, without what stands in files', async () => {
		server.reply({ says: shrinkPlan() }, { says: { shrink: { params: { width: 90 }, from: ['in1'] } } });
		const problem = new RunError(
			'run.failed',
			{ title: 'Resize', reason: "could not convert 'Ada Secret' in shrink" },
			{ node: 'shrink', detail: 'stderr: Ada Secret' },
		).problem;
		let tries = 0;
		const plan = await planWithModel(requestFor(SHRINK), configFor(server), {
			tryOut: async (one) => {
				tries += 1;
				return { ...one, tried: tries === 1 ? { ok: false, problems: [problem], checks: [] } : { ok: true, problems: [], checks: [] } };
			},
		});
		expect(tries).toBe(2);
		expect(plan.tried?.ok).toBe(true);
		expect(plan.recipe?.graph.nodes).toMatchObject({ shrink: { params: { width: 90 } } });
		const sent = server.requests[1]?.body.messages.at(-1)?.content ?? '';
		expect(sent).toContain('could not convert');
		expect(sent).not.toContain('Secret');
	});
});

describe('streaming', () => {
	it('draws a step when the next has begun or the list is closed, not before', async () => {
		const drawn: string[] = [];
		const text = JSON.stringify(shrinkPlan());
		const seen: { at: number; drawn: readonly string[] }[] = [];
		server.reply({
			says: text,
			chunk: 1,
			onChunk: async (sent) => {
				await new Promise((resolve) => setImmediate(resolve));
				seen.push({ at: sent.length, drawn: [...drawn] });
			},
		});
		const recipes: Recipe[] = [];
		await planWithModel(
			requestFor(SHRINK, {
				onNode: (node, recipe) => {
					drawn.push(node);
					recipes.push(recipe);
				},
			}),
			configFor(server),
		);
		expect(drawn).toEqual(['in1', 'shrink', 'save']);
		expect(Object.keys(recipes[1]?.graph.nodes ?? {})).not.toContain('save');
		const second = text.indexOf('{"id":"save"') + 1;
		expect(seen.filter((one) => one.at < second).every((one) => one.drawn.length === 0)).toBe(true);
		const closed = text.indexOf(']', text.indexOf('"from":["shrink"]') + '"from":["shrink"]'.length);
		expect(seen.filter((one) => one.at <= closed).every((one) => !one.drawn.includes('save'))).toBe(true);
	});
});

it('keeps the key out of plans', async () => {
	server.reply({ says: shrinkPlan() });
	const plan = await planWithModel(requestFor(SHRINK), configFor(server));
	expect(server.requests[0]?.headers.authorization).toBe(`Bearer ${KEY}`);
	expect(JSON.stringify(plan)).not.toContain(KEY);
	expect(JSON.stringify(server.requests[0]?.body)).not.toContain(KEY);
});
