import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import sharp from 'sharp';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import spec from '../../../nodes/code/python.ts';
import { type Metadata, portsOf } from '../../../nodes/define.ts';
import { parseParams } from '../../../nodes/params.ts';
import type { TaskInput } from '../../../server/engine/group.ts';
import { fixture } from '../../fixtures/index.ts';
import { type Session, session } from './script.ts';

let python: Session;
beforeAll(() => {
	python = session();
});
afterAll(() => python.close());

const table = (path: string, format: string | null = 'csv'): TaskInput => ({
	path,
	name: 'sales.csv',
	metadata: { kind: 'table', columns: null, rows: null, format },
});

describe('code.python', () => {
	it('runs its example as described', async () => {
		const params = parseParams(spec, spec.example.params);
		const { result } = await python.run(String(params.script), { inputs: { table: table(fixture('sales')) }, outputs: { result: 'table' } });
		expect(result?.metadata).toMatchObject({ kind: 'table', rows: 24, format: 'csv' });
		const names = ['region', 'product', 'units', 'price', 'date'];
		expect(result?.metadata).toMatchObject({ columns: names.map((name) => ({ name })) });
	});

	it('has the ports that its parameters name', () => {
		const params = parseParams(spec, { inputs: [{ name: 'photo', kind: 'image' }], outputs: [{ name: 'words', kind: 'text' }] });
		const ports = portsOf(spec, params);
		expect(Object.entries(ports.inputs).map(([name, { kind }]) => [name, kind])).toEqual([['photo', 'image']]);
		expect(spec.describe(params, {})).toEqual({ words: { kind: 'text', characters: null, lines: null } });
		expect(() => parseParams(spec, { inputs: [{ name: '../x', kind: 'image' }] })).toThrow();
		const twice = [1, 2].map(() => ({ name: 'a', kind: 'image' as const }));
		expect(() => spec.describe(parseParams(spec, { outputs: twice }), {})).toThrow(/called a/);
	});

	it('groups a table with pandas', async () => {
		const script = `import pandas as pd
t = pd.read_csv(inputs["table"])
t.groupby("region", as_index=False)["units"].sum().to_csv(outputs["result"], index=False)
t.describe().to_json(outputs["stats"], orient="records")`;
		const { result, stats } = await python.run(script, { inputs: { table: table(fixture('sales')) }, outputs: { result: 'table', stats: 'table' } });
		expect(result?.metadata).toMatchObject({ rows: 4 });
		expect(stats?.metadata).toMatchObject({ kind: 'table', format: 'json', rows: 8 });
		expect(readdirSync(dirname(result?.path ?? ''))).toEqual(['result.csv', 'stats.csv']);
	});

	it.each([
		['with semicolons, in GB18030', Buffer.from([0xb3, 0xc7, 0xca, 0xd0, ...Buffer.from(';n\n'), 0xb1, 0xb1, 0xbe, 0xa9, ...Buffer.from(';1\n')]), 'csv'],
		['in JSON', Buffer.from('[{"城市":"北京","n":1}]'), 'json'],
		['in UTF-16', Buffer.from('\ufeff城市\tn\n北京\t1\n', 'utf16le'), 'tsv'],
	])('gets a table %s as CSV in UTF-8', async (_, content, format) => {
		const path = join(python.folder, `given.${format}`);
		writeFileSync(path, content, { mode: 0o600 });
		const { result } = await python.run('open(outputs["result"], "w").write(open(inputs["table"]).read())', { inputs: { table: table(path, format) } });
		expect(readFileSync(result?.path ?? '', 'utf8')).toBe('城市,n\n北京,1\n');
	});

	it('changes a picture with PIL and draws a chart with matplotlib', async () => {
		const metadata: Metadata = { kind: 'image', width: 480, height: 320, frames: 1, duration: 0, alpha: false, format: 'jpeg' };
		const script = `from PIL import Image, ImageOps
import matplotlib.pyplot as plt
ImageOps.grayscale(Image.open(inputs["photo"])).resize((48, 32)).save(outputs["small"])
plt.figure(figsize=(3, 2), dpi=100); plt.plot([1, 3, 2]); plt.savefig(outputs["plot"])`;
		const inputs = { photo: { path: fixture('photo'), name: 'photo.jpg', metadata } };
		const { small, plot } = await python.run(script, { inputs, outputs: { small: 'image', plot: 'image' } });
		expect(small?.metadata).toMatchObject({ kind: 'image', width: 48, height: 32, format: 'png' });
		expect(await sharp(plot?.path).metadata()).toMatchObject({ width: 300, height: 200 });
	});

	it('makes a page, a text, an empty text and a file', async () => {
		const script = `open(outputs["page"], "w").write("<html><title>Hi</title></html>")
open(outputs["note"], "w").write("你好\\nthere\\n")
open(outputs["none"], "w")
open(outputs["blob"], "wb").write(bytes(range(256)))`;
		const made = await python.run(script, { outputs: { page: 'page', note: 'text', none: 'text', blob: 'file' } });
		expect(made.page?.metadata).toEqual({ kind: 'page', title: 'Hi' });
		expect(made.note?.metadata).toEqual({ kind: 'text', characters: 9, lines: 2 });
		expect(made.none?.metadata).toEqual({ kind: 'text', characters: 0, lines: 0 });
		expect(made.blob?.metadata).toEqual({ kind: 'file', format: 'bin', bytes: 256, content: null });
	});

	it('takes a result that was moved into place', async () => {
		const { result } = await python.run('import shutil\nopen("/tmp/x", "w").write("moved")\nshutil.move("/tmp/x", outputs["result"])');
		expect(readFileSync(result?.path ?? '', 'utf8')).toBe('moved');
	});

	it('makes the same twice: sets have the same order', async () => {
		const script = 'open(outputs["result"], "w").write(repr(set("abcdefghijklmnop")))';
		const [one, two] = await Promise.all([python.run(script), python.run(script)]);
		expect(readFileSync(one.result?.path ?? '')).toEqual(readFileSync(two.result?.path ?? ''));
	});

	it('shows the traceback of the script, and only that', async () => {
		const running = python.run('def f(x):\n    return 1 / x\n\nf(0)\n');
		await expect(running).rejects.toMatchObject({ problem: { type: 'run', key: 'code.failed', values: { reason: 'ZeroDivisionError: division by zero' } } });
		const { detail } = await running.catch((error) => error.problem);
		expect(detail).toBe(
			'Traceback (most recent call last):\n  File "script.py", line 4, in <module>\n    f(0)\n  File "script.py", line 2, in f\n    return 1 / x\n           ~~^~~\nZeroDivisionError: division by zero',
		);
	});

	it.each([
		['a syntax error', 'def (', 'code.failed', /SyntaxError/],
		['a module that is missing', 'import tensorflow_of_nobody', 'code.no-module', /tensorflow_of_nobody/],
		['nothing written', 'pass', 'code.no-output', /outputs\["result"\]/],
		['an exit code', 'import sys\nsys.exit(3)', 'code.failed', /SystemExit: 3/],
	])('says what is wrong: %s', async (_, script, key, text) => {
		await expect(python.run(script)).rejects.toMatchObject({ problem: { key }, message: expect.stringMatching(text) });
	});

	it('refuses a result of another kind', async () => {
		const running = python.run('open(outputs["result"], "w").write("no picture")', { outputs: { result: 'image' } });
		await expect(running).rejects.toMatchObject({ problem: { key: 'code.wrong-output', values: { got: 'txt', name: 'result' } } });
	});
});
