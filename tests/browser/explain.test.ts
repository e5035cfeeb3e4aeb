/** How a graph runs, on the page: by keyboard, in both languages, with what is in the store and what has to be made again. */
import sharp from 'sharp';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { contrast, tokens } from './colours.ts';
import { drop, NO_BROWSER, openRecipe, Stage } from './harness.ts';
import { PHOTO } from './recipes.ts';

let stage: Stage;
beforeAll(async () => {
	if (!NO_BROWSER) stage = await Stage.open();
});
afterEach(() => stage.clear());
afterAll(() => stage?.close());

const WORDS = {
	en: { title: 'How it runs', ends: 'Ends here: the result is saved.', made: 'Already made', typical: /no file yet/, changed: /Changed: radius: 3 → 8/ },
	zh: { title: '运行方式', ends: '到此为止：结果在此保存。', made: '已有结果', typical: /还没有文件/, changed: /已更改：radius: 3 → 8/ },
} as const;

/** Larger than previews are, so that a preview is never the result itself. */
const large = (background: string) =>
	sharp({ create: { width: 3000, height: 2000, channels: 3, background } })
		.png()
		.toBuffer();

describe.skipIf(NO_BROWSER).each(['en', 'zh'] as const)('how a graph runs (%s)', (language) => {
	it('is shown by one key: the nodes of each group, its command, and why it has to be made', async () => {
		const words = WORDS[language];
		const page = await stage.visit({ chinese: language === 'zh', dark: language === 'zh' });
		await openRecipe(page, { ...PHOTO, name: `Soft photo ${language}` });
		await page.keyboard.press('e');
		const panel = page.getByRole('region', { name: words.title });
		await panel.locator('.work').waitFor();
		expect(await page.evaluate(() => document.activeElement?.classList.contains('explain'))).toBe(true);
		expect(await panel.innerText()).toMatch(words.typical);

		await drop(page, { name: 'photo.png', bytes: await large(language === 'en' ? 'green' : 'navy') });
		const command = panel.locator('pre');
		await panel.getByText(words.typical).waitFor({ state: 'detached' });
		await expect.poll(() => command.innerText()).toMatch(/^sharp\('photo\.png'.*\.resize\(.*\.blur\(3\).*\.png\(/s);
		await panel.getByText(words.ends).waitFor();
		expect(await page.getByRole('tab', { name: words.title }).getAttribute('aria-selected')).toBe('true');

		await page.keyboard.press('Control+Enter');
		await page.locator('.results-head .tone-good').waitFor();
		await page.getByRole('tab', { name: words.title }).click();
		await panel.locator('.badge-good', { hasText: words.made }).waitFor();
		await page.locator('.react-flow__node[data-id=soft] .card-head').click();
		await page.locator('.inspector .part input').first().fill('8');
		await page.keyboard.press('Enter');
		await page.getByRole('tab', { name: words.title }).click();
		await panel.getByText(words.changed).waitFor();
	});

	it('takes the keyboard through its cards, shows them on the canvas, copies commands, and gives the keyboard back', async () => {
		const words = WORDS[language];
		const page = await stage.visit({ chinese: language === 'zh', still: true });
		await openRecipe(page, PHOTO);
		await page.locator('#explain-button').focus();
		await page.keyboard.press('Enter');
		const panel = page.getByRole('region', { name: words.title });
		await panel.locator('.work').waitFor();
		await page.keyboard.press('Tab');
		await page.keyboard.press('Enter');
		await expect.poll(() => panel.locator('.work-nodes').getAttribute('aria-pressed')).toBe('true');
		await expect.poll(() => page.locator('.card-selected').count()).toBe(3);
		await page.keyboard.press('Tab');
		await page.keyboard.press('Enter');
		await panel.locator('[role=status]', { hasText: language === 'zh' ? '已复制' : 'Copied' }).waitFor();
		expect(await page.evaluate(() => navigator.clipboard.readText())).toBe(await panel.locator('pre').innerText());
		await page.keyboard.press('Escape');
		await panel.waitFor({ state: 'detached' });
		await expect.poll(() => page.evaluate(() => document.activeElement?.id)).toBe('explain-button');
	});
});

describe.skipIf(NO_BROWSER)('how a graph runs', () => {
	it('is found in the menu and by name, and says what stands in the way', async () => {
		const page = await stage.visit();
		await openRecipe(page, { ...PHOTO, graph: { ...PHOTO.graph, edges: PHOTO.graph.edges.slice(1) } });
		await page.keyboard.press('Control+k');
		await page.keyboard.type('how it runs');
		await page.keyboard.press('Enter');
		await page.locator('.explain .row-error').waitFor();
		expect(await page.locator('.work').count()).toBe(0);
		await page.getByRole('button', { name: 'Hide the panel' }).click();
		await page.getByRole('button', { name: 'Menu', exact: true }).click();
		await page.getByRole('menuitem', { name: /Show how it runs/ }).click();
		await page.locator('.explain').waitFor();
	});

	it.each(['light', 'dark'] as const)('can be read: its texts have a contrast of 4.5 on what they stand (%s)', (theme) => {
		const colours = tokens(theme);
		const of = (name: string) => {
			const found = colours.get(name);
			if (found === undefined) throw new Error(`no colour ${name}`);
			return found;
		};
		for (const [text, ground] of [
			['ink', 'surface-2'],
			['ink-2', 'surface'],
			['ink-3', 'surface'],
			['accent', 'surface-2'],
			['accent', 'surface-3'],
			['good', 'good-soft'],
			['ink-2', 'accent-soft'],
		] as const)
			expect({ text, ground, enough: contrast(of(text), of(ground)) >= 4.5 }).toEqual({ text, ground, enough: true });
	});
});
