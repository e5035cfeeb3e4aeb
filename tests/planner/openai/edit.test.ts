import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type Recipe, recipeFrom } from '../../../nodes/graph.ts';
import { planWithModel } from '../../../server/planner/openai/index.ts';
import { forget } from '../../../server/planner/openai/ladder.ts';
import { configFor, done, requestFor, step } from './script.ts';
import { type ModelServer, modelServer } from './server.ts';

let server: ModelServer;
beforeEach(async () => {
	forget();
	server = await modelServer();
});
afterEach(() => server.close());

const recipe: Recipe = recipeFrom({
	millwright: 1,
	name: 'Small and grey',
	goal: 'shrink it and make it grey',
	graph: {
		nodes: {
			photo: { spec: 'io.file', params: { kind: 'image' }, at: [0, 0] },
			small: { spec: 'image.resize', params: { width: 200, height: 200 }, title: 'My size', at: [200, 0] },
			grey: { spec: 'image.greyscale', params: {}, at: [400, 0] },
			save: { spec: 'image.save', params: { format: 'jpeg', quality: 71 }, at: [600, 0] },
		},
		edges: [
			{ from: 'photo.value', to: 'small.image' },
			{ from: 'small.image', to: 'grey.image' },
			{ from: 'grey.image', to: 'save.image' },
		],
		notes: [{ text: 'mine', at: [1, 2] }],
	},
	checks: [{ node: 'save', property: 'width', value: 200 }],
});

interface ScriptedChange {
	readonly kind: string;
	readonly node?: string | null;
	readonly before?: string | null;
	readonly param?: string | null;
	readonly value?: unknown;
	readonly step?: object | null;
}

async function edit(goal: string, changes: readonly ScriptedChange[], at: string | null, more: object = {}, onNode?: (node: string, recipe: Recipe) => void) {
	const blank = { node: null, before: null, param: null, value: null, step: null };
	server.reply({
		says: { understanding: goal, requirements: [done(goal, at)], changes: changes.map((one) => ({ ...blank, ...one })), checks: [], questions: [], ...more },
	});
	return planWithModel(requestFor(goal, { recipe, ...(onNode === undefined ? {} : { onNode }) }), configFor(server));
}

/** Text of every node that the edit doesn't speak of. */
function others(one: Recipe | undefined, ...spoken: string[]): string {
	return JSON.stringify(Object.entries(one?.graph.nodes ?? {}).filter(([id]) => !spoken.includes(id) && id in recipe.graph.nodes));
}

