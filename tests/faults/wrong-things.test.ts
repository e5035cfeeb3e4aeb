import { copyFileSync, existsSync, mkdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import sharp from 'sharp';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readRecipe, writeRecipe } from '../../nodes/graph.ts';
import { RecipeFolder, RevisionConflict } from '../../server/stores/recipes.ts';
import { onlyObject, Workplace } from '../cli/harness.ts';
import { halved, small } from '../cli/materials.ts';
import { fixture } from '../fixtures/index.ts';
import { pdf } from '../fixtures/make.ts';

let place: Workplace;
beforeAll(async () => {
	place = new Workplace();
	writeFileSync(place.path('a.png'), await small('a'));
});
afterAll(() => place.remove());

type Node = readonly [spec: string, params?: object];
function recipe(name: string, nodes: Readonly<Record<string, Node>>, wires: readonly string[]): string {
	const edges = wires.map((wire) => ({ from: wire.split(' > ')[0], to: wire.split(' > ')[1] }));
	const graph = { nodes: Object.fromEntries(Object.entries(nodes).map(([id, [spec, params = {}]]) => [id, { spec, params }])), edges };
	writeFileSync(place.path(`${name}.json`), JSON.stringify({ millwright: 1, name, graph }));
	return `${name}.json`;
}
const still = (kind: string, save: Node, port = 'image') => ({ nodes: { input: ['io.file', { kind }], save } as const, wires: [`input.value > save.${port}`] });

