import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { recipeFrom } from '../../nodes/graph.ts';
import { runBatch } from '../../server/batch/batch.ts';
import { clustersOf, tried } from '../../server/batch/canary/cluster.ts';
import { foresee } from '../../server/batch/foresee.ts';
import { oneEach } from '../../server/batch/items.ts';
import { type FileList, pair } from '../../server/batch/pair.ts';
import { itemsOfRows, type Table } from '../../server/batch/rows.ts';
import { withParams } from '../../server/batch/settings.ts';
import { filesOf } from '../../server/batch/walk.ts';
import { halved, small } from '../cli/materials.ts';
import { type Bench, bench } from '../engine/harness.ts';
import { fixture } from '../fixtures/index.ts';

let engine: Bench;
beforeAll(async () => {
	engine = await bench({ cores: 2 });
});
afterAll(() => engine.done());

const list = (node: string, ...names: string[]): FileList => ({
	node,
	label: node,
	files: names.map((item) => ({ path: `/${node}/${item}`, item, listed: true })),
});
const pairs = (lists: readonly FileList[], how: Parameters<typeof pair>[1]) => {
	const { items, alone } = pair(lists, how);
	return { items: items.map(({ item, files }) => [item, ...Object.values(files).map((found) => found.item)]), alone: alone.map(({ found }) => found.item) };
};

describe('pairs by name', () => {
	it('do not mind endings, letters’ case and Unicode form, but mind the sub-folder', () => {
		const photos = list('photo', 'A.JPG', 'sub/b.jpg', 'nfc \u00e9.png', 'c.png');
		const masks = list('mask', 'a.png', 'b.png', 'nfc e\u0301.webp', 'sub/b.png');
		expect(pairs([photos, masks], 'name')).toEqual({
			items: [
				['A.JPG', 'A.JPG', 'a.png'],
				['sub/b.jpg', 'sub/b.jpg', 'sub/b.png'],
				['nfc é.png', 'nfc é.png', 'nfc e\u0301.webp'],
			],
			alone: ['c.png', 'b.png'],
		});
	});

	it('take of several the one with the same ending, and none where that does not tell', () => {
		const masks = list('mask', 'a.jpg', 'a.png', 'b.gif', 'b.webp');
		expect(pairs([list('photo', 'a.png', 'b.png'), masks], 'name')).toEqual({
			items: [['a.png', 'a.png', 'a.png']],
			alone: ['b.png', 'a.jpg', 'b.gif', 'b.webp'],
		});
	});

	it('of three lists want a partner in each', () => {
		const lists = [list('one', 'a', 'b'), list('two', 'a', 'b'), list('three', 'b')];
		expect(pairs(lists, 'name')).toEqual({ items: [['b', 'b', 'b', 'b']], alone: ['a', 'a'] });
	});

	it('that are none at all are an error, and too many of them, too', () => {
		expect(() => pair([list('one', 'a'), list('two', 'b')], 'name')).toThrow(/No files of one, two/);
		const many = Array.from({ length: 500 }, (_, i) => `${i}`);
		expect(() => pair([list('one', ...many), list('two', ...many)], 'product')).toThrow(/250000 items/);
	});
});

describe('rows', () => {
	const recipe = recipeFrom({
		millwright: 1,
		name: 'r',
		graph: { nodes: { qr: { spec: 'image.qr', params: { content: 'text', text: 'for {column:a} & {column:b}', size: '{column:n}' } } } },
	});
	const table = (...rows: Table['rows'][number][]): Table => ({
		columns: [
			{ name: 'n', type: 'integer' },
			{ name: 'a', type: 'text' },
			{ name: 'b', type: 'text' },
		],
		rows,
	});

	it('fill texts in part and numbers as a whole; blank texts stay blank, blank numbers their default', () => {
		const items = itemsOfRows(recipe, table({ n: ' 80 ', a: 'x', b: '' }, { n: '', a: '', b: '' }));
		expect(items.map(({ item, settings }) => [item, settings])).toEqual([
			['x', { 'qr.text': 'for x & ', 'qr.size': '80' }],
			['row 2', { 'qr.text': 'for  & ', 'qr.size': undefined }],
		]);
		const [first, second] = items.map(({ settings }) => withParams(recipe, settings ?? {}).graph.nodes.qr?.params);
		expect(first).toMatchObject({ size: 80 });
		expect(second).toEqual({ content: 'text', text: 'for  & ' });
	});

	it('that are called the same are told apart, and keep their names when only some of them run', () => {
		const row = { n: '80', a: 'same', b: '' };
		const request = { recipe: withSaver, items: itemsOfRows(withSaver, table(row, row, row)), out: '/nowhere', existing: 'error' } as const;
		const all = foresee(request).predicted;
		expect(all.map(({ item }) => item)).toEqual(['same', 'same (2)', 'same (3)']);
		expect(new Set(all.flatMap(({ paths }) => paths)).size).toBe(3);
		expect(foresee({ ...request, only: new Set(['same (3)']) }).predicted).toEqual([all[2]]);
	});

	it('may say what the name and the format of their own file are', async () => {
		const saver = { spec: 'image.save', params: { format: '{column:b}', name: '{column:a}!' } };
		const own = recipeFrom({ ...withSaver, graph: { ...withSaver.graph, nodes: { ...withSaver.graph.nodes, save: saver } } });
		const out = join(engine.folder, 'own');
		const items = itemsOfRows(own, table({ n: '80', a: '../up', b: 'png' }, { n: '80', a: 'w', b: 'webp' }, { n: '80', a: 'no', b: 'docx' }));
		const result = await runBatch({ recipe: own, items, bindings: {}, out, existing: 'error' }, engine.engine);
		expect(result.items.map(({ state }) => state)).toEqual(['done', 'done', 'failed']);
		expect(filesOf(out).map(({ item }) => item)).toEqual(['__up!.png', 'w!.webp']);
		expect(result.items[2]).toMatchObject({ item: 'no', problems: [{ key: 'param.invalid', node: 'save', param: 'format' }] });
	});

	const withSaver = recipeFrom({
		millwright: 1,
		name: 'r',
		graph: {
			nodes: {
				qr: { spec: 'image.qr', params: { content: 'text', text: '{column:a}', size: '{column:n}' } },
				save: { spec: 'image.save', params: { format: 'png' } },
			},
			edges: [{ from: 'qr.image', to: 'save.image' }],
		},
	});
});

