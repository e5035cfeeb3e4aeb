import { writeFile } from 'node:fs/promises';
import { describe, expect, it } from 'vitest';
import { specOf } from '../../../nodes/catalogue.ts';
import { ProblemError } from '../../../nodes/problems.ts';
import { encodingOf } from '../../../server/backends/table/encoding.ts';
import { probeTable } from '../../../server/backends/table/probe.ts';
import { rowsOf } from '../../../server/backends/table/rows.ts';
import { groupOf, inFolder, runGroup, spec, tableFile } from './harness.ts';

async function read(content: string | Uint8Array, format = 'csv') {
	return inFolder(async (folder) => {
		const path = `${folder}/a file.${format}`;
		await writeFile(path, content);
		const metadata = await probeTable(path, format);
		return { metadata, columns: metadata.columns?.map(({ name, type }) => `${name}: ${type}`), rows: await rowsOf(path, format, 1000) };
	});
}

async function problem(content: string | Uint8Array, format = 'csv') {
	return read(content, format).then(
		() => undefined,
		(error: unknown) => (error instanceof ProblemError ? error.problem : error),
	);
}

/* 城市,省份 / 上海,上海 … in the encodings that TextEncoder doesn't write. */
const GBK = Buffer.from('b3c7cad02ccaa1b7dd2cc8cbbfda0d0ac9cfbaa32cc9cfbaa32c323438370d0ab1b1bea92cb1b1bea92c323138350d0a', 'hex');
const BIG5 = Buffer.from('abb0a5ab2ca44ca466a87b0aa5785f2cb57b0a', 'hex');
const SJIS = Buffer.from('966891' + '4f2c906c8cfb0a938c8b9e2c3133393630303030' + '0a91e58de32c323735303030300a', 'hex');

describe('reading tables', () => {
	it('finds out the encoding of Chinese files with Windows line ends', async () => {
		const { columns, rows } = await read(GBK);
		expect(columns).toEqual(['城市: text', '省份: text', '人口: integer']);
		expect(rows).toEqual([
			{ 城市: '上海', 省份: '上海', 人口: 2487 },
			{ 城市: '北京', 省份: '北京', 人口: 2185 },
		]);
	});

	it('tells encodings apart', async () => {
		await inFolder(async (folder) => {
			const encoding = async (bytes: Uint8Array) => {
				await writeFile(`${folder}/x`, bytes);
				return encodingOf(`${folder}/x`);
			};
			expect(await encoding(GBK)).toBe('gb18030');
			expect(await encoding(SJIS)).toBe('shift_jis');
			expect(await encoding(BIG5)).toBe('big5');
			expect(await encoding(Buffer.from('naïve,café\n1,2\n', 'latin1'))).toBe('windows-1252');
			expect(await encoding(Buffer.from('a,b\n1,2\n', 'utf16le'))).toBe('utf-16le');
			expect(await encoding(Buffer.from('naïve,城市\n'))).toBe('utf-8');
			expect(await encoding(Buffer.concat([Buffer.from(`${'a,b\n'.repeat(100_000)}`), GBK]))).toBe('gb18030');
		});
	});

	it('reads UTF-16 with a mark', async () => {
		expect((await read(Buffer.concat([Buffer.from([0xff, 0xfe]), Buffer.from('城市\tn\r\n上海\t1\r\n', 'utf16le')]), 'tsv')).rows).toEqual([
			{ 城市: '上海', n: 1 },
		]);
	});

	it('keeps what looks like a number but is a name', async () => {
		const { columns, rows } = await read('code,n,long\n007,1,12345678901234567890\n012,2,1\n');
		expect(columns).toEqual(['code: text', 'n: integer', 'long: text']);
		expect(rows[0]).toEqual({ code: '007', n: 1, long: '12345678901234567890' });
	});

	it('reads dates as people write them, numbers with thousands, and words for missing', async () => {
		const { columns, rows } = await read('d,t,n,m\n5 Jan 2024,2024-01-05 10:30,"1,200.50",NA\n2024/02/11,2024-01-06 11:00,7,3.5\n,,,\n');
		expect(columns).toEqual(['d: date', 't: time', 'n: number', 'm: number']);
		expect(rows).toEqual([
			{ d: '2024-01-05', t: '2024-01-05T10:30:00', n: 1200.5, m: null },
			{ d: '2024-02-11', t: '2024-01-06T11:00:00', n: 7, m: 3.5 },
			{ d: null, t: null, n: null, m: null },
		]);
	});

	it('finds the dialect: semicolons, quotes, line breaks in cells, no header', async () => {
		expect((await read('a;b\n"x;1\nline two";2\n"say ""hi""";3\n')).rows).toEqual([
			{ a: 'x;1\nline two', b: 2 },
			{ a: 'say "hi"', b: 3 },
		]);
		expect((await read('1,2\n3,4\n')).columns).toEqual(['column 1: integer', 'column 2: integer']);
	});

	it('gives every column a name of its own', async () => {
		expect((await read('a,A,,a\nx,y,z,w\n')).columns?.map((one) => one.split(':')[0])).toEqual(['a', 'A (2)', 'column 3', 'a (3)']);
	});

	it('reads a header without rows, and refuses a file without lines', async () => {
		expect((await read('name,age\n')).metadata).toMatchObject({ rows: 0 });
		expect(await problem('')).toMatchObject({ key: 'input.empty' });
		expect(await problem('\n\n')).toMatchObject({ type: 'run' });
	});

	it('never drops or pads a row in silence', async () => {
		const lines = Array.from({ length: 40 }, (_, i) => `${i},x,y`);
		expect(await problem(`a,b,c\n${lines.join('\n')}\n1,2\n${lines.join('\n')}\n`)).toMatchObject({ key: 'table.ragged', values: { line: '42' } });
		expect(await problem(`a,b,c\n${lines.join('\n')}\n1,2,3,4\n`)).toMatchObject({ key: 'table.ragged' });
	});

	it('judges types by all rows', async () => {
		const { columns } = await read(`n,m\n${'1,2\n'.repeat(30_000)}abc,3\n`);
		expect(columns).toEqual(['n: text', 'm: integer']);
	});

	it('reads JSON in the shapes that there are', async () => {
		const rows = [
			{ a: 1, b: 'x', d: 'Jun 12 1998' },
			{ a: 2, b: null, d: 'Jan 1 2000' },
		];
		const wanted = [
			{ a: 1, b: 'x', d: '1998-06-12' },
			{ a: 2, b: null, d: '2000-01-01' },
		];
		for (const json of [
			JSON.stringify(rows),
			rows.map((row) => JSON.stringify(row)).join('\n'),
			JSON.stringify({ meta: { n: 2 }, data: rows }),
			JSON.stringify({ a: [1, 2], b: ['x', null], d: ['Jun 12 1998', 'Jan 1 2000'] }),
		]) {
			expect((await read(json, 'json')).rows).toEqual(wanted);
		}
		expect((await read('[{"a":{"b":1}},{"a":{"b":2}}]', 'json')).columns).toEqual(['a: other']);
		expect(await problem('[1, [2]]', 'json')).toMatchObject({ key: 'table.json-shape' });
		expect(await problem('{"a": 1', 'json')).toMatchObject({ key: 'input.broken' });
	});

	it('has values of text columns for planners', async () => {
		expect((await read('city,n\n重庆,1\nOslo,2\n重庆,3\n')).metadata.columns?.[0]?.values).toEqual(['重庆', 'Oslo']);
	});

	it('reads names that are patterns elsewhere, and only those files', async () => {
		await inFolder(async (folder) => {
			const path = `${folder}/a'[b]*?.csv`;
			await writeFile(path, 'a,b\n1,2\n');
			await writeFile(`${folder}/a'b.csv`, 'a,b\n9,9\n');
			expect(await rowsOf(path, 'csv', 5)).toEqual([{ a: 1, b: 2 }]);
		});
	});
});

