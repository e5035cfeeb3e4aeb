/** Pieces that the tests of the model planner share. */
import type { Metadata } from '../../../nodes/define.ts';
import type { Source } from '../../../server/engine/engine.ts';
import type { ModelConfig } from '../../../server/planner/openai/config.ts';
import type { PlanRequest } from '../../../server/planner/plan.ts';
import type { ModelServer } from './server.ts';

export const KEY = 'sk-test-5ecret-do-not-show';

/** A configuration for a test server; each model name is remembered apart. */
export function configFor(server: ModelServer, more: Partial<ModelConfig> = {}): ModelConfig {
	return { key: KEY, baseUrl: server.baseUrl, model: 'gpt-4.1', ...more };
}

export const photo = sourceOf('photo.jpg', { kind: 'image', width: 480, height: 320, frames: 1, duration: 0, alpha: false, format: 'jpeg' });
export const people = sourceOf('people.csv', {
	kind: 'table',
	columns: [
		{ name: 'name', type: 'text', values: ['Ada Secret', 'Bob Hidden'] },
		{ name: 'age', type: 'integer' },
	],
	rows: 12,
	format: 'csv',
});

export function sourceOf(name: string, ...readings: Metadata[]): Source {
	return { path: `/home/someone/private/${name}`, name, content: 'a'.repeat(64), bytes: 1234, format: name.slice(name.lastIndexOf('.') + 1), readings };
}

export function requestFor(goal: string, more: Partial<PlanRequest> = {}): PlanRequest {
	return { goal, sources: [photo], language: 'en', ...more };
}

export type ScriptedStep = {
	readonly id: string;
	readonly op: string;
	readonly params: readonly { name: string; value: unknown }[];
	readonly from: readonly string[];
};

export function step(id: string, op: string, params: Readonly<Record<string, unknown>>, ...from: string[]): ScriptedStep {
	return { id, op, params: Object.entries(params).map(([name, value]) => ({ name, value })), from };
}

/** A row that says that this step does this part. */
export function done(part: string, at: string | null) {
	return { part, status: 'done', step: at, param: null, reason: null };
}

/** "shrink to 100 px and save as png", as a model would answer. */
export function shrinkPlan(width: unknown = 100, more: object = {}) {
	return {
		understanding: 'Shrink the picture to 100 px and save it as PNG.',
		requirements: [done('shrink to 100 px', 'shrink'), done('save as png', 'save')],
		steps: [step('shrink', 'image.resize', { width }, 'in1'), step('save', 'image.save', { format: 'png' }, 'shrink')],
		outputs: ['save'],
		checks: [{ step: 'save', property: 'width', compare: '=', value: 100, tolerance: null }],
		questions: [],
		...more,
	};
}
export const SHRINK = 'shrink to 100 px and save as png';
