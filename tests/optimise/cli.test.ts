import { copyFileSync, writeFileSync } from 'node:fs';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { Workplace } from '../cli/harness.ts';
import { fixture } from '../fixtures/index.ts';

const place = new Workplace();
beforeAll(() => {
	copyFileSync(fixture('photo'), place.path('a.jpg'));
	const nodes = {
		photo: { spec: 'io.file', params: { kind: 'image' } },
		invert: { spec: 'image.invert', params: {} },
		flip: { spec: 'image.flip', params: {} },
		save: { spec: 'image.save', params: { format: 'png' } },
	};
	const edges = ['photo.value > invert.image', 'invert.image > flip.image', 'flip.image > save.image'].map((wire) => {
		const [from, to] = wire.split(' > ');
		return { from, to };
	});
	writeFileSync(place.path('mirror.json'), JSON.stringify({ millwright: 1, name: 'mirror', graph: { nodes, edges } }));
});
afterAll(() => place.remove());

it('explain names the rules in the language of the reader, and does without those that are named', async () => {
	expect((await place.run('explain', 'mirror.json', '--in', 'a.jpg')).stdout).toMatch(/rule image\.turn-first: Mirror and turn before/);
	expect((await place.run('explain', 'mirror.json', '--in', 'a.jpg', '--lang', 'zh')).stdout).toMatch(/规则 image\.turn-first: 先翻转/);
	for (const name of ['all', 'image.turn-first'])
		expect((await place.run('explain', 'mirror.json', '--in', 'a.jpg', '--without', name)).stdout).not.toContain('turn-first');
	const { stdout } = await place.start(['explain', 'mirror.json', '--in', 'a.jpg'], { MILLWRIGHT_OPTIMISE: 'off' }).ended;
	expect(stdout).not.toContain('turn-first');
});

it('a rule that does not exist is a usage error that names those that do', async () => {
	const { status, stderr } = await place.run('run', 'mirror.json', '--in', 'a.jpg', '--out', 'o', '--without', 'image.magic');
	expect(status).toBe(2);
	expect(stderr).toMatch(/no rule image\.magic\. Rules: all, image\.drop-neutral/);
});
