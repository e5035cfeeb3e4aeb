/** Leaving and coming back, two windows on one recipe, and stopping what runs. */
import type { Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { fixture } from '../fixtures/index.ts';
import { card, drop, NO_BROWSER, openRecipe, recipeOf, Stage } from './harness.ts';
import { LONG, PHOTO } from './recipes.ts';

let stage: Stage;
beforeAll(async () => {
	if (!NO_BROWSER) stage = await Stage.open();
});
afterEach(() => stage.clear());
afterAll(() => stage?.close());

async function rename(page: Page, id: string, title: string): Promise<void> {
	await page.locator(`.react-flow__node[data-id=${id}] .card-head`).click();
	await page.keyboard.press('F2');
	await page.locator('.card-rename').fill(title);
	await page.keyboard.press('Enter');
	await page.keyboard.press('Control+s');
}

const savedState = (page: Page) => page.locator('.name-state').getByText('Saved', { exact: true }).waitFor();

describe.skipIf(NO_BROWSER)('two windows on one recipe', () => {
	it('show the difference; whatever is chosen, nothing is lost', async () => {
		const context = await stage.context();
		const one = await stage.visit({}, context);
		await openRecipe(one, PHOTO);
		await one.keyboard.press('Control+s');
		await savedState(one);
		const two = await stage.visit({}, context);
		await card(two, 'Blur').waitFor();
		await savedState(two);

		await rename(one, 'soft', 'Softer');
		await savedState(one);
		await rename(two, 'smaller', 'Tiny');
		const dialog = two.getByRole('dialog');
		await dialog.getByText('changed elsewhere').waitFor();
		expect(await dialog.locator('.changes li').allInnerTexts()).toEqual(expect.arrayContaining([expect.stringContaining('Tiny')]));
		await dialog.getByRole('button', { name: 'Keep mine' }).click();
		await savedState(two);

		await rename(one, 'save', 'Keep');
		await one.getByRole('dialog').getByRole('button', { name: 'Take theirs' }).click();
		await card(one, 'Tiny').waitFor();
		const titles = await one.evaluate(async () => {
			const [entry] = await (await fetch('/api/recipes')).json();
			const history: { revision: number }[] = await (await fetch(`/api/recipes/${entry.id}/history`)).json();
			const all = await Promise.all(history.map(async ({ revision }) => (await fetch(`/api/recipes/${entry.id}/history/${revision}`)).text()));
			return all.map((text) => /Softer|Tiny/.exec(text)?.[0] ?? '');
		});
		expect(titles).toEqual(expect.arrayContaining(['Softer', 'Tiny']));
	});
});

describe.skipIf(NO_BROWSER)('a run', () => {
	it('goes on while the page is away, and leaves no program when it is cancelled', async () => {
		const page = await stage.visit();
		await openRecipe(page, LONG);
		await drop(page, fixture('photo'));
		await card(page, 'File').getByText('photo.jpg').waitFor();
		await page.keyboard.press('Control+Enter');
		await page.locator('.card-running').first().waitFor();
		await expect.poll(() => stage.media().length, { timeout: 20_000 }).toBeGreaterThan(0);
		await page.reload();
		await page.getByRole('progressbar').waitFor();
		await page.locator('.card-running').first().waitFor();
		const share = async () => Number(await page.getByRole('progressbar').getAttribute('aria-valuenow'));
		const before = await share();
		await expect.poll(share, { timeout: 20_000 }).toBeGreaterThan(before);
		await page.keyboard.press('Escape');
		await page.getByRole('button', { name: 'Run', exact: true }).waitFor();
		await page.getByRole('button', { name: 'Runs', exact: true }).click();
		await page.getByRole('dialog').getByText('Cancelled').waitFor();
		// What is left is the preview, which nobody wants any more when the page is gone.
		await page.close();
		await expect.poll(() => stage.media(), { timeout: 10_000 }).toEqual([]);
	});
});

describe.skipIf(NO_BROWSER)('the page', () => {
	it('keeps the draft over a reload, with its files', async () => {
		const page = await stage.visit();
		await openRecipe(page, PHOTO);
		await drop(page, fixture('photo'));
		await card(page, 'Save image').getByText('200 × 133').waitFor();
		const before = await recipeOf(page);
		await page.reload();
		await card(page, 'File').getByText('photo.jpg').waitFor();
		expect(await recipeOf(page)).toEqual(before);
	});

	it('draws the preview again while a slider moves', async () => {
		const page = await stage.visit();
		await openRecipe(page, PHOTO);
		await drop(page, fixture('photo'));
		const picture = page.locator('.react-flow__node[data-id=soft] .thumb-picture');
		const first = await picture.getAttribute('src');
		await page.locator('.react-flow__node[data-id=soft] .card-head').click();
		await page.getByRole('slider', { name: 'Radius' }).focus();
		for (let i = 0; i < 6; i++) await page.keyboard.press('ArrowRight');
		await expect.poll(() => picture.getAttribute('src')).not.toBe(first);
		const moved = await picture.getAttribute('src');
		await page.keyboard.press('Control+z');
		await expect.poll(() => picture.getAttribute('src')).toBe(first);
		expect(moved).not.toBe(first);
	});
});
