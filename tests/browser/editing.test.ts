/** What hands do to a graph. */
import type { Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { fixture } from '../fixtures/index.ts';
import { card, drop, NO_BROWSER, openRecipe, recipeOf, Stage, textOf } from './harness.ts';
import { PHOTO, recipe } from './recipes.ts';

let stage: Stage;
beforeAll(async () => {
	if (!NO_BROWSER) stage = await Stage.open();
});
afterEach(() => stage.clear());
afterAll(() => stage?.close());

const choose = (page: Page, id: string) => page.locator(`.react-flow__node[data-id=${id}] .card-head`).click();
const wires = async (page: Page) => (await recipeOf(page)).graph.edges.map(({ from, to }) => `${from} ${to}`);

describe.skipIf(NO_BROWSER)('the canvas', () => {
	it('takes back and does again, to the byte', async () => {
		const page = await stage.visit();
		await openRecipe(page, PHOTO);
		const before = await textOf(page);
		await choose(page, 'soft');
		await page.keyboard.press('d');
		await expect.poll(() => page.locator('.card').count()).toBe(5);
		await page.keyboard.press('Delete');
		await choose(page, 'smaller');
		await page.keyboard.press('m');
		const after = await textOf(page);
		for (let i = 0; i < 3; i++) await page.keyboard.press('Control+z');
		expect(await textOf(page)).toBe(before);
		for (let i = 0; i < 3; i++) await page.keyboard.press('Control+Shift+z');
		expect(await textOf(page)).toBe(after);
	});

	it('copies nodes as text that another window can paste', async () => {
		const context = await stage.context();
		const page = await stage.visit({}, context);
		await openRecipe(page, PHOTO);
		await page.locator('.react-flow__pane').click({ position: { x: 600, y: 60 } });
		await page.keyboard.press('a');
		await page.keyboard.press('Control+c');
		const text = await page.evaluate(() => navigator.clipboard.readText());
		expect(JSON.parse(text)).toMatchObject({ millwrightNodes: 1, graph: { nodes: PHOTO.graph.nodes, edges: PHOTO.graph.edges } });
		const other = await stage.visit({}, await stage.context());
		await other.evaluate((held) => navigator.clipboard.writeText(held), text);
		await other.locator('.react-flow__pane').click({ position: { x: 600, y: 60 } });
		await other.keyboard.press('Control+v');
		await expect.poll(() => other.locator('.card').count()).toBe(4);
		expect(await wires(other)).toEqual(['file.value resize.image', 'resize.image blur.image', 'blur.image save.image']);
	});

	it('deletes a node and joins its neighbours; deletes a wire and no node', async () => {
		const page = await stage.visit();
		await openRecipe(page, PHOTO);
		await choose(page, 'soft');
		await page.keyboard.press('Control+Delete');
		expect(await wires(page)).toEqual(['photo.value smaller.image', 'smaller.image save.image']);
		await page.locator('.react-flow__edge').first().dispatchEvent('click');
		await page.keyboard.press('Delete');
		await expect.poll(() => page.locator('.react-flow__edge').count()).toBe(1);
		expect(await page.locator('.card').count()).toBe(3);
		await choose(page, 'smaller');
		await page.keyboard.press('Delete');
		expect(await wires(page)).toEqual([]);
	});

	it('bypasses a node, and mutes one with all that hangs on it', async () => {
		const page = await stage.visit();
		await openRecipe(page, PHOTO);
		await drop(page, fixture('photo'));
		await card(page, 'File').getByText('photo.jpg').waitFor();
		await choose(page, 'smaller');
		await page.keyboard.press('b');
		await card(page, 'Resize image').getByText('Bypassed').waitFor();
		await card(page, 'Save image').getByText('480 × 320').waitFor();
		await page.keyboard.press('Control+Enter');
		await page.locator('.output').getByText('480 × 320').waitFor();
		await choose(page, 'soft');
		await page.keyboard.press('m');
		await card(page, 'Blur').getByText('Muted').waitFor();
		expect((await recipeOf(page)).graph.nodes).toMatchObject({ smaller: { bypassed: true }, soft: { muted: true } });
	});

	it('searches from Tab and from a double click, in both languages', async () => {
		const page = await stage.visit();
		await page.locator('.react-flow__pane').click({ position: { x: 600, y: 60 } });
		await page.keyboard.press('Tab');
		await page.keyboard.type('缩放');
		await page.locator('.pick-title').getByText('Resize image').waitFor();
		await page.keyboard.press('Escape');
		await page.locator('.react-flow__pane').dblclick({ position: { x: 700, y: 90 } });
		await page.keyboard.type('blur');
		await page.keyboard.press('Enter');
		await card(page, 'Blur').waitFor();
	});

	it('keeps everything of a node that it does not know', async () => {
		const page = await stage.visit();
		const strange = { spec: 'future.sparkle', version: 7, params: { deep: { list: [1, 'two', null], 字: '值' } }, title: 'From tomorrow' };
		const given = recipe('Ahead of time', { ...PHOTO.graph.nodes, strange }, [
			['photo.value', 'strange.in-one'],
			['strange.out', 'save.image'],
		]);
		await openRecipe(page, given);
		await card(page, 'From tomorrow').getByText('This version doesn’t know this node').first().waitFor();
		await page.keyboard.press('Control+s');
		await page.locator('.name-state').getByText('Saved', { exact: true }).waitFor();
		await choose(page, 'soft');
		await page.keyboard.press('F2');
		await page.keyboard.type('Softer');
		await page.keyboard.press('Enter');
		await page.keyboard.press('Control+s');
		const saved = () => stage.saved().find((one) => one.name === 'Ahead of time');
		await expect.poll(() => saved()?.graph.nodes['soft']?.title).toBe('Softer');
		expect(saved()?.graph.nodes['strange']).toEqual(given.graph.nodes['strange']);
		expect(saved()?.graph.edges).toEqual(given.graph.edges);
	});
});
