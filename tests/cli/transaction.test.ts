import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { until, Workplace } from './harness.ts';
import { halved, small } from './materials.ts';

let place: Workplace;
beforeAll(async () => {
	place = new Workplace();
	mkdirSync(place.path('in/sub'), { recursive: true });
	mkdirSync(place.path('bad'));
	mkdirSync(place.path('lots'));
	for (const name of ['a.png', 'b.png', 'sub/c.png']) writeFileSync(place.path('in', name), await small(name));
	writeFileSync(place.path('bad/good.png'), await small('good'));
	for (const name of ['empty-1.png', 'empty-2.png', 'empty-3.png']) writeFileSync(place.path('bad', name), '');
	writeFileSync(place.path('halve.json'), JSON.stringify(halved));
});
afterAll(() => place.remove());

const run = (out: string, ...more: string[]) => place.json('run', 'halve.json', '--in', 'in', '--out', out, ...more);

describe('--commit end', () => {
	it('writes what succeeded when the batch has ended; with --stop-on-error a failure writes nothing', async () => {
		const ended = await place.json('run', 'halve.json', '--in', 'bad', '--out', 'end', '--commit', 'end');
		expect(ended).toMatchObject({ status: 5, report: { outcome: 'partial', summary: { done: 1, failed: 3 } } });
		expect(place.files('end')).toEqual(['good.webp']);
		const stopped = await place.json('run', 'halve.json', '--in', 'bad', '--out', 'none', '--commit', 'end', '--stop-on-error');
		expect(stopped).toMatchObject({ status: 1, report: { outcome: 'failed', outputs: [], batch: null, summary: { done: 0 } } });
		expect(place.files('none')).toEqual([]);
	});

	it('shows nothing before; what was killed goes on with --resume', async () => {
		for (let i = 0; i < 120; i++) writeFileSync(place.path('lots', `more-${i}.png`), await small(`more ${i}`));
		const words = ['run', 'halve.json', '--in', 'lots', '--out', 'killed', '--commit', 'end', '--json'];
		const started = place.start(words);
		await until(() => existsSync(place.path('killed')) && place.files('killed').length > 5);
		expect(place.files('killed').filter((path) => !path.startsWith('.millwright-'))).toEqual([]);
		started.kill('SIGKILL');
		await started.ended;
		const { report } = await place.json(...words.slice(0, -1), '--resume');
		expect(report).toMatchObject({ outcome: 'done', summary: { items: 120, done: 120 } });
		expect(place.files('killed')).toHaveLength(120);
		expect((await place.json('undo')).report).toMatchObject({ outcome: 'done', batch: report.batch });
		expect(existsSync(place.path('killed'))).toBe(false);
	});
});

describe('undo', () => {
	it('removes what a batch wrote with the folders that it made, and leaves originals and changed files', async () => {
		const before = readFileSync(place.path('in/a.png'));
		const { report } = await run('made/by/us');
		expect(report.batch).toMatch(/^[0-9a-f]{8}$/);
		writeFileSync(place.path('made/by/us/b.webp'), 'mine');
		const dry = await place.json('undo', 'last', '--dry-run');
		expect(dry).toMatchObject({ status: 0, report: { outcome: 'planned', batch: report.batch, undone: { kept: [{ reason: 'changed' }] } } });
		expect(existsSync(place.path('made/by/us/a.webp'))).toBe(true);
		const undone = await place.json('undo', report.batch ?? '');
		expect(undone).toMatchObject({
			status: 5,
			report: { outcome: 'partial', undone: { restored: [], kept: [{ path: place.path('made/by/us/b.webp'), reason: 'changed' }] } },
		});
		expect(undone.report.undone?.removed).toContain(place.path('made/by/us/sub/c.webp'));
		expect(undone.report.errors[0]?.message).toContain('was changed since');
		expect(place.files('made')).toEqual(['by/us/b.webp']);
		expect(existsSync(place.path('made/by/us/sub'))).toBe(false);
		expect(readFileSync(place.path('in/a.png'))).toEqual(before);
		expect((await place.run('undo', 'nothing-like-it')).stderr).toContain('no batch nothing-like-it');
		expect((await place.json('undo', 'a', 'b')).status).toBe(2);
	});

	it('brings back what --overwrite replaced, even after garbage collection', async () => {
		mkdirSync(place.path('over'));
		writeFileSync(place.path('over/a.webp'), 'what was there before');
		const { report } = await run('over', '--overwrite');
		expect(readFileSync(place.path('over/a.webp')).length).toBeGreaterThan(30);
		await place.run('store', 'gc');
		const text = (await place.run('undo', report.batch ?? '')).stdout;
		expect(text).toContain('↺ over/a.webp');
		expect(text).toContain('1 brought back, 0 kept');
		expect(place.files('over')).toEqual(['a.webp']);
		expect(readFileSync(place.path('over/a.webp'), 'utf8')).toBe('what was there before');
	});

	it('takes a batch and what went on with it as one', async () => {
		const first = await run('parts', '--limit', '2');
		const second = await run('parts', '--resume');
		expect(second.report.batch).toBe(first.report.batch);
		await run('between');
		await run('parts', '--resume');
		expect((await place.json('undo')).report.batch).toBe(first.report.batch);
		expect(existsSync(place.path('parts'))).toBe(false);
	});
});

