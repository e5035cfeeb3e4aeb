/** A batch as a transaction on the page: paused, taken back, its failures by cause and run again, its report. */
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { readRecipe } from '../../nodes/graph.ts';
import { small } from '../cli/materials.ts';
import { NO_BROWSER, openRecipe, Stage } from './harness.ts';

let stage: Stage;
beforeAll(async () => {
	if (!NO_BROWSER) stage = await Stage.open();
});
afterEach(() => stage?.clear());
afterAll(() => stage?.close());

const PHOTOS = readRecipe(readFileSync(new URL('../recipes/web-photos.json', import.meta.url), 'utf8'));
const files = (folder: string) => readdirSync(stage.place.path(folder)).sort();

async function batchOf(folder: string, to: string) {
	const page = await stage.visit();
	await openRecipe(page, PHOTOS);
	await page.getByRole('button', { name: 'Batch', exact: true }).click();
	await page.locator('.folder').first().getByRole('button', { name: folder }).click();
	await page.getByLabel('In a folder named').fill(to);
	return page;
}

describe.skipIf(NO_BROWSER)('a batch', () => {
	it('tells failures by cause with what helps, runs a group again, gives a report, and is taken back', async () => {
		mkdirSync(stage.place.path('some'));
		for (const name of ['a.png', 'b.png']) writeFileSync(stage.place.path('some', name), await small(name));
		for (const name of ['cut-1.png', 'cut-2.png']) writeFileSync(stage.place.path('some', name), (await small(name)).subarray(0, 60));
		const page = await batchOf('some', 'made');
		await page.getByText(/\(an estimate\)/).waitFor();
		await page.getByText('More choices').click();
		await page.getByRole('radio', { name: 'All at the end' }).click();
		await page.getByRole('button', { name: 'Start the batch' }).click();
		await page.getByText('Done, some failed').waitFor();
		await page.getByText(/What helps: get these files again/).waitFor();
		expect(files('made')).toHaveLength(2);
		const [download] = await Promise.all([page.waitForEvent('download'), page.getByRole('link', { name: 'Report CSV' }).click()]);
		expect(readFileSync(await download.path(), 'utf8')).toMatch(/cut-1\.png,failed/);

		writeFileSync(stage.place.path('some/cut-2.png'), await small('whole now'));
		await page.getByRole('button', { name: 'Run this group again' }).click();
		await page.getByText('1 of 2 done').waitFor();
		expect(files('made')).toHaveLength(3);

		await page.getByRole('button', { name: 'Undo the batch' }).click();
		expect(files('made')).toHaveLength(3);
		await page.getByRole('button', { name: 'Really take back its files?' }).click();
		await page.getByText('Undone: 3 removed.').waitFor();
		expect(readdirSync(stage.place.path('.'))).not.toContain('made');
		expect(files('some')).toHaveLength(4);
	});

	it('is paused and goes on', async () => {
		mkdirSync(stage.place.path('many'));
		for (let i = 0; i < 400; i++) writeFileSync(stage.place.path('many', `${i}.png`), await small(`picture ${i}`));
		const page = await batchOf('many', 'paused');
		await page.getByRole('button', { name: 'Start the batch' }).click();
		await page.getByRole('button', { name: 'Pause' }).click();
		await page.getByText(/% · Paused/).waitFor();
		await page.getByRole('button', { name: 'Go on' }).click();
		await page.getByText('All done').waitFor();
		expect(files('paused')).toHaveLength(400);
	});
});
