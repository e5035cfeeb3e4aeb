/** Names and contents that would like to be more than text. */
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { fixture } from '../fixtures/index.ts';
import { card, drop, NO_BROWSER, openRecipe, Stage } from './harness.ts';
import { PHOTO, recipe } from './recipes.ts';

let stage: Stage;
beforeAll(async () => {
	if (!NO_BROWSER) stage = await Stage.open();
});
// Any dialog or script error is among the troubles that fail the test.
afterEach(() => stage.clear());
afterAll(() => stage?.close());

const evil = (n: number) => `<img src=x${n} onerror="alert(${n})"><svg onload=alert(${n})>`;
const planted = 'img[src^="x"], svg[onload], script:not([src])';

describe.skipIf(NO_BROWSER)('what looks like HTML', () => {
	it('is text as the name of a file, a column and a cell', async () => {
		const page = await stage.visit();
		await drop(page, {
			name: `${evil(1).replaceAll('"', '')}.csv`,
			bytes: Buffer.from(`${evil(2).replaceAll('"', "'")},n\n${evil(3).replaceAll('"', "'")},1\n`),
		});
		const table = page.locator('.card');
		await table.getByText('<img src=x1').first().waitFor();
		await table.locator('th').getByText("<img src=x2 onerror='alert(2)'>").waitFor();
		await table.locator('td').getByText("<img src=x3 onerror='alert(3)'>").waitFor();
		await page.locator('.file-chip').getByText('<img src=x1').waitFor();
		await table.hover();
		await table.locator('.card-large').click();
		await page.getByRole('dialog').locator('th').getByText('<img src=x2').waitFor();
		expect(await page.locator(planted).count()).toBe(0);
	});

	it('is text as the title of a node, of a recipe and of a note', async () => {
		const page = await stage.visit();
		const given = recipe(evil(4), { ...PHOTO.graph.nodes, soft: { spec: 'image.blur', title: evil(5) }, strange: { spec: evil(6) } }, []);
		await openRecipe(page, { ...given, graph: { ...given.graph, notes: [{ text: evil(7), at: [0, -200] }] } });
		await page.locator('.card h3').getByText('<img src=x5').click();
		await page.locator('.card h3').getByText('<img src=x6').waitFor();
		expect(await page.getByLabel('Name of the recipe').inputValue()).toBe(evil(4));
		expect(await page.locator(planted).count()).toBe(0);
		await page.keyboard.press('Control+k');
		await page.keyboard.type('x5');
		await page.locator('.pick').getByText('<img src=x5').waitFor();
		expect(await page.locator(planted).count()).toBe(0);
	});

	it('is text as a result', async () => {
		const page = await stage.visit();
		const given = recipe('Words', { words: { spec: 'io.file', params: { kind: 'text' } }, save: { spec: 'text.save' } }, [['words.value', 'save.text']]);
		await openRecipe(page, given);
		await drop(page, { name: 'words.txt', bytes: Buffer.from(`${evil(8)}<script>alert(9)</script>`) });
		await card(page, 'File').getByText('words.txt').waitFor();
		await page.keyboard.press('Control+Enter');
		await page.locator('.output-face').click();
		await page.getByRole('dialog').locator('pre').getByText('<script>alert(9)</script>').waitFor();
		expect(await page.locator(planted).count()).toBe(0);
	});
});

describe.skipIf(NO_BROWSER)('a page as a result', () => {
	it('is shown in a frame that has no origin, no session and no way out', async () => {
		const page = await stage.visit();
		const given = recipe('Page', { chart: { spec: 'io.file', params: { kind: 'chart' } }, save: { spec: 'chart.save', params: { format: 'html' } } }, [
			['chart.value', 'save.chart'],
		]);
		await openRecipe(page, given);
		await drop(page, fixture('chart'));
		await card(page, 'File').getByText('chart.json').waitFor();
		await page.keyboard.press('Control+Enter');
		await page.locator('.output-face').click();
		const holder = page.getByRole('dialog').locator('iframe');
		await holder.waitFor();
		expect(await holder.getAttribute('sandbox')).toBe('allow-scripts');
		const inside = await (await holder.elementHandle())?.contentFrame();
		await inside?.waitForSelector('svg, canvas');
		expect(
			await inside?.evaluate(async () => {
				const tried = async (attempt: () => unknown) => {
					try {
						await attempt();
						return 'allowed';
					} catch {
						return 'refused';
					}
				};
				return {
					origin: window.origin,
					parent: await tried(() => parent.document.body),
					cookie: await tried(() => document.cookie),
					storage: await tried(() => localStorage.length),
					ask: await tried(() => fetch('/api/doctor')),
				};
			}),
		).toEqual({ origin: 'null', parent: 'refused', cookie: 'refused', storage: 'refused', ask: 'refused' });
		// The refused request is reported on the console.
		stage.troubles.length = 0;
	});
});
