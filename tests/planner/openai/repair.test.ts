import { describe, expect, it } from 'vitest';
import { SPECS } from '../../../nodes/catalogue.ts';
import { fieldsOf } from '../../../nodes/define.ts';
import { RunError } from '../../../nodes/problems.ts';
import type { Built } from '../../../server/planner/openai/build.ts';
import { draftSchema } from '../../../server/planner/openai/draft.ts';
import { repairOf, withMended } from '../../../server/planner/openai/repair.ts';
import { people, shrinkPlan } from './script.ts';

const scripted = SPECS.filter((spec) => spec.hidden !== true).flatMap((spec) =>
	fieldsOf(spec.params).some((field) => field.control === 'code' && field.language === 'python') && spec.inputs.table !== undefined ? [spec] : [],
)[0];

describe('going back to the model', () => {
	it.skipIf(scripted === undefined)('a script that failed goes back with its traceback and the metadata of its inputs', () => {
		const code = (scripted === undefined ? [] : fieldsOf(scripted.params)).find((field) => field.control === 'code')?.name ?? '';
		const params = { ...scripted?.example.params, [code]: 'print(1/0)' };
		const source = { spec: 'io.file', version: 1, params: { kind: 'table' } };
		const reading = people.readings[0];
		if (reading === undefined || scripted === undefined) return;
		const built: Built = {
			graph: { nodes: { in1: source, script: { spec: scripted.id, version: 1, params } }, edges: [{ from: 'in1.value', to: 'script.table' }] },
			bindings: { in1: [0] },
			known: { in1: { many: false, metadata: reading } },
			assumptions: [],
			problems: [],
			touched: [],
		};
		const draft = draftSchema.parse({ ...shrinkPlan(), steps: [{ id: 'script', op: scripted.id, params, from: ['in1'] }] });
		const detail = 'Traceback (most recent call last):\n  line 1\nZeroDivisionError: division by zero';
		const problem = new RunError('run.failed', { title: 'Python', reason: 'division by zero' }, { node: 'script', detail }).problem;
		const repair = repairOf('{}', draft, built, { unreadable: false, problems: [problem], empty: [] }, false);
		const said = repair.messages.at(-1)?.content ?? '';
		expect(repair.steps).toEqual(['script']);
		for (const part of ['ZeroDivisionError', 'print(1/0)', '"age" integer']) expect(said).toContain(part);
		expect(said).not.toContain('Secret');
	});

	it('a step that came back takes the place of the one that failed, and no other changes', () => {
		const draft = draftSchema.parse(shrinkPlan());
		const mended = withMended(
			draft,
			['shrink'],
			JSON.stringify({ shrink: { params: { width: 7, fit: null }, from: ['in1'] }, save: { params: {}, from: [] } }),
		);
		expect(mended?.steps[0]?.params).toEqual({ width: 7 });
		expect(mended?.steps[1]).toBe(draft.steps[1]);
	});

	it('an answer with none of the steps changes nothing', () => {
		expect(withMended(draftSchema.parse(shrinkPlan()), ['shrink'], '{"other": 1}')).toBeNull();
	});
});
