import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { SPECS } from '../../../nodes/catalogue.ts';
import { partsOf } from '../../../server/planner/openai/draft.ts';
import { ArrayWatch, readJson } from '../../../server/planner/openai/json.ts';
import { unmentioned } from '../../../server/planner/openai/ledger.ts';
import { aboutTokens } from '../../../server/planner/openai/prices.ts';
import { systemMessage } from '../../../server/planner/openai/prompt.ts';
import { mendSchema, PLAN_SCHEMA } from '../../../server/planner/openai/schema.ts';
import { signatures } from '../../../server/planner/openai/signatures.ts';

describe("JSON in a model's text", () => {
	it.each([
		['{"a":1}', { a: 1 }],
		['```json\n{"a":1}\n```', { a: 1 }],
		['Here:\n```\n{"a":"```"}\n```\nBye', { a: '```' }],
		['<think>{"no":1}</think>{"a":1}', { a: 1 }],
		['The plan is {"a":1}. Good luck', { a: 1 }],
		["{a: 'x', b: [1,2,],}", { a: 'x', b: [1, 2] }],
		['nothing here', undefined],
	])('%j is read', (text, value) => {
		expect(readJson(text)).toEqual(value);
	});

	it('entries are settled in order, each once, however the text is cut', () => {
		const entry = fc.record({ id: fc.string(), text: fc.constantFrom('"]}', '[{', '\\', 'steps', '步骤', ''), deep: fc.array(fc.record({ a: fc.string() })) });
		fc.assert(
			fc.property(fc.array(entry), fc.array(fc.integer({ min: 1, max: 9 }), { minLength: 1 }), (steps, cuts) => {
				const text = JSON.stringify({ understanding: '"steps":[{', other: [{ id: 1 }], nested: { steps: [{ id: 2 }] }, steps, more: [{ id: 3 }] });
				const watch = new ArrayWatch('steps');
				const settled: unknown[] = [];
				for (let at = 0, i = 0; at < text.length; i += 1) {
					at += cuts[i % cuts.length] ?? 1;
					settled.push(...watch.read(text.slice(0, at)));
				}
				expect(settled).toEqual(steps);
			}),
		);
	});
});

it('references are taken apart', () => {
	expect(partsOf('in1')).toEqual({ port: null, node: 'in1', output: null });
	expect(partsOf('mark=logo.image')).toEqual({ port: 'mark', node: 'logo', output: 'image' });
});

describe('parts of the goal that were passed over', () => {
	it.each([
		['crop it to a square and save as webp', 'crop it to a square\nsave as webp', []],
		['crop it, then add a watermark', 'crop it', ['add a watermark']],
		['把图片缩小，然后加水印', '把图片缩小', ['加水印']],
		['resize to 800 px', 'resize to 600 px', ['resize to 800 px']],
	])('%j with %j', (goal, said, left) => {
		expect(unmentioned(goal, said)).toEqual(left);
	});
});

describe('what the model reads and is held to', () => {
	it('the catalogue has every node that planners may use, once, and no hidden one', () => {
		const lines = signatures().split('\n');
		for (const spec of SPECS) expect(lines.filter((line) => line.startsWith(`${spec.id}(`))).toHaveLength(spec.hidden === true ? 0 : 1);
	});

	it('the system message is the same every time, so that it is cached', () => {
		expect(systemMessage()).toEqual(systemMessage());
	});

	it('the loose schema stays small', () => {
		expect(aboutTokens(JSON.stringify(PLAN_SCHEMA))).toBeLessThan(1200);
	});

	it('schemas use only what every server takes: all keys required, nothing further, no oneOf or allOf', () => {
		const walk = (value: unknown): void => {
			if (typeof value !== 'object' || value === null) return;
			for (const word of ['oneOf', 'allOf', 'not', 'patternProperties', '$ref'])
				expect(Object.hasOwn(value, word) && !Object.hasOwn(value, 'description')).toBe(false);
			if ('properties' in value && 'required' in value && Array.isArray(value.required)) {
				expect(value).toHaveProperty('additionalProperties', false);
				expect([...value.required].sort()).toEqual(Object.keys(Object(value.properties)).sort());
			}
			for (const inner of Object.values(value)) walk(inner);
		};
		walk(PLAN_SCHEMA.schema);
		for (const spec of SPECS) walk(mendSchema([{ id: 'step', spec, params: spec.example.params }]).schema);
	});
});
