import { describe, expect, it } from 'vitest';
import { specOf } from '../../nodes/catalogue.ts';
import type { Graph } from '../../nodes/graph.ts';
import { checkText } from '../../server/planner/checks.ts';
import { applyChanges } from '../../server/planner/edit.ts';
import { colourOf } from '../../server/planner/offline/colours.ts';
import { planOffline } from '../../server/planner/offline/index.ts';
import { numberOf } from '../../server/planner/offline/numbers.ts';
import { secondsOf } from '../../server/planner/offline/slots/times.ts';
import { validateParams } from '../../server/planner/validate.ts';
import { SOURCES } from './sources.ts';

function spec(id: string) {
	const found = specOf(id);
	if (found === undefined) throw new Error(`no spec ${id}`);
	return found;
}

const GRAPH: Graph = {
	nodes: {
		input: { spec: 'io.file', version: 1, params: { kind: 'image' } },
		resize: { spec: 'image.resize', version: 1, params: { width: 400 }, at: [10, 20] },
		save: { spec: 'image.save', version: 1, params: { format: 'png' } },
	},
	edges: [
		{ from: 'input.value', to: 'resize.image' },
		{ from: 'resize.image', to: 'save.image' },
	],
};

describe('validation', () => {
	it('mends what has one reading', () => {
		expect(validateParams(spec('image.resize'), { width: '400 px', fit: 'Cover' }).params).toEqual({ width: 400, fit: 'cover' });
		expect(validateParams(spec('image.background'), { colour: 'dark blue' }).problems).toEqual([]);
	});
	it('refuses a parameter that the node does not have', () => {
		expect(validateParams(spec('image.resize'), { breadth: 4 }).problems[0]?.key).toBe('param.unknown');
	});
	it('refuses a value out of range', () => {
		expect(validateParams(spec('image.resize'), { width: -4 }).problems[0]?.key).toBe('param.invalid');
	});
});

describe('edits', () => {
	it('leave what they do not speak of as the same objects', () => {
		const { graph, touched } = applyChanges(GRAPH, [{ change: 'insert_between', spec: 'image.blur', params: {}, before: 'save' }]);
		expect(graph.nodes.resize).toBe(GRAPH.nodes.resize);
		expect(graph.edges[0]).toBe(GRAPH.edges[0]);
		expect(touched).toEqual(['blur']);
		expect(graph.edges).toContainEqual({ from: 'resize.image', to: 'blur.image' });
		expect(graph.edges).toContainEqual({ from: 'blur.image', to: 'save.image' });
		expect(graph.edges).not.toContainEqual({ from: 'resize.image', to: 'save.image' });
	});
	it('bridge what is removed', () => {
		const { graph } = applyChanges(GRAPH, [{ change: 'remove_and_bridge', node: 'resize' }]);
		expect(graph.edges).toEqual([{ from: 'input.value', to: 'save.image' }]);
	});
	it('leave the graph as it was where they can not be applied', () => {
		const { graph, problems } = applyChanges(GRAPH, [{ change: 'set_param', node: 'resize', params: { width: 'wide' } }]);
		expect(graph).toBe(GRAPH);
		expect(problems).toHaveLength(1);
	});
});

describe('values in words', () => {
	it.each([
		['1:30', 90],
		['one and a half minutes', 90],
		['half a second', 0.5],
		['500 ms', 0.5],
		['1 minute 30 seconds', 90],
		['一分半', 90],
		['1分30秒', 90],
		['两秒', 2],
	])('reads the time %s', (text, seconds) => expect(secondsOf(text)).toBeCloseTo(seconds));
	it.each([
		['twenty-five', 25],
		['two hundred and five', 205],
		['1,200', 1200],
		['三十二', 32],
		['十二', 12],
		['一百零五', 105],
		['两', 2],
		['2千万', null],
		['1.5 million', 1_500_000],
	])('reads the number %s', (text, number) => expect(numberOf(text)).toBe(number));
	it('knows shades of colours in both languages', () => {
		expect(colourOf('dark blue')).toBe(colourOf('深蓝'));
		expect(colourOf('#fff')).toBe('#ffffff');
		expect(colourOf('blurple')).toBeNull();
	});
});

describe('the offline planner', () => {
	it('says checks in both languages', () => {
		const check = { node: 'save', property: 'duration', compare: '=', value: 5, tolerance: 0.1 } as const;
		expect(checkText(check, 'en')).toBe('duration is 5 s');
		expect(checkText(check, 'zh')).toBe('时长为 5 秒');
	});
	it('plans the same goal the same way every time', async () => {
		const request = { goal: 'first two seconds as a looping gif', sources: [SOURCES['clip']].filter((one) => one !== undefined), language: 'en' as const };
		expect(await planOffline(request)).toEqual(await planOffline(request));
	});
	it('never throws, whatever is typed', async () => {
		for (const goal of [
			'',
			'   ',
			'?',
			'"',
			'"""',
			'((((',
			'a'.repeat(3000),
			'从到从到',
			'%%%',
			'-1',
			'0:00-0:00',
			'x:x',
			'{name}',
			'\u0000',
			'🎬🎬',
			'select * from table',
			'<script>',
			'..',
			'1e999 px',
		])
			for (const name of ['photo', 'clip', 'tone', 'pdf', 'sales', 'text'])
				expect((await planOffline({ goal, sources: [SOURCES[name]].filter((one) => one !== undefined), language: 'en' })).outcome).toBeDefined();
	});
});
