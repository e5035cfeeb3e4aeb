/** The same machine as in the story, built by hand, and the hand never touches the mouse. */
import type { Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { fixture } from '../fixtures/index.ts';
import { card, drop, NO_BROWSER, recipeOf, Stage } from './harness.ts';

let stage: Stage;
beforeAll(async () => {
	if (!NO_BROWSER) stage = await Stage.open();
});
afterEach(() => stage.clear());
afterAll(() => stage?.close());

/** Adds the node that the search offers first. */
async function add(page: Page, words: string, title: string): Promise<void> {
	await page.keyboard.press('n');
	await page.keyboard.type(words);
	await page.locator('.pick[aria-selected=true] .pick-title').getByText(title, { exact: true }).waitFor();
	await page.keyboard.press('Enter');
	await page.locator('.react-flow__node:focus').filter({ hasText: title }).waitFor();
}

/** Tabs on until the focus has this name. */
async function tabTo(page: Page, selector: string): Promise<void> {
	for (let i = 0; i < 60 && (await page.locator(`${selector}:focus`).count()) === 0; i++) await page.keyboard.press('Tab');
	expect(await page.locator(`${selector}:focus`).count()).toBe(1);
}

describe.skipIf(NO_BROWSER)('the keyboard alone', () => {
	it('adds, connects, sets, runs', async () => {
		const page = await stage.visit();
		page.on('filechooser', (chooser) => void chooser.setFiles(fixture('animation')));
		await add(page, 'file', 'File');
		await page.keyboard.press('Enter');
		await page.locator('.inspector button:focus').getByText('Choose a file').waitFor();
		await page.keyboard.press('Enter');
		await card(page, 'File').getByText('animation.gif').waitFor();

		await page.keyboard.press('Escape');
		await page.locator('.react-flow__node:focus').filter({ hasText: 'File' }).waitFor();
		await add(page, 'slow zoom', 'Slow zoom and pan');
		await page.keyboard.press('Escape');
		await add(page, 'save video', 'Save video');
		expect((await recipeOf(page)).graph.edges).toEqual([{ from: 'file.value', to: 'ken-burns.image' }]);

		await page.keyboard.press('Escape');
		await page.locator('.react-flow__node[data-id=save]').focus();
		await page.keyboard.press('c');
		await page.locator('.pick').getByText('Slow zoom and pan · Video').waitFor();
		await page.keyboard.type('slow zoom');
		await page.keyboard.press('Enter');
		await expect.poll(() => page.locator('.react-flow__edge').count()).toBe(2);

		await page.keyboard.press('ArrowLeft');
		await page.locator('.react-flow__node:focus').filter({ hasText: 'Slow zoom and pan' }).waitFor();
		await page.keyboard.press('Enter');
		await page.locator('.inspector :focus').waitFor();
		await tabTo(page, '.row:has(label:text-is("Duration")) input');
		await page.keyboard.press('Control+a');
		await page.keyboard.type('2');
		await page.keyboard.press('Control+Enter');
		await page.locator('.results-head .tone-good').waitFor();
		await page
			.locator('.output')
			.getByText(/· 2 s ·/)
			.waitFor();
		expect((await recipeOf(page)).graph).toMatchObject({
			nodes: { 'ken-burns': { params: { duration: 2 } } },
			edges: [
				{ from: 'file.value', to: 'ken-burns.image' },
				{ from: 'ken-burns.video', to: 'save.video' },
			],
		});
	});

	it('opens and leaves every dialog, and finds anything', async () => {
		const page = await stage.visit();
		await drop(page, fixture('photo'));
		await card(page, 'File').waitFor();
		await page.keyboard.press('Shift+?');
		await page.getByRole('dialog').getByText('Go to the node').waitFor();
		await page.keyboard.press('Escape');
		await page.keyboard.press('Control+k');
		await page.keyboard.type('batch');
		await page.locator('.pick[aria-selected=true]').getByText('Batch').waitFor();
		await page.keyboard.press('Enter');
		await page.getByRole('dialog').getByText('Run over many files').waitFor();
		await page.keyboard.press('Escape');
		await page.getByRole('dialog').waitFor({ state: 'detached' });
	});

	it('is left alone while one types', async () => {
		const page = await stage.visit();
		await page.focus('#goal');
		await page.keyboard.type('no map, a clean goal: m b d l s 1 0 ? / .');
		expect(await page.inputValue('#goal')).toBe('no map, a clean goal: m b d l s 1 0 ? / .');
		expect(await page.locator('.palette, [role=dialog], .card, .note').count()).toBe(0);
	});
});