describe('a canary', () => {
	const clusters = async (folder: string, kind: 'image' | 'text' | 'table', files: Readonly<Record<string, string | Buffer>>) => {
		const place = join(engine.folder, folder);
		mkdirSync(place);
		for (const [name, bytes] of Object.entries(files)) writeFileSync(join(place, name), bytes);
		const found = await clustersOf(oneEach('in', filesOf(place)), { in: kind }, engine.engine);
		return found.map(({ title, item, count }) => [title.en, item.item, count]);
	};

	it('tells texts by their encoding and tables by their columns', async () => {
		const gbk = Buffer.from('d6d0b9fac8cbc3f1b5c4bdf1ccecbacdc3f7ccecb6bccac7d6d0b9facab1bce4a1a3', 'hex');
		expect(await clusters('texts', 'text', { 'a.txt': 'plain words', 'b.txt': 'more plain words', 'c.txt': gbk })).toEqual([
			['Text · txt', 'a.txt', 2],
			['Text · txt · gb18030', 'c.txt', 1],
		]);
		const tables = await clusters('tables', 'table', { 'a.csv': 'name,n\nx,1\n', 'b.csv': 'name,n\ny,2\n', 'c.csv': 'name,n\ny,two\n', 'd.csv': 'x;y\n1;2\n' });
		expect(tables.map(([title, , count]) => [title, count])).toEqual([
			['Table · csv · name (text), n (integer)', 2],
			['Table · csv · name (text), n (text)', 1],
			['Table · csv · x (integer), y (integer)', 1],
		]);
	});

	it('tells pictures by format, shape, see-through and movement, and broken ones by what is wrong', async () => {
		const found = await clusters('pictures', 'image', {
			'a.png': await small('a'),
			'b.png': await small('b'),
			'c.gif': readFileSync(fixture('animation')),
			'd.png': readFileSync(fixture('logo')),
			'e.png': '',
			'f.png': 'no picture',
			'g.png': 'none either',
		});
		expect(found.map(([title, item, count]) => `${count} ${item}: ${title}`)).toEqual([
			'2 a.png: Image · png · landscape',
			expect.stringMatching(/^2 f\.png: /),
			expect.stringMatching(/^1 c\.gif: Image · gif .* animated$/),
			expect.stringMatching(/^1 d\.png: .*see-through/),
			'1 e.png: can not be read · .png',
		]);
	});

	it('tries at most twelve kinds, the biggest first', async () => {
		const kinds = Array.from({ length: 14 }, (_, i) => Array.from({ length: i === 9 ? 3 : 1 }, () => i)).flat();
		const items = kinds.map((kind, i) => ({
			item: `row ${i}`,
			files: {},
			columns: Object.fromEntries(Array.from({ length: 14 }, (_, c) => [`c${c}`, c === kind ? '' : 'x'])),
		}));
		const found = await clustersOf(items, {}, engine.engine);
		expect([found.length, tried(found).length, found[0]?.title.en, found[0]?.count]).toEqual([14, 12, 'rows · without c9', 3]);
	});
});

describe('an item with parameters of its own', () => {
	it('is run by them, shares what it can with the others, and fails alone', async () => {
		const recipe = recipeFrom(halved);
		const folder = join(engine.folder, 'own-params');
		mkdirSync(folder);
		writeFileSync(join(folder, 'a.png'), await small('own'));
		const [found] = filesOf(folder);
		if (found === undefined) throw new Error('no file');
		const items = [10, 12, 'wide', 10].map((width, i) => ({
			item: `${i}`,
			files: { photo: found },
			settings: { 'resize.width': width },
			results: { stem: `${i}`, folder: '' },
		}));
		const { items: results, state } = await runBatch({ recipe, items, bindings: {}, out: join(folder, 'out'), existing: 'error', jobs: 1 }, engine.engine);
		expect([state, ...results.map((one) => one.state)]).toEqual(['partial', 'done', 'done', 'failed', 'cached']);
		expect(results.flatMap(({ files }) => files.map(({ output }) => output.artifact.metadata))).toMatchObject(
			[10, 12, 10].map((width) => ({ content: { width } })),
		);
		expect(results[2]?.problems).toMatchObject([{ key: 'param.invalid', node: 'resize', param: 'width' }]);
		expect(() => withParams(recipe, { 'resize.wdith': 3 })).toThrow(/no parameter wdith/);
		expect(() => withParams(recipe, { 'nobody.width': 3 })).toThrow(/no node nobody.*photo, resize, save/);
	});
});