describe('an edit by a model', () => {
	it('is asked for as typed changes to the present program', async () => {
		await edit('quality 90', [{ kind: 'set_param', node: 'save', param: 'quality', value: 90 }], 'save');
		const body = server.requests[0]?.body;
		expect(body?.response_format?.json_schema?.name).toBe('changes');
		expect(body?.messages.at(-1)?.content).toContain('"id":"small","op":"image.resize"');
	});

	it('sets a parameter and leaves everything else as it was, byte for byte', async () => {
		const plan = await edit('quality 90', [{ kind: 'set_param', node: 'save', param: 'quality', value: '90' }], 'save');
		expect(plan.outcome).toBe('planned');
		expect(plan.recipe?.graph.nodes.save).toEqual({ spec: 'image.save', version: 1, params: { format: 'jpeg', quality: 90 }, at: [600, 0] });
		expect(others(plan.recipe, 'save')).toBe(others(recipe, 'save'));
		expect(JSON.stringify(plan.recipe?.graph.edges)).toBe(JSON.stringify(recipe.graph.edges));
		expect(plan.recipe).toMatchObject({ name: 'Small and grey', goal: recipe.goal, graph: { notes: recipe.graph.notes }, checks: recipe.checks });
		expect(plan.bindings).toEqual({ photo: [0] });
	});

	it('inserts between without leaving the old wire', async () => {
		const plan = await edit('blur it before saving', [{ kind: 'insert_between', before: 'save', step: step('blur', 'image.blur', { radius: 3 }) }], 'blur');
		expect(plan.recipe?.graph.edges).toContainEqual({ from: 'grey.image', to: 'blur.image' });
		expect(plan.recipe?.graph.edges).toContainEqual({ from: 'blur.image', to: 'save.image' });
		expect(plan.recipe?.graph.edges).not.toContainEqual({ from: 'grey.image', to: 'save.image' });
		expect(others(plan.recipe)).toBe(others(recipe));
	});

	it('removes and bridges', async () => {
		const plan = await edit('take the grey out', [{ kind: 'remove_and_bridge', node: 'grey' }], 'grey');
		expect(plan.outcome).toBe('planned');
		expect(plan.recipe?.graph.nodes).not.toHaveProperty('grey');
		expect(plan.recipe?.graph.edges).toContainEqual({ from: 'small.image', to: 'save.image' });
		expect(others(plan.recipe, 'grey')).toBe(others(recipe, 'grey'));
	});

	it('adds a branch', async () => {
		const branch = [
			{ kind: 'add_branch', node: 'photo', step: step('flip', 'image.flip', {}) },
			{ kind: 'add_branch', node: 'flip', step: step('save-flipped', 'image.save', {}) },
		];
		const plan = await edit('also a mirrored copy of the original', branch, 'flip');
		expect(plan.outcome).toBe('planned');
		expect(plan.recipe?.graph.edges).toContainEqual({ from: 'photo.value', to: 'flip.image' });
		expect(plan.recipe?.graph.edges).toContainEqual({ from: 'flip.image', to: 'save-flipped.image' });
		expect(others(plan.recipe)).toBe(others(recipe));
	});

	it('replaces a node and keeps its wires', async () => {
		const plan = await edit('sepia, not grey', [{ kind: 'replace', node: 'grey', step: step('grey', 'image.tint', { tone: 'sepia' }) }], 'grey');
		expect(plan.recipe?.graph.nodes.grey).toMatchObject({ spec: 'image.tint', params: { tone: 'sepia' }, at: [400, 0] });
		expect(JSON.stringify(plan.recipe?.graph.edges)).toBe(JSON.stringify(recipe.graph.edges));
		expect(others(plan.recipe, 'grey')).toBe(others(recipe, 'grey'));
	});

	it('gives the recipe back unchanged when the change is refused', async () => {
		const requirements = [{ part: 'send it by fax', status: 'refused', step: null, param: null, reason: 'Nothing here sends faxes.' }];
		const plan = await edit('send it by fax', [], null, { requirements });
		expect(plan.outcome).toBe('refused');
		expect(JSON.stringify(plan.recipe)).toBe(JSON.stringify(recipe));
	});

	it('does not say "done" when nothing is different', async () => {
		const idle = [{ kind: 'set_param', node: 'save', param: 'quality', value: 71 }];
		const blank = { node: null, before: null, param: null, value: null, step: null };
		const says = {
			understanding: '',
			requirements: [done('better quality', 'save')],
			changes: idle.map((one) => ({ ...blank, ...one })),
			checks: [],
			questions: [],
		};
		server.reply({ says }, { says });
		const plan = await edit('better quality', idle, 'save');
		expect(server.requests).toHaveLength(3);
		expect(plan.outcome).toBe('needs-answer');
		expect(plan.notUnderstood).toEqual(['better quality']);
	});

	it('asks again when a change names a node that is not there', async () => {
		const good = { kind: 'set_param', node: 'save', before: null, param: 'quality', value: 90, step: null };
		server.reply({ says: { understanding: '', requirements: [done('quality 90', 'save')], changes: [{ ...good, node: 'saver' }], checks: [], questions: [] } });
		const plan = await edit('quality 90', [good], 'save');
		expect(server.requests).toHaveLength(2);
		expect(server.requests[1]?.body.response_format?.json_schema?.name).toBe('changes');
		expect(server.requests[1]?.body.messages.at(-1)?.content).toContain('saver');
		expect(plan.outcome).toBe('planned');
	});

	it('draws what changed as it is settled', async () => {
		const drawn: string[] = [];
		await edit('blur it', [{ kind: 'insert_between', before: 'save', step: step('blur', 'image.blur', {}) }], 'blur', {}, (node) => drawn.push(node));
		expect(drawn).toEqual(['blur']);
	});
});
