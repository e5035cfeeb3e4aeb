import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Params } from '../../nodes/define.ts';
import type { RunResult } from '../../server/engine/engine.ts';
import { type Bench, bench, recipe } from './harness.ts';

let engine: Bench;
beforeAll(async () => {
	engine = await bench();
});
afterAll(() => engine.done());

const graph = (resize: Params, save: Params) =>
	recipe({ photo: ['io.file', { kind: 'image' }], resize: ['image.resize', resize], save: ['image.save', save] }, [
		'photo.value > resize.image',
		'resize.image > save.image',
	]);

function why(result: RunResult, node: string) {
	const state = result.nodes[node];
	return state?.state === 'done' || state?.state === 'fused' ? state.why : state;
}

describe('why something had to be made', () => {
	it('is that it is new, and then that nothing has changed', async () => {
		const first = graph({ width: 30 }, { format: 'png' });
		expect(why(await engine.run(first, { photo: 'photo' }), 'save')).toEqual({ key: 'why.first', values: {} });
		expect(await engine.engine.explain(first, await engine.bind({ photo: 'photo' }))).toMatchObject([{ cached: true, why: { key: 'why.same' } }]);
	});

	it('names the parameter that was changed, and what hangs on it', async () => {
		const changed = graph({ width: 31 }, { format: 'png' });
		expect(await engine.engine.explain(changed, await engine.bind({ photo: 'photo' }))).toMatchObject([
			{ cached: false, why: { key: 'why.params', values: { changes: 'width: 30 → 31' } } },
		]);
		const result = await engine.run(changed, { photo: 'photo' });
		expect(why(result, 'resize')).toEqual({ key: 'why.params', values: { changes: 'width: 30 → 31' } });
		expect(why(result, 'save')).toEqual({ key: 'why.input', values: {} });
	});

	it('is another file', async () => {
		const result = await engine.run(graph({ width: 31 }, { format: 'png' }), { photo: 'logo' });
		expect(why(result, 'resize')).toEqual({ key: 'why.input', values: {} });
	});

	it('is that the result was collected', async () => {
		engine.uses.close();
		engine.uses.collect(0);
		const result = await engine.run(graph({ width: 31 }, { format: 'png' }), { photo: 'logo' });
		expect(why(result, 'save')).toEqual({ key: 'why.gone', values: {} });
	});
});
