import { mkdirSync, readFileSync, utimesSync, writeFileSync } from 'node:fs';
import sharp from 'sharp';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { fixture } from '../fixtures/index.ts';
import { Workplace } from './harness.ts';
import { halved, small, twoInputs } from './materials.ts';

let place: Workplace;
beforeAll(async () => {
	place = new Workplace();
	for (const folder of ['photos', 'masks', 'other', 'mixed']) mkdirSync(place.path(folder));
	for (const name of ['a', 'b', 'c']) writeFileSync(place.path('photos', `${name}.png`), await small(name));
	for (const name of ['a', 'b', 'x'])
		writeFileSync(
			place.path('masks', `${name}.webp`),
			await sharp(await small(`mask ${name}`))
				.webp()
				.toBuffer(),
		);
	for (const name of ['1', '2', '3']) writeFileSync(place.path('other', `${name}.png`), await small(`other ${name}`));
	const photo = readFileSync(fixture('photo'));
	for (let i = 1; i <= 5; i++) writeFileSync(place.path('mixed', `wide-${i}.png`), await small(`wide ${i}`));
	for (let i = 1; i <= 3; i++)
		writeFileSync(
			place.path('mixed', `tall-${i}.png`),
			await sharp(await small(`tall ${i}`))
				.rotate(90)
				.toBuffer(),
		);
	writeFileSync(place.path('mixed', 'photo.jpg'), photo);
	for (let i = 1; i <= 2; i++) writeFileSync(place.path('mixed', `cut-${i}.jpg`), photo.subarray(0, 300));
	writeFileSync(place.path('mixed', 'loop.gif'), readFileSync(fixture('animation')));
	writeFileSync(place.path('stamp.json'), JSON.stringify(twoInputs));
	writeFileSync(place.path('halve.json'), JSON.stringify(halved));
});
afterAll(() => place.remove());

const stamp = (out: string, mask: string, ...more: string[]) =>
	place.json('run', 'stamp.json', '--in', 'photo=photos', '--in', `mark=${mask}`, '--out', out, ...more);

describe('two folders', () => {
	it('are paired by name; a file without a partner is named, not dropped', async () => {
		const { status, report } = await stamp('by-name', 'masks', '--pair', 'name');
		expect([status, report.errors]).toEqual([0, []]);
		expect(place.files('by-name')).toEqual(['a.png', 'b.png']);
		expect(report.passedOver).toEqual([
			{ item: 'c.png', input: 'photo', reason: 'without a partner' },
			{ item: 'x.webp', input: 'mark', reason: 'without a partner' },
		]);
		expect(report.summary).toMatchObject({ items: 4, done: 2, skipped: 2 });
	});

	it('that do not match by name are a question with the choices', async () => {
		const { status, report } = await stamp('unclear', 'masks');
		expect(status).toBe(1);
		expect(report.errors[0]?.message).toMatch(/photo: c\.png.*name.*zip.*product/);
	});

	it('are paired in order when they are equally long, else both counts are said', async () => {
		expect((await stamp('in-order', 'other', '--pair', 'zip')).status).toBe(0);
		expect(place.files('in-order')).toEqual(['a.png', 'b.png', 'c.png']);
		writeFileSync(place.path('other', '4.png'), await small('other 4'));
		const { status, report } = await stamp('unequal', 'other', '--pair', 'zip');
		expect([status, report.errors[0]?.message]).toEqual([1, expect.stringMatching(/photo: 3.*mark: 4/)]);
	});

	it('meet each with each, and every result has a name of its own', async () => {
		const { status, report } = await stamp('product', 'masks', '--pair', 'product');
		expect([status, report.summary.done]).toEqual([0, 9]);
		expect(place.files('product')).toEqual(['a', 'b', 'c'].flatMap((a) => ['a', 'b', 'x'].map((b) => `${a}-${b}.png`)));
		expect(new Set(report.outputs.map(({ item }) => item))).toContain('a.png × x.webp');
	});

	it('of which one is a single file are no pairs', async () => {
		const { report } = await place.json('run', 'stamp.json', '--in', 'photo=photos', '--in', 'mark=masks/x.webp', '--out', 'constant');
		expect(report.summary).toMatchObject({ items: 3, done: 3 });
	});

	it('want a way that there is', async () => {
		expect((await stamp('never', 'masks', '--pair', 'twins')).status).toBe(2);
	});
});

describe('a canary', () => {
	it('tries one of each kind, says which kinds would fail, and goes on with --resume', async () => {
		const words = ['run', 'halve.json', '--in', 'mixed', '--out', 'tried'];
		const { status, report } = await place.json(...words, '--canary');
		expect(status).toBe(5);
		expect(report.canary?.map(({ count, item, outcome }) => ({ count, item, outcome }))).toEqual([
			{ count: 5, item: 'wide-1.png', outcome: 'done' },
			{ count: 3, item: 'tall-1.png', outcome: 'done' },
			{ count: 2, item: 'cut-1.jpg', outcome: 'failed' },
			{ count: 1, item: 'loop.gif', outcome: 'done' },
			{ count: 1, item: 'photo.jpg', outcome: 'done' },
		]);
		expect(report.canary?.[1]?.cluster).toBe('Image · png · portrait');
		expect(report.next).toContain('--resume instead of --canary');
		expect(place.files('tried')).toEqual(['loop.webp', 'photo.webp', 'tall-1.webp', 'wide-1.webp']);

		const rest = await place.json(...words, '--resume');
		expect(rest.report.summary).toMatchObject({ items: 12, done: 10, failed: 2 });
		expect(rest.report.summary.fromCache).toBeGreaterThanOrEqual(4);
		expect(place.files('tried')).toHaveLength(10);
	});

	it('says it in words, too', async () => {
		const { stdout } = await place.run('run', 'halve.json', '--in', 'photos', '--out', 'said', '--canary', '--lang', 'zh');
		expect(stdout).toMatch(/✓ a\.png：同类共 3 项（图片 · png · 横向）\n.*--resume/);
	});
});

describe('items', () => {
	it('come in the order that is asked for, and --limit takes the first of them', async () => {
		writeFileSync(
			place.path('photos', 'big.png'),
			await sharp({ create: { width: 300, height: 300, channels: 3, background: 'red', noise: { type: 'gaussian', mean: 90, sigma: 40 } } })
				.png()
				.toBuffer(),
		);
		utimesSync(place.path('photos', 'b.png'), new Date(), new Date(Date.now() + 60_000));
		const first = async (order: string) => {
			const { report } = await place.json('run', 'halve.json', '--in', 'photos', '--out', `ordered-${order}`, '--order', order, '--limit', '1', '--jobs', '1');
			return report.outputs.map(({ item }) => item);
		};
		expect(await first('newest')).toEqual(['b.png']);
		expect(await first('name')).toEqual(['a.png']);
		const { report } = await place.json('run', 'halve.json', '--in', 'photos', '--out', 'sized', '--order', 'size', '--jobs', '1');
		expect(report.outputs.at(-1)?.item).toBe('big.png');
	});

	it('after the first failure are left alone when that is wanted', async () => {
		const { report } = await place.json('run', 'halve.json', '--in', 'mixed', '--out', 'stopped', '--stop-on-error', '--jobs', '1');
		expect(report.summary).toMatchObject({ items: 12, done: 0, failed: 1 });
	});
});