describe('writing tables', () => {
	it('keeps cells from running in a spreadsheet, and marks the encoding', async () => {
		await inFolder(async (folder) => {
			await writeFile(`${folder}/in.csv`, 'name,n\n=1+1,-5\n"  =cmd",2\n\u00a0@x,3\nplain,4\n');
			const file = await tableFile(`${folder}/in.csv`);
			const save = (params: object) =>
				runGroup(groupOf([file], [{ spec: spec('table.save'), params: { ...params }, inputs: { table: [{ input: 0 }] } }], [0]), folder);
			const [made] = await save({ excelSafe: true });
			const { readFile } = await import('node:fs/promises');
			const text = await readFile(made?.path ?? '', 'utf8');
			expect(text).toBe("\uFEFFname,n\n'=1+1,-5\n'  =cmd,2\n'\u00a0@x,3\nplain,4\n");
			expect(made?.metadata).toMatchObject({ kind: 'file', format: 'csv', bytes: Buffer.byteLength(text), content: { kind: 'table', rows: 4 } });
		});
	});

	it('writes every format so that it reads back the same', async () => {
		for (const format of ['csv', 'tsv', 'json', 'parquet']) {
			await inFolder(async (folder) => {
				await writeFile(`${folder}/in.csv`, 'text,n,x,d,t,ok\n"a ""b"", c",1,1.5,2024-01-31,2024-01-31 10:00:00,true\n中文,2,,,,false\n');
				const file = await tableFile(`${folder}/in.csv`);
				const [made] = await runGroup(groupOf([file], [{ spec: spec('table.save'), params: { format }, inputs: { table: [{ input: 0 }] } }], [0]), folder);
				expect(await rowsOf(made?.path ?? '', format, 9), format).toEqual(await rowsOf(file.path, 'csv', 9));
			});
		}
	});

	it('stops when it is told to', async () => {
		await inFolder(async (folder) => {
			await writeFile(`${folder}/in.csv`, `a\n${'1\n'.repeat(200_000)}`);
			const file = await tableFile(`${folder}/in.csv`);
			const join = { spec: spec('table.join'), params: { on: ['a'] }, inputs: { left: [{ input: 0 }], right: [{ input: 0 }] } };
			const stop = new AbortController();
			const running = runGroup(groupOf([file], [join], [0]), folder, stop.signal);
			setTimeout(() => stop.abort(), 100);
			await expect(running).rejects.toMatchObject({ name: 'Cancelled' });
		});
	});

	it('knows the node', () => expect(specOf('table.save')?.saves).toBe(true));
});
