import { mkdirSync, readFileSync, statSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import sharp from 'sharp';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { onlyObject, Workplace } from '../cli/harness.ts';
import { halved } from '../cli/materials.ts';

let place: Workplace;
beforeAll(() => {
	place = new Workplace();
	mkdirSync(place.path('in'));
	writeFileSync(place.path('halve.json'), JSON.stringify(halved));
	/* The clock leaps a day, forwards or back, again and again, in the command line's process and in its workers. */
	writeFileSync(
		place.path('leaping.mjs'),
		`const real = Date.now; let leap = 0; const step = Number(process.env.MILLWRIGHT_TEST_LEAP);
		setInterval(() => { leap += step; }, 20).unref();
		Date.now = () => real() + leap;`,
	);
});
afterAll(() => place.remove());

/** An uncompressed picture of one colour: whatever the colour, it has the same number of bytes. */
async function picture(red: number): Promise<Buffer> {
	return sharp({ create: { width: 40, height: 30, channels: 3, background: { r: red, g: 0, b: 0 } } })
		.tiff({ compression: 'none' })
		.toBuffer();
}
const redOf = async (path: string) => (await sharp(path).stats()).channels[0]?.mean ?? 0;

describe('a clock that leaps', () => {
	it.each([-86_400_000, 86_400_000])('by %i ms many times ends nothing early, nothing late, and times are not negative', async (leap) => {
		writeFileSync(place.path('in/a.tif'), await picture(leap > 0 ? 10 : 20));
		const { status, stdout, stderr } = await place.start(
			['run', 'halve.json', '--in', 'in', '--out', `leap${leap}`, '--timeout', '60', '--report', `leap${leap}.json`, '--json'],
			{ NODE_OPTIONS: `--import=${place.path('leaping.mjs')}`, MILLWRIGHT_TEST_LEAP: String(leap) },
		).ended;
		expect(status, stderr).toBe(0);
		const report = onlyObject(stdout);
		expect(report.summary).toMatchObject({ items: 1, done: 1 });
		expect(report.timings.runMs).toBeGreaterThan(0);
		expect(report.timings.runMs).toBeLessThan(120_000);
		const account: { items: { seconds: number }[] } = JSON.parse(readFileSync(place.path(`leap${leap}.json`), 'utf8'));
		for (const { seconds } of account.items) expect(seconds).toBeGreaterThanOrEqual(0);
	});
});

describe('a file that was changed', () => {
	it('to other bytes of the same length, with its time set back, is seen as changed', async () => {
		const path = join(place.folder, 'twin.tif');
		const old = new Date(Date.now() - 3_600_000);
		for (const [red, out] of [
			[200, 'first'],
			[50, 'second'],
		] as const) {
			const bytes = await picture(red);
			writeFileSync(path, bytes);
			utimesSync(path, old, old);
			expect(statSync(path)).toMatchObject({ size: bytes.length, mtimeMs: old.getTime() });
			expect((await place.json('run', 'halve.json', '--in', 'twin.tif', '--out', out)).status).toBe(0);
			expect(await redOf(place.path(out, 'twin.webp'))).toBeCloseTo(red, -1.3);
		}
	});

	it('again and again within the grain of a clock is seen each time', async () => {
		const { open } = await import('../../server/open.ts');
		const { engine } = open(place.path('.other'), { cores: 1 });
		const path = place.path('busy.tif');
		try {
			const seen = new Set<string>();
			for (let red = 0; red < 12; red++) {
				writeFileSync(path, await picture(red * 20));
				seen.add((await engine.look(path)).content);
			}
			expect(seen.size).toBe(12);
		} finally {
			await engine.close();
		}
	});
});
