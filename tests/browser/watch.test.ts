/** Watching a folder from the page, by keyboard, in both languages. */
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { fixture } from '../fixtures/index.ts';
import { NO_BROWSER, openRecipe, Stage } from './harness.ts';
import { PHOTO } from './recipes.ts';

let stage: Stage;
beforeAll(async () => {
	if (!NO_BROWSER) stage = await Stage.open();
});
afterEach(() => stage.clear());
afterAll(() => stage?.close());

const WORDS = {
	en: { batch: 'Batch', watch: 'Watch this folder', start: 'Start watching', done: '1 done', pause: /^Pause/, paused: 'Paused', remove: /^Remove the watch/ },
	zh: { batch: '批处理', watch: '监视此文件夹', start: '开始监视', done: '完成 1 个', pause: /^暂停/, paused: '已暂停', remove: /^移除监视项/ },
} as const;

describe.skipIf(NO_BROWSER).each(['en', 'zh'] as const)('a folder can be watched from the page (%s)', (language) => {
	it('by keyboard alone; what comes into it is counted, and it can be paused and removed', async () => {
		const words = WORDS[language];
		const folder = `in-${language}`;
		mkdirSync(stage.place.path(folder));
		const page = await stage.visit({ chinese: language === 'zh', dark: language === 'zh' });
		const press = async (name: string | RegExp) => {
			const button = page.getByRole('button', { name, exact: true }).last();
			await button.focus();
			await page.keyboard.press('Enter');
		};
		await openRecipe(page, PHOTO);
		await press(words.batch);
		await page.locator('.folder-list button', { hasText: folder }).first().press('Enter');
		await page.locator('#batch-folder').fill(`out-${language}`);
		await press(words.watch);
		await page.locator('.watch-form').waitFor();
		await press(words.start);
		await page.locator('.watch').waitFor();
		writeFileSync(stage.place.path(folder, 'photo.jpg'), readFileSync(fixture('photo')));
		await page.locator('.watch-facts', { hasText: words.done }).waitFor();
		expect(stage.place.files(`out-${language}`)).toEqual(['photo.png']);
		await press(words.pause);
		await page.locator('.watch .badge', { hasText: words.paused }).waitFor();
		await press(words.remove);
		await page.locator('.watch').waitFor({ state: 'detached' });
		expect(stage.place.files(`out-${language}`)).toEqual(['photo.png']);
		expect(stage.troubles).toEqual([]);
	});
});
