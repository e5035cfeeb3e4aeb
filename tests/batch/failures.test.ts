import { describe, expect, it } from 'vitest';
import { recipeFrom } from '../../nodes/graph.ts';
import { GraphError, RunError } from '../../nodes/problems.ts';
import { accountText, sayFailure } from '../../server/batch/account.ts';
import { type FailedItem, failuresOf, itemsOfCause } from '../../server/batch/failures.ts';

const recipe = recipeFrom({
	millwright: 1,
	name: 'some',
	graph: {
		nodes: {
			photo: { spec: 'io.file', params: { kind: 'image' } },
			save: { spec: 'image.save', params: { format: 'webp' } },
			table: { spec: 'io.file', params: { kind: 'table' } },
			sorted: { spec: 'table.sort', params: { column: 'Amuont' } },
			trim: { spec: 'video.trim', params: {} },
		},
		edges: [{ from: 'photo.value', to: 'save.image' }],
	},
});
const failed = (item: string, ...problems: readonly (RunError | GraphError)[]): FailedItem => ({ item, problems: problems.map(({ problem }) => problem) });
const groups = (...all: readonly FailedItem[]) => failuresOf(all, recipe);
const said = (...all: readonly FailedItem[]) => groups(...all).map((failure) => sayFailure(failure, 'en'));

describe('failures', () => {
	it('are one where only the names and numbers of the items differ; the largest group comes first', () => {
		const cut = (name: string) =>
			new RunError('input.broken', { name, format: 'png', reason: `${name}: read error at byte ${name.length * 100}` }, { node: 'photo' });
		const all = said(
			failed('x.png', new RunError('input.empty', { name: 'x.png' }, { node: 'photo' })),
			...['deep/a1.png', 'b-(2)/x+[1].png', 'c3.png'].map((name) => failed(name, cut(name))),
		);
		expect(all).toMatchObject([
			{ cause: 'input.broken@photo', count: 3, items: ['deep/a1.png', 'b-(2)/x+[1].png', 'c3.png'], message: '… looks like png, but can not be read: …' },
			{ cause: 'input.empty@photo', count: 1, message: 'x.png is empty (0 bytes). Choose another file.' },
		]);
	});

	it('differ where the reason does, and each can be named', () => {
		const broken = (reason: string) => new RunError('input.broken', { name: 'n', format: 'png', reason }, { node: 'photo' });
		const all = groups(failed('a.png', broken('no header')), failed('b.png', broken('no header')), failed('c.png', broken('cut off')));
		expect(all.map(({ count }) => count)).toEqual([2, 1]);
		expect(new Set(all.map(({ cause }) => cause)).size).toBe(2);
		for (const { cause, items } of all) expect([...itemsOfCause(all, cause)]).toEqual(items);
		expect(itemsOfCause(all, 'input.broken').size).toBe(3);
		expect(itemsOfCause(all, 'other').size).toBe(0);
	});

	it('are told by the node that failed, not by those that only came after it', () => {
		const all = groups(failed('a', new RunError('run.upstream', { node: 'x' }, { node: 'save' }), new RunError('run.timeout', { seconds: 5 }, { node: 'x' })));
		expect(all[0]?.cause).toBe('run.timeout@x');
	});

	it.each([
		['more time', [new RunError('run.timeout', { seconds: 30 }, { node: 'save' })], ['--timeout', '120']],
		['one at a time', [new RunError('video.out-of-memory', {}, { node: 'save' })], ['--jobs', '1']],
		['what is there is skipped', [new RunError('output.exists', { path: '/x' })], ['--skip-existing']],
		[
			'another format',
			[
				new GraphError('image.too-large-for-format', { choices: ['png', 'tiff'] }, { node: 'save', param: 'format' }),
				new GraphError('image.too-large-for-format', { choices: ['avif', 'tiff'] }, { node: 'save', param: 'format' }),
			],
			['--set', 'save.format=tiff'],
		],
		[
			'the column that was meant',
			[new GraphError('graph.column', { value: 'Amuont', choices: ['Name', 'Amount'] }, { node: 'sorted', param: 'column' })],
			['--set', 'sorted.column=Amount'],
		],
		['a password: nothing', [new RunError('document.locked', {}, { node: 'save' })], []],
	])('are mended by %s', (_, errors, options) => {
		const [failure] = said(...errors.map((error, i) => failed(`item ${i}`, error)));
		expect(failure?.count).toBe(errors.length);
		expect(failure?.mend?.options).toEqual(options);
		expect(failure?.mend?.text).not.toContain('{');
	});

	it('over a missing column name the columns that all of them have', () => {
		const missing = (choices: string[]) => new GraphError('graph.column', { value: 'price', choices, param: 'by' }, { node: 'sorted', param: 'by' });
		const [failure] = said(failed('a.csv', missing(['city', 'sales', 'year'])), failed('b.csv', missing(['year', 'city'])));
		expect(failure).toMatchObject({ count: 2, mend: { text: expect.stringContaining('city, year'), options: [] } });
		expect(failure?.message).toBe('Expected a column for by, got "price". Columns: city, year.');
	});

	it('over times tell the shortest', () => {
		const past = (duration: number) => new GraphError('video.trim-past-end', { value: 9, duration }, { node: 'trim', param: 'from' });
		expect(said(failed('a', past(4)), failed('b', past(2.5)))[0]).toMatchObject({
			message: expect.stringContaining('2.5–4 s'),
			mend: { text: expect.stringContaining('2.5') },
		});
	});
});

describe('the report of a batch', () => {
	const row = (item: string, error: string | null = null) => ({
		item,
		state: 'done' as const,
		outputs: [`${item}.png`],
		seconds: 1.23456,
		error,
		fromCache: false,
	});
	const account = (...items: ReturnType<typeof row>[]) => ({
		batch: 'b',
		recipe: 'r',
		state: 'done',
		started: '2026-01-01',
		seconds: 2,
		counts: { total: 1, done: 1, failed: 0, skipped: 0, cached: 0 },
		items,
		failures: [],
	});

	it('as CSV holds one line an item, in UTF-8 that spreadsheets recognise', () => {
		const text = accountText(account(row('猫.png', 'broken, "really"\nsee below')), 'csv');
		expect(text).toBe('\uFEFFitem,state,outputs,seconds,error,from cache\r\n猫.png,done,猫.png.png,1.235,"broken, ""really""\nsee below",no\r\n');
	});

	it.each(['=1+1', '+1', '-a', '@SUM(A1)', '\t=1', ' =1', '\u00A0=1', '\u200B=1', '\uFEFF=1', '\r=1', '＝1', '|calc', '\u3000+1'])(
		'as CSV holds no formula for %j',
		(name) => {
			const line = accountText(account(row(name)), 'csv')
				.split('\r\n')
				.slice(1)
				.join('\r\n');
			expect(line).toMatch(/^"'/);
		},
	);

	it('as JSON is what it is', () => {
		expect(JSON.parse(accountText(account(row('=a')), 'json')).items[0].item).toBe('=a');
	});
});
