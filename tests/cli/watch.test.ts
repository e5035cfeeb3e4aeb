import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { onlyObject, processesOf, until, Workplace } from './harness.ts';
import { halved, small, twoInputs } from './materials.ts';

let place: Workplace;
beforeAll(async () => {
	place = new Workplace();
	mkdirSync(place.path('in'));
	writeFileSync(place.path('halve.json'), JSON.stringify(halved));
	writeFileSync(place.path('stamp.json'), JSON.stringify(twoInputs));
	writeFileSync(place.path('in/a.png'), await small('a'));
	writeFileSync(place.path('in/broken.png'), (await small('b')).subarray(0, 40));
});
afterAll(() => place.remove());

const words = ['watch', 'halve.json', '--in', 'in', '--out', 'out', '--settle', '200ms'];

describe('millwright watch', () => {
	it('--once takes what is there, names what fails, and next time does only what is new', async () => {
		const first = await place.json(...words, '--once');
		expect(first).toMatchObject({ status: 5, report: { outcome: 'partial', summary: { items: 2, done: 1, failed: 1 } } });
		expect(first.report.outputs).toMatchObject([{ item: 'a.png', kind: 'image', metadata: { width: 20 } }]);
		expect(first.report.errors).toMatchObject([{ item: 'broken.png' }]);
		expect(await place.json(...words, '--once')).toMatchObject({ status: 0, report: { summary: { items: 0 } } });
		expect((await place.json(...words, '--once', '--retry')).report.summary).toMatchObject({ items: 1, failed: 1 });
		const { status, stdout } = await place.run(...words, '--once', '--retry');
		expect([status, stdout]).toEqual([1, expect.stringMatching(/^✗ broken\.png: /)]);
	});

	it('says a line for each file as it comes; Ctrl-C ends it with 130 and nothing left', async () => {
		const started = place.start([...words, '--every', '300ms']);
		await until(() => started.stdout.includes('Watching'));
		writeFileSync(place.path('in/b.png'), await small('second'));
		await until(() => started.stdout.includes('✓ b.png → out/b.webp'));
		started.kill('SIGINT');
		expect((await started.ended).status).toBe(130);
		await until(() => processesOf(place.folder).length === 0);
		expect(place.files('out')).toEqual(['a.webp', 'b.webp']);
	});

	it('--json keeps stdout for the one report, also when it is stopped', async () => {
		const started = place.start([...words, '--json']);
		writeFileSync(place.path('in/c.png'), await small('third'));
		await until(() => started.stderr.includes('✓ c.png'));
		started.kill('SIGINT');
		const { status, stdout } = await started.ended;
		expect([status, onlyObject(stdout).outputs.map(({ item }) => item)]).toEqual([130, ['c.png']]);
	});

	it('takes other inputs as single files, by name or in order', async () => {
		writeFileSync(place.path('mark.png'), await small('mark'));
		const ways = [
			['photo=in', 'mark=mark.png'],
			['in', 'mark.png'],
			['in/*.png', 'mark.png'],
		];
		for (const [i, inputs] of ways.entries()) {
			const { status, report } = await place.json('watch', 'stamp.json', '--in', ...inputs, '--out', `stamped${i}`, '--once', '--settle', '200ms');
			expect([status, report.summary]).toMatchObject([5, { done: 3, failed: 1 }]);
		}
	});

	it('is particular about what it is told', async () => {
		const said = async (...more: string[]) => {
			const { status, report } = await place.json('watch', 'halve.json', ...more, '--once');
			return [status, report.errors[0]?.message];
		};
		expect(await said('--in', 'in/a.png', '--out', 'out')).toEqual([2, expect.stringContaining('one folder to watch')]);
		expect(await said('--in', 'nowhere', '--out', 'out')).toEqual([1, expect.stringContaining('nowhere')]);
		expect(await said('--in', 'in')).toEqual([2, expect.stringContaining('--out')]);
		expect(await said('--in', 'in', '--out', 'out', '--every', 'often')).toEqual([2, expect.stringContaining('often')]);
		const before = readFileSync(place.path('in/a.png'));
		expect(await said('--in', 'in', '--out', 'in', '--overwrite')).toEqual([1, expect.stringContaining('originals')]);
		expect(readFileSync(place.path('in/a.png'))).toEqual(before);
	});
});
