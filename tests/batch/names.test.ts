import { mkdirSync, readFileSync, realpathSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { recipeFrom } from '../../nodes/graph.ts';
import { type BatchRequest, runBatch } from '../../server/batch/batch.ts';
import { foresee } from '../../server/batch/foresee.ts';
import { expand } from '../../server/batch/inputs.ts';
import { oneEach } from '../../server/batch/items.ts';
import { fileName, shortName } from '../../server/batch/names.ts';
import { filesOf } from '../../server/batch/walk.ts';
import { filesBelow } from '../cli/harness.ts';
import { halved, small, zipOf } from '../cli/materials.ts';
import { type Bench, bench } from '../engine/harness.ts';

const recipe = recipeFrom(halved);
let engine: Bench;
let picture: Buffer;
let place: string;
let n = 0;
beforeAll(async () => {
	engine = await bench({ cores: 2 });
	picture = await small('a picture');
});
afterAll(() => engine.done());
beforeEach(() => {
	place = realpathSync(engine.folder);
	place = join(place, String(n++));
	mkdirSync(place);
});

function put(name: string, bytes: string | Buffer = picture): void {
	const path = join(place, name);
	mkdirSync(dirname(path), { recursive: true });
	writeFileSync(path, bytes);
}
const requestFor = (input: string, out: string, more: Partial<BatchRequest> = {}): BatchRequest => ({
	recipe,
	items: oneEach('photo', filesOf(join(place, input), { except: [join(place, out)] })),
	bindings: {},
	out: join(place, out),
	existing: 'error',
	...more,
});
const run = (input: string, out: string, more: Partial<BatchRequest> = {}) => runBatch(requestFor(input, out, more), engine.engine);

describe('names of files', () => {
	it('may be anything that a disk takes', async () => {
		const names = [
			'line\nbreak',
			'-rf',
			'--json',
			'%03d',
			"it's",
			'"quoted"',
			'emoji 🦊',
			'\u202Eright to left',
			'nfc é',
			'nfd e\u0301',
			'$(touch x)',
			'a;b|c&d',
			'sp  ace ',
			`${'長'.repeat(83)}`,
			'*',
			'[x]',
			'{name}',
		];
		for (const name of names) put(`in/${name}.png`);
		const { state, counts, items } = await run('in', 'out');
		expect(items.flatMap(({ problems }) => problems)).toEqual([]);
		expect({ state, done: counts.done }).toEqual({ state: 'done', done: names.length });
		const made = filesBelow(join(place, 'out'));
		expect(made).toHaveLength(names.length);
		expect(made).toContain('%03d.webp');
		expect(made).toContain('emoji 🦊.webp');
		for (const name of made) expect(Buffer.byteLength(name)).toBeLessThanOrEqual(255);
		expect(made.filter((name) => /[\n"|*]/.test(name))).toEqual([]);
	});

	it('that would give two results the same name are told apart before anything runs', async () => {
		for (const name of ['a.png', 'a.jpg', 'A.webp', 'b.png']) put(`in/${name}`);
		const request = requestFor('in', 'out');
		const { predicted, problems } = foresee(request);
		expect(problems).toEqual([]);
		const paths = predicted.flatMap((one) => one.paths.map((path) => path.toLowerCase()));
		expect(new Set(paths).size).toBe(4);
		await runBatch(request, engine.engine);
		expect(
			filesBelow(join(place, 'out'))
				.map((path) => join(place, 'out', path))
				.sort(),
		).toEqual(predicted.flatMap(({ paths }) => paths).sort());
	});

	it('of results never lead out of their folder', () => {
		const facts = { stem: '../../etc/passwd', item: 'x', number: 1, index: null, count: 1, extension: 'png', metadata: null, date: new Date(0) };
		expect(fileName('{name}', facts)).toBe('__.._etc_passwd.png');
		expect(fileName('../{name}', { ...facts, stem: 'a' })).toBe('__a.png');
		expect(fileName('{name}', { ...facts, stem: '.hidden' })).toBe('_hidden.png');
	});

	it('of a run without files come from the recipe, short and safe', () => {
		expect(shortName('QR code')).toBe('qr-code');
		expect(shortName('Make a QR code for https://example.com/a/b?c=d')).toBe('qr-code');
		expect(shortName('生成 https://example.com 的二维码')).toBe('生成-的二维码');
		expect(shortName('../../x')).toBe('x');
		expect(shortName('!!!')).toBe('result');
		expect(shortName('word '.repeat(60)).length).toBeLessThanOrEqual(40);
	});
});

describe('folders', () => {
	it('are walked once, whatever links there are, and results in them are never taken for items', async () => {
		put('in/a.png');
		put('in/sub/b.png');
		symlinkSync('..', join(place, 'in/sub/up'));
		symlinkSync(join(place, 'in'), join(place, 'in/self'));
		symlinkSync('nowhere', join(place, 'in/dangling.png'));
		symlinkSync('loop.png', join(place, 'in/loop.png'));
		const first = await run('in', 'in/out');
		expect(first.counts).toMatchObject({ total: 2, done: 2 });
		put('in/c.png');
		const second = await run('in', 'in/out', { existing: 'resume' });
		expect(second.counts).toMatchObject({ total: 3, done: 3 });
		expect(filesBelow(join(place, 'in/out'))).toEqual(['a.webp', 'c.webp', 'sub/b.webp']);
	});

	it('that can not be written to are found before any work', async () => {
		put('in/a.png');
		put('blocked', 'a file where a folder should be');
		const before = readFileSync(join(place, 'in/a.png'));
		const { state, problems, counts } = await run('in', 'blocked/out');
		expect({ state, done: counts.done }).toEqual({ state: 'failed', done: 0 });
		expect(problems).toMatchObject([{ key: 'output.readonly' }]);
		expect(readFileSync(join(place, 'in/a.png'))).toEqual(before);
	});

	it('hold originals that are never replaced, not even by a result of the same name', async () => {
		put('in/a.webp');
		const before = statSync(join(place, 'in/a.webp'));
		const items = oneEach('photo', filesOf(join(place, 'in')));
		const results = [];
		for (const existing of ['error', 'resume', 'overwrite'] as const) results.push(await run('in', 'in', { existing, items }));
		expect(results.map(({ state }) => state)).toEqual(['failed', 'failed', 'failed']);
		expect(results[2]?.items[0]?.problems).toMatchObject([{ key: 'output.original' }]);
		const after = statSync(join(place, 'in/a.webp'));
		expect([after.ino, after.mtimeMs]).toEqual([before.ino, before.mtimeMs]);
		expect(readFileSync(join(place, 'in/a.webp'))).toEqual(picture);
	});
});

describe('archives', () => {
	const opened = async (name: string) =>
		(await expand([{ input: join(place, name), name: null }], join(place, 'unpacked'))).flatMap(({ files }) => files.map(({ item }) => item));

	it('give their files, without links and hidden ones', async () => {
		await zipOf(join(place, 'fine.zip'), { 'a.png': picture, 'b/c.png': picture, '.secret': picture, link: Buffer.from('/etc/passwd') }, { link: 0o120777 });
		expect(await opened('fine.zip')).toEqual(['a.png', 'b/c.png']);
	});

	it('that lead out, or would fill the disk, are refused by name', async () => {
		await zipOf(join(place, 'slip.zip'), { 'aa/outside.png': picture });
		const bytes = readFileSync(join(place, 'slip.zip'));
		for (let at = bytes.indexOf('aa/outside'); at >= 0; at = bytes.indexOf('aa/outside', at + 1)) bytes.write('../outside', at);
		writeFileSync(join(place, 'slip.zip'), bytes);
		await expect(opened('slip.zip')).rejects.toMatchObject({ problem: { key: 'input.broken' } });
		expect(filesBelow(place).filter((path) => path.includes('outside'))).toEqual([]);
		await zipOf(join(place, 'bomb.zip'), { 'zeros.png': Buffer.alloc(80 * 2 ** 20) });
		await expect(opened('bomb.zip')).rejects.toMatchObject({ problem: { key: 'zip.bomb', values: { name: 'zeros.png' } } });
		put('broken.zip', 'PK no archive at all');
		await expect(opened('broken.zip')).rejects.toMatchObject({ problem: { key: 'input.broken' } });
	});
});
