import { copyFileSync, mkdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readRecipe } from '../../nodes/graph.ts';
import { fixture } from '../fixtures/index.ts';
import { pdf } from '../fixtures/make.ts';
import { onlyObject, Workplace } from './harness.ts';
import { halved, small, twoInputs, zipOf } from './materials.ts';

let place: Workplace;
beforeAll(async () => {
	place = new Workplace();
	mkdirSync(place.path('in/sub'), { recursive: true });
	for (const name of ['a.png', 'b.png', 'sub/c.png']) writeFileSync(place.path('in', name), await small(name));
	writeFileSync(place.path('in/notes.txt'), 'not a picture\n');
	writeFileSync(place.path('halve.json'), JSON.stringify(halved));
	writeFileSync(place.path('stamp.json'), JSON.stringify(twoInputs));
	await zipOf(place.path('pictures.zip'), { 'x.png': await small('x'), 'deep/y.png': await small('y'), '.hidden.png': await small('z') });
});
afterAll(() => place.remove());

describe('how it is called', () => {
	it('shows its commands', async () => {
		const { status, stdout } = await place.run('help');
		expect(status).toBe(0);
		for (const command of ['serve', 'plan', 'do', 'edit', 'run', 'explain', 'nodes', 'doctor', 'store']) expect(stdout).toContain(`millwright ${command}`);
	});

	it.each([
		[['frobnicate'], 'no command frobnicate'],
		[['plan'], 'Expected a goal'],
		[['do', 'resize it'], '--out'],
		[['run', 'halve.json', '--in', 'in', '--out', 'o', '--resume', '--overwrite'], '--resume, --overwrite'],
		[['run', 'halve.json', '--in', 'in', '--out', 'o', '--jobs', '0'], '--jobs'],
		[['run', 'halve.json', '--in', 'in', '--out', 'o', '--set', 'nonsense'], 'NODE.PARAM=VALUE'],
		[['nodes', '--lang', 'fr'], 'en or zh'],
		[['nodes', '--colour'], '--colour'],
	])('refuses %j with status 2 and a word about it', async (words, text) => {
		const { status, report, stderr } = await place.json(...words);
		expect(status).toBe(2);
		expect(stderr).toContain(text);
		expect(report).toMatchObject({ outcome: 'failed', outputs: [], errors: [{ message: expect.stringContaining(text) }] });
	});

	it('lists nodes, and what this machine has', async () => {
		const nodes = onlyObject<{ nodes: { id: string }[] }>((await place.run('nodes', '--json')).stdout);
		expect(nodes.nodes.map(({ id }) => id)).toContain('image.resize');
		const doctor = onlyObject<{ tools: { name: string; found: boolean }[]; sandbox: object; unavailable: object[] }>(
			(await place.run('doctor', '--json')).stdout,
		);
		expect(doctor.tools.find(({ name }) => name === 'ffmpeg')).toMatchObject({ found: true });
		expect((await place.run('nodes', '--lang', 'zh')).stdout).toMatch(/image\.resize +\p{Script=Han}/u);
	});
});