/** Runs, and gives the message of the failure, which comes with status 1 and leaves no file. */
async function failure(...words: string[]): Promise<{ message: string; node?: string | undefined; param?: string | undefined }> {
	const { status, report } = await place.json(...words, '--out', 'never');
	expect({ status, outcome: report.outcome, outputs: report.outputs }, JSON.stringify(report.errors)).toEqual({ status: 1, outcome: 'failed', outputs: [] });
	expect(existsSync(place.path('never')) ? place.files('never') : []).toEqual([]);
	expect(report.errors.length).toBeGreaterThan(0);
	for (const { message } of report.errors) expect(message).not.toMatch(/undefined|\[object|\bat .*:\d+:\d+/);
	return report.errors[0] ?? { message: '' };
}

describe('a file that is not what it seems', () => {
	it('is called what it is: a text named .mp4', async () => {
		writeFileSync(place.path('film.mp4'), 'this is only a text\n');
		const mute = recipe('mute', { input: ['io.file', { kind: 'video' }], save: ['video.save'] }, ['input.value > save.video']);
		expect((await failure('run', mute, '--in', 'film.mp4')).message).toMatch(/film\.mp4 is Text/i);
	});

	it('is named when there is nothing in it', async () => {
		writeFileSync(place.path('empty.csv'), '');
		const rows = recipe('rows', { input: ['io.file', { kind: 'table' }], save: ['table.save', { format: 'csv' }] }, ['input.value > save.table']);
		expect((await failure('run', rows, '--in', 'empty.csv')).message).toMatch(/empty\.csv is empty/);
		expect((await failure('do', 'keep the first 3 rows', 'empty.csv')).message).toMatch(/empty\.csv is empty/);
	});

	it('is a locked document: a password is asked for in words', async () => {
		const locked = '/Filter /Standard /V 1 /R 2 /P -44';
		const key = '0123456789abcdef'.repeat(4);
		writeFileSync(
			place.path('locked.pdf'),
			pdf(['Secret']).replace('/Root 1 0 R', `/Root 1 0 R /Encrypt << ${locked} /O <${key}> /U <${key}> >> /ID [<00> <00>]`),
		);
		const refused = await place.json('do', 'turn this pdf into images', 'locked.pdf', '--out', 'never');
		expect(refused).toMatchObject({ status: 4, report: { outcome: 'refused', refusals: [{ reason: expect.stringMatching(/password/i) }] } });
		const pages = recipe('pages', { input: ['io.file', { kind: 'document' }], pages: ['document.pages'], save: ['image.save'] }, [
			'input.value > pages.document',
			'pages.images > save.image',
		]);
		expect((await failure('run', pages, '--in', 'locked.pdf')).message).toMatch(/password/i);
	});

	it('is 65,536 px wide: it is made smaller, and a format that can not hold it is refused by its limit', async () => {
		await sharp({ create: { width: 65_536, height: 8, channels: 3, background: '#4060a0' } })
			.png()
			.toFile(place.path('wide.png'));
		const resize = recipe(
			'narrow',
			{ input: ['io.file', { kind: 'image' }], resize: ['image.resize', { width: 1024 }], save: ['image.save', { format: 'webp' }] },
			['input.value > resize.image', 'resize.image > save.image'],
		);
		const { status, report } = await place.json('run', resize, '--in', 'wide.png', '--out', 'narrow');
		expect({ status, metadata: report.outputs[0]?.metadata }, JSON.stringify(report.errors)).toMatchObject({ status: 0, metadata: { width: 1024 } });
		const plain = still('image', ['image.save', { format: 'webp' }]);
		const { message } = await failure('run', recipe('webp', plain.nodes, plain.wires), '--in', 'wide.png');
		expect(message).toMatch(/16,?383/);
	});
});

describe('a recipe that can not run', () => {
	it('with a node of another version keeps it as it is, and says so', async () => {
		const text = readFileSync(
			place.path(
				recipe('future', { input: ['io.file', { kind: 'image' }], dream: ['image.dream', { depth: { of: [1] } }], save: ['image.save'] }, [
					'input.value > dream.image',
					'dream.image > save.image',
				]),
			),
			'utf8',
		);
		const { message, node } = await failure('run', 'future.json', '--in', 'a.png');
		expect({ message, node }).toEqual({ message: expect.stringContaining('image.dream'), node: 'dream' });
		expect(readRecipe(writeRecipe(readRecipe(text))).graph.nodes.dream).toEqual({ spec: 'image.dream', version: 1, params: { depth: { of: [1] } } });
	});

	it('with a circle names the nodes of the circle', async () => {
		const circle = recipe('circle', { a: ['image.blur'], b: ['image.blur'], save: ['image.save'] }, [
			'a.image > b.image',
			'b.image > a.image',
			'b.image > save.image',
		]);
		expect((await failure('run', circle)).message).toMatch(/circle: .*a.*b/);
	});

	it('without a parameter or a wire, or with a column that is not there, says what is missing and what there is', async () => {
		const chart = (params: object) =>
			recipe('chart', { input: ['io.file', { kind: 'table' }], sort: ['table.sort', params], save: ['table.save', { format: 'csv' }] }, [
				'input.value > sort.table',
				'sort.table > save.table',
			]);
		const missing = await failure('run', chart({ column: 'profit' }), '--in', fixture('sales'));
		expect(missing).toMatchObject({ node: 'sort', message: expect.stringMatching(/profit.*region.*units/) });
		const nothing = await failure('run', chart({}), '--in', fixture('sales'));
		expect(nothing.node).toBe('sort');
		const loose = recipe('loose', { input: ['io.file', { kind: 'image' }], stamp: ['image.watermark-image'], save: ['image.save'] }, [
			'input.value > stamp.image',
			'stamp.image > save.image',
		]);
		expect(await failure('run', loose, '--in', 'a.png')).toMatchObject({ node: 'stamp', message: expect.stringContaining('Nothing is connected') });
		writeFileSync(place.path('halve.json'), JSON.stringify(halved));
		expect((await failure('run', 'halve.json')).message).toContain('--in');
		expect((await failure('run', 'halve.json', '--in', 'nowhere.png')).message).toContain('nowhere.png');
	});
});

describe('a machine without ffmpeg', () => {
	it('says so in doctor and when a film is wanted, and goes on with everything else', async () => {
		mkdirSync(place.path('bin'));
		for (const tool of ['setpriv', 'bwrap']) if (existsSync(`/usr/bin/${tool}`)) symlinkSync(`/usr/bin/${tool}`, place.path('bin', tool));
		const without = (...words: string[]) => place.start([...words, '--json'], { PATH: place.path('bin') }).ended;
		const doctor = onlyObject<{ tools: { name: string; found: boolean }[]; unavailable: { spec: string; reason: { en: string } }[] }>(
			(await without('doctor')).stdout,
		);
		expect(doctor.tools.find(({ name }) => name === 'ffmpeg')?.found).toBe(false);
		expect(doctor.unavailable.find(({ spec }) => spec === 'video.save')?.reason.en).toContain('ffmpeg');
		const film = still('video', ['video.save'], 'video');
		copyFileSync(fixture('clip'), place.path('clip.mp4'));
		const failed = await without('run', recipe('film', film.nodes, film.wires), '--in', 'clip.mp4', '--out', 'never');
		expect({ status: failed.status, message: onlyObject(failed.stdout).errors[0]?.message }).toEqual({
			status: 1,
			message: expect.stringMatching(/ffmpeg.*(install|doctor)/i),
		});
		writeFileSync(place.path('halve.json'), JSON.stringify(halved));
		expect((await without('run', 'halve.json', '--in', 'a.png', '--out', 'without')).status).toBe(0);
	});
});

describe('two writers of one recipe', () => {
	it('never overwrite what they have not seen, also when they are two processes', async () => {
		const folder = place.path('recipes');
		mkdirSync(folder);
		const [one, two] = [new RecipeFolder(folder), new RecipeFolder(folder)];
		const { id } = await one.create('Shared', 'first');
		const writes = await Promise.allSettled(Array.from({ length: 8 }, (_, i) => (i % 2 === 0 ? one : two).update(id, 1, `version of ${i}`)));
		const won = writes.filter(({ status }) => status === 'fulfilled');
		expect(won).toHaveLength(1);
		for (const write of writes) if (write.status === 'rejected') expect(write.reason).toBeInstanceOf(RevisionConflict);
		expect(await two.read(id)).toMatchObject({ revision: 2, text: expect.stringContaining('version of') });
		expect((await one.history(id)).map(({ revision }) => revision)).toEqual([1, 2]);
	});
});