describe('--report', () => {
	it('holds what became of each item, as CSV or JSON, and never replaces a file unasked', async () => {
		await place.json('run', 'halve.json', '--in', 'bad', '--out', 'reported', '--report', 'logs/report.csv');
		const lines = readFileSync(place.path('logs/report.csv'), 'utf8').split('\r\n');
		expect(lines[0]).toBe('\uFEFFitem,state,outputs,seconds,error,from cache');
		expect(lines.find((line) => line.startsWith('empty-1.png'))).toMatch(/^empty-1\.png,failed,,[\d.]+,.*empty.*,no$/);
		expect(lines.find((line) => line.startsWith('good.png'))).toMatch(/^good\.png,(done|cached),reported\/good\.webp,[\d.]+,,(yes|no)$/);
		const again = await place.json('run', 'halve.json', '--in', 'bad', '--out', 'other', '--report', 'logs/report.csv');
		expect(again).toMatchObject({ status: 1, report: { outcome: 'failed', errors: [{ message: expect.stringContaining('report.csv') }] } });
		expect(existsSync(place.path('other'))).toBe(false);
		await place.json('run', 'halve.json', '--in', 'bad', '--out', 'reported', '--overwrite', '--report', 'logs/report.json');
		expect(JSON.parse(readFileSync(place.path('logs/report.json'), 'utf8'))).toMatchObject({
			state: 'partial',
			recipe: 'halve',
			counts: { total: 4, failed: 3 },
			failures: [{ cause: 'input.empty', count: 3 }],
		});
		expect((await run('x', '--report', 'report.txt')).status).toBe(2);
		expect((await run('x', '--report', 'in/a.png.csv', '--dry-run')).status).toBe(2);
	});
});

describe('failures', () => {
	it('of one cause are told as one, with what mends them, and can be run again alone', async () => {
		const words = ['run', 'halve.json', '--in', 'bad', '--out', 'grouped'];
		const { stdout } = await place.run(...words, '--skip-existing', '--lang', 'en');
		expect(stdout).toMatch(/3 × ".*empty.*": empty-1\.png, empty-2\.png and 1 more; try: get these files again.*--only-failed-of input\.empty/);
		const { report } = await place.json(...words, '--only-failed-of', 'input.empty');
		expect(report).toMatchObject({
			summary: { items: 3, failed: 3 },
			failures: [{ cause: 'input.empty', count: 3, items: ['empty-1.png', 'empty-2.png', 'empty-3.png'], mend: { options: [] } }],
		});
		writeFileSync(place.path('bad/empty-1.png'), await small('no longer'));
		const mended = await place.json(...words, '--only-failed-of', 'input.empty', '--set', 'resize.width=10');
		expect(mended.report).toMatchObject({ summary: { items: 3, done: 1, failed: 2 } });
		writeFileSync(place.path('bad/empty-1.png'), '');
		const wrong = await place.json(...words, '--only-failed-of', 'run.timeout');
		expect(wrong).toMatchObject({ status: 2, report: { errors: [{ message: expect.stringContaining('input.empty') }] } });
	});
});

describe('before anything runs', () => {
	it('--dry-run estimates time and size, and says that it is an estimate', async () => {
		const { report } = await place.json('run', 'halve.json', '--in', 'lots', '--out', 'dry', '--dry-run', '--set', 'resize.width=13');
		expect(report).toMatchObject({ outcome: 'planned', estimate: { sampled: 5 } });
		expect(report.estimate?.seconds).toBeGreaterThan(0);
		expect(report.estimate?.bytes).toBeGreaterThan(0);
		expect((await place.run('run', 'halve.json', '--in', 'in', '--out', 'dry', '--dry-run', '--lang', 'en')).stdout).toMatch(/About .* s, .*B \(an estimate/);
		expect(existsSync(place.path('dry'))).toBe(false);
	});

	it('--skip-existing looks at nothing that is there already', async () => {
		mkdirSync(place.path('never'));
		mkdirSync(place.path('skipped'));
		for (const name of ['x', 'y']) {
			writeFileSync(place.path('never', `${name}.png`), 'not a picture at all, which a look would tell');
			writeFileSync(place.path('skipped', `${name}.webp`), 'there');
		}
		const { status, report } = await place.json('run', 'halve.json', '--in', 'never', '--out', 'skipped', '--skip-existing');
		expect([status, report.summary]).toEqual([0, { items: 2, done: 0, failed: 0, skipped: 2, fromCache: 0 }]);
		const refused = await place.json('run', 'halve.json', '--in', 'never', '--out', 'skipped');
		expect(refused.report.errors).toHaveLength(2);
	});
});