describe('a run', () => {
	it('over a folder keeps its sub-folders, counts what is of another kind, and leaves originals alone', async () => {
		const before = readFileSync(place.path('in/a.png'));
		const { status, report } = await place.json('run', 'halve.json', '--in', 'in', '--out', 'folder');
		expect(status).toBe(0);
		expect(report).toMatchObject({ outcome: 'done', summary: { items: 4, done: 3, failed: 0, skipped: 1 }, errors: [] });
		expect(place.files('folder')).toEqual(['a.webp', 'b.webp', 'sub/c.webp']);
		expect(report.outputs.map(({ item, node, kind, path }) => ({ item, node, kind, path }))).toContainEqual({
			item: 'sub/c.png',
			node: 'save',
			kind: 'image',
			path: 'folder/sub/c.webp',
		});
		expect(report.outputs[0]?.metadata).toMatchObject({ width: 20, height: 15, format: 'webp' });
		expect(readFileSync(place.path('in/a.png'))).toEqual(before);
	});

	it('takes a file, a glob, an archive, and inputs by name', async () => {
		await place.json('run', 'halve.json', '--in', 'in/a.png', '--out', 'file');
		expect(place.files('file')).toEqual(['a.webp']);
		await place.json('run', 'halve.json', '--in', 'in/*.png', '--out', 'glob');
		expect(place.files('glob')).toEqual(['a.webp', 'b.webp']);
		await place.json('run', 'halve.json', 'pictures.zip', '--out', 'zip');
		expect(place.files('zip')).toEqual(['deep/y.webp', 'x.webp']);
		const named = await place.json('run', 'stamp.json', '--in', `mark=${fixture('logo')}`, 'photo=in/b.png', '--out', 'named');
		expect(named.report).toMatchObject({ outcome: 'done', outputs: [{ item: 'b.png' }] });
		const wrong = await place.json('run', 'stamp.json', '--in', 'picture=in/b.png', '--out', 'named');
		expect(wrong).toMatchObject({ status: 1, report: { errors: [{ message: expect.stringMatching(/no input picture.*photo.*mark/) }] } });
	});

	it('changes parameters, names results, takes the first, and shows first what it would write', async () => {
		const dry = await place.json('run', 'halve.json', '--in', 'in', '--out', 'dry', '--dry-run', '--limit', '2', '--name', '{name}-small.{ext}');
		expect(dry).toMatchObject({ status: 0, report: { outcome: 'planned', summary: { items: 2 } } });
		expect(dry.report.outputs.map(({ path }) => path.slice(place.folder.length + 1))).toEqual(['dry/a-small.webp', 'dry/b-small.webp']);
		expect(place.files('.').filter((path) => path.startsWith('dry'))).toEqual([]);
		const real = await place.json('run', 'halve.json', '--in', 'in', '--out', 'set', '--limit', '1', '--name', '{name}-{width}', '--set', 'save.format=jpeg');
		expect(real.status).toBe(0);
		expect(place.files('set')).toEqual(['a-20.jpg']);
		const typo = await place.json('run', 'halve.json', '--in', 'in', '--out', 'set', '--set', 'resize.breadth=3');
		expect(typo).toMatchObject({ status: 1, report: { errors: [{ node: 'resize', param: 'breadth', message: expect.stringContaining('width') }] } });
	});

	it('never replaces a file unasked', async () => {
		const words = ['run', 'halve.json', '--in', 'in/a.png', '--out', 'kept'];
		await place.json(...words);
		const before = statSync(place.path('kept/a.webp'));
		const again = await place.json(...words);
		expect(again).toMatchObject({ status: 1, report: { outcome: 'failed', errors: [{ message: expect.stringMatching(/exists.*--overwrite/) }] } });
		const skipped = await place.json(...words, '--skip-existing');
		expect(skipped).toMatchObject({ status: 0, report: { summary: { items: 1, done: 0, skipped: 1 } } });
		expect(statSync(place.path('kept/a.webp')).ino).toBe(before.ino);
		const over = await place.json(...words, '--overwrite');
		expect(over).toMatchObject({ status: 0, report: { summary: { done: 1 } } });
		expect(statSync(place.path('kept/a.webp')).ino).not.toBe(before.ino);
	});

	it('of which one item fails is partial, names it, and does only the failed one again', async () => {
		mkdirSync(place.path('some'));
		copyFileSync(place.path('in/a.png'), place.path('some/a.png'));
		writeFileSync(place.path('some/bad.png'), 'this is a text');
		const first = await place.json('run', 'halve.json', '--in', 'some', '--out', 'part');
		expect(first).toMatchObject({ status: 5, report: { outcome: 'partial', summary: { items: 2, done: 1, failed: 1 }, errors: [{ item: 'bad.png' }] } });
		copyFileSync(place.path('in/b.png'), place.path('some/bad.png'));
		const second = await place.json('run', 'halve.json', '--in', 'some', '--out', 'part', '--failed-only');
		expect(second).toMatchObject({ status: 0, report: { summary: { items: 1, done: 1 }, outputs: [{ item: 'bad.png' }] } });
		expect(place.files('part')).toEqual(['a.webp', 'bad.webp']);
	});

	it('gives small results as answers', async () => {
		writeFileSync(place.path('words.txt'), 'one two three\n');
		const { report } = await place.json('do', 'how many words are in this text?', 'words.txt', '--out', 'answer');
		expect(report).toMatchObject({ outcome: 'done', answers: [{ text: expect.stringMatching(/^3 words/) }] });
	});
});

