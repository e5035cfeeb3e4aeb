import { existsSync, mkdirSync, readFileSync, rmSync, statSync, utimesSync, writeFileSync } from 'node:fs';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { onlyObject, Workplace } from '../cli/harness.ts';
import { halved, small } from '../cli/materials.ts';

const ITEMS = 30;
let place: Workplace;
beforeAll(async () => {
	place = new Workplace();
	mkdirSync(place.path('in'));
	writeFileSync(place.path('halve.json'), JSON.stringify(halved));
	const old = new Date(Date.now() - 3_600_000);
	for (let i = 0; i < ITEMS; i++) {
		writeFileSync(place.path('in', `${i}.png`), await small(`picture ${i}`));
		utimesSync(place.path('in', `${i}.png`), old, old);
	}
	/* Writes down each process that the command line starts, whichever function started it. */
	writeFileSync(
		place.path('counting.mjs'),
		`import { ChildProcess } from 'node:child_process';
		import { appendFileSync } from 'node:fs';
		const { spawn } = ChildProcess.prototype;
		ChildProcess.prototype.spawn = function (options) {
			appendFileSync(process.env.MILLWRIGHT_TEST_STARTS, options.args.join(' ') + '\\n');
			return spawn.call(this, options);
		};`,
	);
});
afterAll(() => place.remove());

/** Runs the batch. @returns its report and the processes that were started for it */
async function run(...words: string[]) {
	rmSync(place.path('starts'), { force: true });
	const environment = { NODE_OPTIONS: `--import=${place.path('counting.mjs')}`, MILLWRIGHT_TEST_STARTS: place.path('starts') };
	const { stdout, stderr } = await place.start(['run', 'halve.json', '--in', 'in', '--out', 'out', ...words, '--json'], environment).ended;
	const starts = existsSync(place.path('starts')) ? readFileSync(place.path('starts'), 'utf8').trim().split('\n') : [];
	return { report: onlyObject(stdout, stderr), starts };
}
const state = () => place.files('out').map((name) => [name, statSync(place.path('out', name)).ino, readFileSync(place.path('out', name)).toString('base64')]);

it('a batch of which nothing changed starts no process, and leaves every file as it is', async () => {
	const first = await run();
	expect(first.report.summary).toMatchObject({ done: ITEMS, fromCache: 0 });
	expect(first.starts.length).toBeGreaterThan(0);
	const before = state();
	expect(before).toHaveLength(ITEMS);

	const again = await run('--resume');
	expect(again.report.summary).toMatchObject({ done: ITEMS, fromCache: ITEMS });
	expect(again.starts).toEqual([]);
	expect(state()).toEqual(before);

	/* What is lost of the results is copied out of the store: byte for byte, and again without a process. */
	for (const name of ['3.webp', '17.webp']) rmSync(place.path('out', name));
	const copied = await run('--resume');
	expect(copied.report.summary).toMatchObject({ done: ITEMS });
	expect(copied.starts).toEqual([]);
	expect(state().map(([name, , bytes]) => [name, bytes])).toEqual(before.map(([name, , bytes]) => [name, bytes]));

	/* One that changed costs one. */
	writeFileSync(place.path('in/3.png'), await small('another picture'));
	const changed = await run('--overwrite');
	expect(changed.report.summary).toMatchObject({ done: ITEMS, fromCache: ITEMS - 1 });
	expect(changed.starts.length).toBeGreaterThan(0);
});
