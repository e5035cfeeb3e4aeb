import { copyFileSync, mkdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { DatabaseSync } from 'node:sqlite';
import sharp from 'sharp';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { onlyObject, processesOf, until, Workplace } from '../cli/harness.ts';
import { halved, small } from '../cli/materials.ts';
import { fixture } from '../fixtures/index.ts';

const GOOD = 194;
const BAD = ['bad-1.png', 'bad-2.png', 'bad-3.png', 'bad-4.png', 'bad-5.jpg', 'bad-6.jpg'];
const words = ['run', 'halve.json', '--in', 'in', '--out', 'out'];

let place: Workplace;
beforeAll(async () => {
	place = new Workplace();
	mkdirSync(place.path('in'));
	mkdirSync(place.path('out'));
	writeFileSync(place.path('halve.json'), JSON.stringify(halved));
	for (let i = 0; i < GOOD; i++) writeFileSync(place.path('in', `${i}.png`), await small(`number ${i} ${i * i}`));
	const whole = await small('whole');
	const photo = readFileSync(fixture('photo'));
	const broken = [
		Buffer.from('only a text\n'),
		Buffer.alloc(0),
		whole.subarray(0, whole.length - 40),
		whole.subarray(0, 8),
		photo.subarray(0, 2000),
		Buffer.alloc(3000, 0x41),
	];
	for (const [i, name] of BAD.entries()) writeFileSync(place.path('in', name), broken[i] ?? '');
});
afterAll(() => place.remove());

const finished = () => place.files('out').filter((path) => /^\d+\.webp$/.test(path));
const inodes = (names: readonly string[]) =>
	names.map((name) => `${name} ${statSync(place.path('out', name)).ino} ${statSync(place.path('out', name)).mtimeMs}`);

describe('two hundred files of which six are broken', () => {
	it('survive a kill -9 in the middle: what is finished is whole, nothing else is there, and nothing is made twice', async () => {
		const started = place.start([...words, '--json']);
		await until(() => finished().length >= 60, 60);
		started.kill('SIGKILL');
		await started.ended;
		await until(() => processesOf(place.folder).length === 0);
		const kept = finished();
		expect(kept.length).toBeLessThan(GOOD);
		for (const name of kept) expect(await sharp(place.path('out', name)).metadata()).toMatchObject({ format: 'webp', width: 20 });
		const before = inodes(kept);
		const made = results();

		const ended = await place.start([...words, '--resume', '--json']).ended;
		const report = onlyObject(ended.stdout);
		expect(ended.status).toBe(5);
		expect(report).toMatchObject({ outcome: 'partial', summary: { items: GOOD + BAD.length, done: GOOD, failed: BAD.length, skipped: 0 } });
		expect(report.summary.fromCache).toBeGreaterThanOrEqual(kept.length);
		expect(report.errors.map(({ item }) => item).sort()).toEqual(BAD);
		for (const { message } of report.errors) expect(message).toMatch(/[a-z].*[.:)]?$/i);
		expect(report.errors.find(({ item }) => item === 'bad-1.png')?.message).toContain('bad-1.png');
		expect(report.errors.find(({ item }) => item === 'bad-2.png')?.message).toContain('empty');
		expect(place.files('out')).toEqual(finished());
		expect(finished()).toHaveLength(GOOD);
		expect(inodes(kept)).toEqual(before);
		/* Each picture has exactly one result; those from before the kill are still the same ones. */
		const after = results();
		expect(after).toHaveLength(GOOD);
		expect(made.every((row) => after.includes(row))).toBe(true);
		expect(place.files('.home/temporary')).toEqual([]);
	});

	it('are done at once when nothing changed; of the failed ones only those are tried again', async () => {
		const before = inodes(finished());
		const again = await place.json(...words, '--resume');
		expect(again.report.summary).toMatchObject({ done: GOOD, fromCache: GOOD, failed: BAD.length });
		copyFileSync(place.path('in/1.png'), place.path('in/bad-1.png'));
		const failed = await place.json(...words, '--failed-only');
		expect(failed).toMatchObject({ status: 5, report: { summary: { items: BAD.length, done: 1, failed: BAD.length - 1 } } });
		expect(inodes(finished())).toEqual(before);
	});
});

/** Each result of the ledger with the time at which it was made. */
function results(): string[] {
	const database = new DatabaseSync(place.path('.home/ledger.db'), { readOnly: true });
	try {
		return database
			.prepare('SELECT key, made FROM results')
			.all()
			.map(({ key, made }) => `${key} ${made}`);
	} finally {
		database.close();
	}
}
