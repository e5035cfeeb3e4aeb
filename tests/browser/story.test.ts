/** The product in one go: a file, a wish, a machine, a result, a recipe, a folder. */
import { copyFileSync, mkdirSync, readdirSync } from 'node:fs';
import type { Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { probe } from '../cli/measure.ts';
import { fixture } from '../fixtures/index.ts';
import { card, drop, NO_BROWSER, Stage, say } from './harness.ts';

let stage: Stage;
beforeAll(async () => {
	if (!NO_BROWSER) stage = await Stage.open();
});
afterEach(() => stage.clear());
afterAll(() => stage?.close());

const GIFS = ['one.gif', 'two.gif', '三.gif'];

const TOLD = {
	english: {
		chinese: false,
		goal: 'make this a 5 second mp4 with a slow zoom',
		tried: 'Tried on your files: works',
		run: 'Run',
		save: 'Save',
		saved: 'Saved',
		batch: 'Batch',
		none: 'No file in',
		into: 'In a folder named',
		start: 'Start the batch',
		done: 'All done',
		duration: 'Duration 5 s',
	},
	chinese: {
		chinese: true,
		goal: '把这个动图变成5秒的MP4，慢慢放大',
		tried: '已在你的文件上试过：可行',
		run: '运行',
		save: '保存',
		saved: '已保存',
		batch: '批处理',
		none: '没有合适的文件',
		into: '放入文件夹',
		start: '开始批处理',
		done: '全部完成',
		duration: '时长 5 s',
	},
} as const;

describe.skipIf(NO_BROWSER).each(Object.entries(TOLD))('told in %s', (language, told) => {
	it('a GIF becomes a five second film that plays here, a recipe, and a folder of films', async () => {
		const page = await stage.visit(told);
		await drop(page, fixture('animation'));
		await card(page, /File|文件/).waitFor();
		await say(page, told.goal);

		await page.getByText(told.tried).waitFor();
		await expect.poll(() => page.locator('.card').count()).toBe(3);
		await insideTheCanvas(page);

		await page.getByRole('button', { name: told.run, exact: true }).click();
		await page.locator('.results-head .tone-good').waitFor();
		await insideTheCanvas(page);
		await page.locator('.checks').getByText(told.duration).waitFor();
		expect(await page.locator('.checks .badge-good').count()).toBeGreaterThanOrEqual(2);
		expect(await page.locator('.checks .badge-bad').count()).toBe(0);

		await page.locator('.output-face').click();
		const film = page.getByRole('dialog').locator('video');
		expect(await film.evaluate(playFrom, 3.2)).toMatchObject({ duration: expect.closeTo(5, 1), width: 102, seeked: expect.closeTo(3.2, 1), plays: true });
		expect(await film.evaluate(aPart)).toEqual({ status: 206, bytes: 100 });
		await page.keyboard.press('Escape');

		await page.getByRole('button', { name: told.save, exact: true }).click();
		await page.locator('.name-state').getByText(told.saved, { exact: true }).waitFor();
		expect(stage.saved().map((recipe) => recipe.goal)).toContain(told.goal);

		const folder = `gifs-${language}`;
		mkdirSync(stage.place.path(folder));
		for (const name of GIFS) copyFileSync(fixture('animation'), stage.place.path(folder, name));
		await page.getByRole('button', { name: told.batch, exact: true }).click();
		await page.locator('.names').getByText(told.none).waitFor();
		await page.locator('.folder').first().getByRole('button', { name: folder }).click();
		await page.getByLabel(told.into).fill(`films-${language}`);
		await expect.poll(() => page.locator('.names li').allInnerTexts()).toEqual(expect.arrayContaining([expect.stringMatching(/one\.gif\s+one\.mp4/)]));
		await page.getByRole('button', { name: told.start }).click();
		await page.getByText(told.done).waitFor();
		const films = readdirSync(stage.place.path(`films-${language}`)).sort();
		expect(films).toEqual(['one.mp4', 'two.mp4', '三.mp4']);
		for (const one of films) expect(probe(stage.place.path(`films-${language}`, one)).duration).toBeCloseTo(5, 1);
		expect(readdirSync(stage.place.path(folder)).sort()).toEqual([...GIFS].sort());
	});
});

/** Plays a film from a moment on, as soon as it can. */
async function playFrom(film: HTMLElement | SVGElement, moment: number) {
	if (!(film instanceof HTMLVideoElement)) throw new Error('no film');
	const on = (event: string) => new Promise((resolve) => film.addEventListener(event, resolve, { once: true }));
	if (film.readyState < HTMLMediaElement.HAVE_METADATA) await on('loadedmetadata');
	film.pause();
	film.currentTime = moment;
	await on('seeked');
	const seeked = film.currentTime;
	const moves = on('timeupdate');
	await film.play();
	await moves;
	return { duration: film.duration, width: film.videoWidth, seeked, plays: film.currentTime >= seeked && film.error === null };
}

/** Asks for a hundred bytes out of the middle, as players do with films that are longer. */
async function aPart(film: HTMLElement | SVGElement) {
	const reply = await fetch(film.getAttribute('src') ?? '', { headers: { range: 'bytes=1000-1099' } });
	return { status: reply.status, bytes: (await reply.arrayBuffer()).byteLength };
}

/** Every card can be seen whole: under no panel and no dock. */
async function insideTheCanvas(page: Page): Promise<void> {
	await expect
		.poll(() =>
			page.evaluate(() => {
				const stage = document.querySelector('.canvas')?.getBoundingClientRect();
				const dock = document.querySelector('.dock')?.getBoundingClientRect();
				return [...document.querySelectorAll('.card')].every((card) => {
					const box = card.getBoundingClientRect();
					return (
						stage !== undefined && dock !== undefined && box.left >= stage.left && box.right <= stage.right && box.top >= stage.top && box.bottom <= dock.top
					);
				});
			}),
		)
		.toBe(true);
}
