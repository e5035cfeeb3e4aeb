import { writeFileSync } from 'node:fs';
import sharp from 'sharp';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readCodes } from '../../server/backends/qr/read.ts';
import { Workplace } from './harness.ts';

/** A QR code whose text, size and margin can come from a row. */
const code = (text: string) => ({
	millwright: 1,
	name: 'QR codes',
	graph: {
		nodes: {
			qr: { spec: 'image.qr', params: { content: 'text', text, size: 64 } },
			save: { spec: 'image.save', params: { format: 'png' } },
		},
		edges: [{ from: 'qr.image', to: 'save.image' }],
	},
});

let place: Workplace;
beforeAll(() => {
	place = new Workplace();
	writeFileSync(place.path('qr.json'), JSON.stringify(code('https://example.com')));
	writeFileSync(place.path('columns.json'), JSON.stringify(code('{column:url}#{column:code}')));
	writeFileSync(
		place.path('urls.csv'),
		'name,url,size,code\nFront door,https://example.com/a,64,007\n"a/b: ..\\c",https://example.com/b,96,010\n,https://example.com/c,,1.10\nHuge,https://example.com/d,90000,4\nFront door,https://example.com/e,64,5\n',
	);
});
afterAll(() => place.remove());

const run = (recipe: string, table: string, out: string, ...more: string[]) => place.json('run', recipe, '--each-row', table, '--out', out, ...more);
const byUrl = ['--set', 'qr.text={column:url}'];

describe('a table of which each row is a run', () => {
	it('fills parameters and names; a row that does not fit fails alone, by its name', async () => {
		const { status, report } = await run('qr.json', 'urls.csv', 'out', ...byUrl, '--set', 'qr.size={column:size}', '--name', '{column:name}.png');
		expect(status).toBe(5);
		expect(report.summary).toMatchObject({ items: 5, done: 4, failed: 1 });
		expect(report.errors).toEqual([{ item: 'Huge', node: 'qr', param: 'size', message: expect.stringMatching(/64 … 4096.*got 90000/) }]);
		expect(report.outputs.map(({ item }) => item)).toEqual(['Front door', 'a/b: ..\\c', 'https://example.com/c', 'Front door (2)']);
		const names = place.files('out');
		expect(names).toHaveLength(4);
		expect(names).toContain('a_b_ .._c.png');
		expect(names).toContain('example.com_c.png');
		expect(names.filter((name) => name.startsWith('Front door'))).toHaveLength(2);
		/* A blank size is the parameter's own. */
		expect(report.outputs.map(({ metadata }) => ('width' in metadata ? metadata.width : null))).toEqual([64, 96, 512, 64]);
	});

	it('leaves values as they are written, and finds places that the recipe has', async () => {
		const { report } = await run('columns.json', 'urls.csv', 'coded', '--limit', '3', '--jobs', '1');
		const texts = await Promise.all(report.outputs.map(({ path }) => read(place.path(path))));
		expect(texts).toEqual(['https://example.com/a#007', 'https://example.com/b#010', 'https://example.com/c#1.10']);
	});

	it("makes a ready recipe's own check follow the row", async () => {
		const { status, report } = await run('qr-code', 'urls.csv', 'ready', ...byUrl, '--limit', '2');
		expect([status, report.errors]).toEqual([0, []]);
		expect(report.checks.filter(({ ok }) => ok)).toHaveLength(4);
		expect(report.checks.map(({ text }) => text).join()).toContain('https://example.com/b');
	});

	it('names the columns that there are', async () => {
		const wrong = await run('qr.json', 'urls.csv', 'wrong', '--set', 'qr.text={column:adress}');
		expect(wrong.report.errors).toEqual([{ node: 'qr', param: 'text', message: 'The table has no column adress. Columns: name, url, size, code.' }]);
		const named = await run('qr.json', 'urls.csv', 'wrong', ...byUrl, '--name', '{column:title}');
		expect(named.report.errors[0]?.message).toContain('title');
		const none = await run('qr.json', 'urls.csv', 'wrong');
		expect(none.report.errors[0]?.message).toMatch(/every row would give the same.*\{column:name\}/);
	});

	it('may be empty, and must be a table', async () => {
		writeFileSync(place.path('empty.csv'), 'url,name\n');
		const empty = await run('qr.json', 'empty.csv', 'none', ...byUrl);
		expect([empty.status, empty.report.summary.items, empty.report.next]).toEqual([0, 0, 'The table has no rows, so nothing was made.']);
		writeFileSync(
			place.path('urls.json'),
			JSON.stringify([
				{ url: 'https://example.com/j', n: 1 },
				{ url: null, n: 2 },
			]),
		);
		const json = await run('qr.json', 'urls.json', 'from-json', ...byUrl);
		expect(json.report.outputs.map(({ item }) => item)).toEqual(['https://example.com/j']);
		expect(json.report.errors[0]?.item).toBe('row 2');
		const other = await run('qr.json', 'qr.png', 'other', ...byUrl);
		expect(other.report.errors[0]?.message).toContain('qr.png');
	});

	it('runs five hundred rows, again without making any twice, and tries one of each kind first', async () => {
		const rows = Array.from({ length: 500 }, (_, i) => `https://example.com/${i},${i % 50 === 7 ? '' : `note ${i}`}`);
		writeFileSync(place.path('many.csv'), `url,note\n${rows.join('\n')}\n`);
		const words = [...byUrl, '--name', '{number}'];
		const canary = await run('qr.json', 'many.csv', 'many', ...words, '--canary');
		expect(canary.report.canary).toEqual([
			{ cluster: 'rows', count: 490, item: 'https://example.com/0', outcome: 'done' },
			{ cluster: 'rows · without note', count: 10, item: 'https://example.com/7', outcome: 'done' },
		]);
		expect(place.files('many')).toEqual(['1.png', '8.png']);
		const all = await run('qr.json', 'many.csv', 'many', ...words, '--resume');
		expect(all.report.summary).toMatchObject({ items: 500, done: 500, fromCache: 2 });
		const again = await run('qr.json', 'many.csv', 'many', ...words, '--resume');
		expect(again.report.summary).toMatchObject({ done: 500, fromCache: 500 });
		expect(place.files('many')).toHaveLength(500);
	}, 120_000);
});

/** What the code says. */
async function read(path: string): Promise<string> {
	const { data, info } = await sharp(path).ensureAlpha().raw().toBuffer({ resolveWithObject: true });
	return (await readCodes(data, info.width, info.height)).join();
}
