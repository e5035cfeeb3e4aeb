/** What the items of a batch can be on the page: pairs of two folders, rows of a table; and one of each kind tried first. */
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import sharp from 'sharp';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { readRecipe } from '../../nodes/graph.ts';
import { small, twoInputs } from '../cli/materials.ts';
import { fixture } from '../fixtures/index.ts';
import { NO_BROWSER, openRecipe, Stage } from './harness.ts';

let stage: Stage;
beforeAll(async () => {
	if (!NO_BROWSER) stage = await Stage.open();
});
afterEach(() => stage?.clear());
afterAll(() => stage?.close());

const put = async (folder: string, files: Readonly<Record<string, Buffer>>) => {
	mkdirSync(stage.place.path(folder));
	for (const [name, bytes] of Object.entries(files)) writeFileSync(stage.place.path(folder, name), bytes);
};
const QR = readRecipe(readFileSync(new URL('../recipes/qr-code.json', import.meta.url), 'utf8'));
const HALF = readRecipe(readFileSync(new URL('../recipes/web-photos.json', import.meta.url), 'utf8'));

describe.skipIf(NO_BROWSER)('a batch', () => {
	it('makes a code of each row of a table that is dropped on it', async () => {
		const page = await stage.visit();
		await openRecipe(page, QR);
		await page.getByRole('button', { name: 'Batch', exact: true }).click();
		const bytes = 'name,url\nDoor,https://example.com/1\nRoof,https://example.com/2\n';
		const carried = await page.evaluateHandle((text) => {
			const transfer = new DataTransfer();
			transfer.items.add(new File([text], 'addresses.csv', { type: 'text/csv' }));
			return transfer;
		}, bytes);
		await page.locator('.batch-table').dispatchEvent('drop', { dataTransfer: carried });
		await page.getByText('addresses.csv').waitFor();
		await page.getByRole('combobox', { name: 'QR code · Link or text' }).click();
		await page.getByRole('option', { name: 'url' }).click();
		await page.getByLabel('In a folder named').fill('codes');
		await page.getByLabel('File names').fill('{column:name}');
		await page.locator('.names').getByText('Roof.png').waitFor();
		await page.getByRole('button', { name: 'Start the batch' }).click();
		await page.getByText('All done').waitFor();
		expect(readdirSync(stage.place.path('codes')).sort()).toEqual(['Door.png', 'Roof.png']);
		expect(await page.locator('.card').count()).toBe(2);
	});

	it('pairs two folders and names what has no partner', async () => {
		await put('photos', { 'a.png': await small('a'), 'b.png': await small('b'), 'c.png': await small('c') });
		await put('marks', { 'a.png': await small('mark a'), 'b.png': await small('mark b') });
		const page = await stage.visit();
		await openRecipe(page, twoInputs);
		await page.getByRole('button', { name: 'Batch', exact: true }).click();
		await page.locator('.folder').first().getByRole('button', { name: 'photos' }).click();
		await page.getByRole('switch', { name: /A file of its own for mark/ }).click();
		await page
			.locator('.folder')
			.nth(1)
			.getByRole('button', { name: 'Up' })
			.or(page.locator('.folder').nth(1).locator('.folder-list button').first())
			.first()
			.click();
		await page.locator('.folder').nth(1).getByRole('button', { name: 'marks' }).click();
		await page.getByLabel('In a folder named').fill('stamped');
		await page.getByText('Passed over: 1').waitFor();
		await page.getByRole('button', { name: 'Start the batch' }).click();
		await page.getByText('All done').waitFor();
		expect(readdirSync(stage.place.path('stamped')).sort()).toEqual(['a.png', 'b.png']);
	});

	it('tries one of each kind, shows them side by side, and goes on', async () => {
		const photo = readFileSync(fixture('photo'));
		await put('mixed', {
			'wide-1.jpg': photo,
			'wide-2.jpg': await sharp(photo).negate().jpeg().toBuffer(),
			'tall.jpg': readFileSync(fixture('portrait')),
			'cut-1.jpg': photo.subarray(0, 300),
			'cut-2.jpg': photo.subarray(0, 310),
			'logo.png': readFileSync(fixture('logo')),
		});
		const page = await stage.visit();
		await openRecipe(page, HALF);
		await page.getByRole('button', { name: 'Batch', exact: true }).click();
		await page.locator('.folder').first().getByRole('button', { name: 'mixed' }).click();
		await page.getByLabel('In a folder named').fill('tried');
		await page.getByRole('switch', { name: 'Try one of each kind first' }).click();
		await page.getByRole('button', { name: 'Try one of each kind', exact: true }).click();
		await page.getByText('The 2 of this kind would fail.').waitFor();
		await expect.poll(() => page.locator('.contact-face img').count()).toBe(3);
		expect(readdirSync(stage.place.path('tried'))).toHaveLength(3);
		await page.getByRole('button', { name: 'Go on with all' }).click();
		await page.getByText('Done, some failed').waitFor();
		expect(readdirSync(stage.place.path('tried'))).toHaveLength(4);
	});
});