describe('recipes', () => {
	it('are written by plan, changed by edit with the rest left as it was, and explained', async () => {
		const planned = await place.json('plan', 'make this picture 100 px wide and save it as webp', 'in/a.png', '-o', 'wide.json');
		expect(planned).toMatchObject({ status: 0, report: { outcome: 'planned', outputs: [] } });
		const recipe = readRecipe(readFileSync(place.path('wide.json'), 'utf8'));
		expect(planned.report.recipe).toEqual(recipe);
		const edited = await place.json('edit', 'wide.json', 'also make it grey', '--in', 'in/a.png', '-o', 'grey.json');
		expect(edited.status, JSON.stringify(edited.report)).toBe(0);
		const after = readRecipe(readFileSync(place.path('grey.json'), 'utf8'));
		expect(Object.values(after.graph.nodes).map(({ spec }) => spec)).toContain('image.greyscale');
		for (const [id, node] of Object.entries(recipe.graph.nodes)) expect(after.graph.nodes[id]).toEqual(node);
		const explained = onlyObject<{ groups: { nodes: string[]; commands: string[] }[] }>((await place.run('explain', 'grey.json', '--json')).stdout);
		expect(explained.groups).toHaveLength(1);
		expect(explained.groups[0]?.commands.join(' ')).toContain('100');
	});

	it('that is no recipe is an error that says so, and stays as it is', async () => {
		writeFileSync(place.path('broken.json'), '{"millwright": 1,');
		const { status, report } = await place.json('run', 'broken.json', '--in', 'in/a.png', '--out', 'never');
		expect(status).toBe(1);
		expect(report.errors[0]?.message).toContain('not a recipe');
		expect(readFileSync(place.path('broken.json'), 'utf8')).toBe('{"millwright": 1,');
		const missing = await place.json('run', 'nowhere.json', '--in', 'in/a.png', '--out', 'never');
		expect(missing).toMatchObject({ status: 1, report: { errors: [{ message: expect.stringContaining('nowhere.json') }] } });
	});
});

describe('a plan', () => {
	it('asks with status 3 where the goal is open', async () => {
		const { status, report } = await place.json('plan', 'make it nicer', 'in/a.png');
		expect(status).toBe(3);
		expect(report).toMatchObject({ outcome: 'needs-answer', outputs: [] });
		expect([...report.questions, ...report.notUnderstood].length).toBeGreaterThan(0);
	});

	it('refuses with status 4 what can not be done, in the language that is asked for', async () => {
		const english = await place.json('do', 'email this to Bob', 'in/a.png', '--out', 'mail');
		expect(english).toMatchObject({ status: 4, report: { outcome: 'refused', outputs: [] } });
		expect(english.report.refusals[0]?.reason).toMatch(/[a-z]/);
		const chinese = await place.json('do', '把它发邮件给小王', 'in/a.png', '--out', 'mail', '--lang', 'zh');
		expect(chinese.status).toBe(4);
		expect(chinese.report.refusals[0]?.reason).toMatch(/\p{Script=Han}/u);
	});
});

describe('the store', () => {
	it('is verified, damage is put aside and made again; garbage goes', async () => {
		writeFileSync(place.path('page.pdf'), pdf(['Hello']));
		expect((await place.json('run', 'halve.json', '--in', 'in/a.png', '--out', 'store-1')).status).toBe(0);
		const whole = onlyObject<{ checked: number; damaged: string[] }>((await place.run('store', 'verify', '--json')).stdout);
		expect(whole.checked).toBeGreaterThan(0);
		expect(whole.damaged).toEqual([]);
		const [artifact] = place.files('.home/artifacts');
		writeFileSync(place.path('.home/artifacts', artifact ?? ''), 'damage');
		const found = await place.run('store', 'verify', '--json');
		expect(found.status).toBe(1);
		expect(onlyObject<{ damaged: string[] }>(found.stdout).damaged).toEqual([(artifact ?? '').replace('/', '')]);
		expect((await place.run('store', 'gc', '--json')).status).toBe(0);
		expect(place.files('.home/artifacts').filter((path) => path.endsWith('.damaged'))).toEqual([]);
		expect((await place.json('run', 'halve.json', '--in', 'in/a.png', '--out', 'store-2')).status).toBe(0);
		expect(readFileSync(place.path('store-2/a.webp'))).toEqual(readFileSync(place.path('store-1/a.webp')));
	});
});
