import { mkdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { onlyObject, processesOf, until, Workplace } from './harness.ts';
import { small } from './materials.ts';
import { probe } from './measure.ts';

/** A few tenths of a second of ffmpeg an item. */
const zooming = {
	millwright: 1,
	name: 'zoom',
	graph: {
		nodes: {
			photo: { spec: 'io.file', params: { kind: 'image' } },
			zoom: { spec: 'video.ken-burns', params: { duration: 1.5, width: 320, height: 180 } },
			save: { spec: 'video.save', params: { format: 'mp4' } },
		},
		edges: [
			{ from: 'photo.value', to: 'zoom.image' },
			{ from: 'zoom.video', to: 'save.video' },
		],
	},
};
const ITEMS = 8;
const words = ['run', 'zoom.json', '--in', 'in', '--out', 'out', '--json'];

let place: Workplace;
beforeAll(async () => {
	place = new Workplace();
	mkdirSync(place.path('in'));
	mkdirSync(place.path('out'));
	for (let i = 0; i < ITEMS; i++) writeFileSync(place.path('in', `${i}.png`), await small(`picture ${i}`));
	writeFileSync(place.path('zoom.json'), JSON.stringify(zooming));
});
afterAll(() => place.remove());

const films = () => place.files('out').filter((path) => /^\d\.mp4$/.test(path));

describe('Ctrl-C in the middle of a batch', () => {
	it('ends it with 130, no process and no half-written file; --resume goes on from there', async () => {
		const started = place.start(words);
		await until(() => films().length >= 2);
		started.kill('SIGINT');
		const { status, stdout } = await started.ended;
		expect(status).toBe(130);
		await until(() => processesOf(place.folder).length === 0);
		const kept = films();
		expect(
			onlyObject(stdout)
				.outputs.map(({ path }) => path.slice(4))
				.sort(),
		).toEqual(kept);
		expect(kept.length).toBeLessThan(ITEMS);
		expect(place.files('out')).toEqual(kept);
		for (const film of kept) expect(probe(place.path('out', film)).duration).toBeCloseTo(1.5, 1);
		expect(place.files('.home/temporary')).toEqual([]);
		const before = kept.map((film) => statSync(place.path('out', film)).ino);

		const resumed = await place.json(...words.slice(0, -1), '--resume');
		expect(resumed).toMatchObject({ status: 0, report: { outcome: 'done', summary: { items: ITEMS, done: ITEMS, failed: 0 } } });
		expect(resumed.report.summary.fromCache).toBeGreaterThanOrEqual(kept.length);
		expect(films()).toHaveLength(ITEMS);
		expect(kept.map((film) => statSync(place.path('out', film)).ino)).toEqual(before);

		const bytes = films().map((film) => readFileSync(place.path('out', film)));
		const again = await place.json(...words.slice(0, -1), '--resume');
		expect(again.report.summary).toMatchObject({ done: ITEMS, fromCache: ITEMS });
		expect(films().map((film) => readFileSync(place.path('out', film)))).toEqual(bytes);
	});
});
