/** What is played before each screenshot. Everything goes through the page, as a user's hands would. */
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { drawnFiles, passing, truncated } from './drawn.ts';
import { drop, ended, type Fixtures, run, type Scene, WAIT } from './hands.ts';
import { SCREENS } from './screens.ts';

async function goal(page: Page, text: string): Promise<void> {
	await page.fill('#goal', text);
	await page.press('#goal', 'Enter');
	await page.waitForSelector('.plan', WAIT);
	await page.waitForTimeout(900);
	await page.keyboard.press('Escape');
	await page.click('.react-flow__pane', { position: { x: 500, y: 40 } });
	await page.keyboard.press('1');
	await page.waitForTimeout(1200);
}

/** The first nodes show what they make. */
const pictured = (page: Page) => page.waitForFunction(() => document.querySelectorAll('.card-face img').length > 1, null, WAIT).catch(() => undefined);

async function planned(page: Page, fixture: Fixtures): Promise<void> {
	await drop(page, fixture('photo'));
	await goal(page, 'resize to 300 px wide, make it greyscale and save as PNG');
}

async function done(page: Page, fixture: Fixtures): Promise<void> {
	await planned(page, fixture);
	await run(page);
	await ended(page);
	await page.keyboard.press('1');
	await page.waitForTimeout(400);
}

export const SCENES: Readonly<Record<string, Scene>> = {
	empty: { play: async () => undefined },
	dropped: { play: async (page, fixture) => drop(page, fixture('animation')) },
	planned: { play: planned },
	video: {
		play: async (page, fixture) => {
			await drop(page, fixture('clip'));
			await goal(page, 'keep only the first two seconds and turn it into a gif, 240 px wide');
		},
	},
	table: {
		play: async (page, fixture) => {
			await drop(page, fixture('sales'));
			await goal(page, 'draw a bar chart of units by region');
		},
	},
	pages: {
		play: async (page, fixture) => {
			await drop(page, fixture('pdf'));
			await goal(page, 'save every page as a png');
		},
	},
	edit: {
		play: async (page, fixture) => {
			await planned(page, fixture);
			await goal(page, 'blur it a little');
		},
	},
	busy: {
		play: async (page, fixture) => {
			await drop(page, fixture('photo'));
			await goal(page, 'make a 60 second 1920x1080 video with a slow zoom');
			await pictured(page);
			await run(page);
			await page.waitForFunction(() => [...document.querySelectorAll('.card-state-busy')].some((line) => /[1-9].?%/.test(line.textContent)), null, WAIT);
		},
		after: (page) => run(page),
	},
	done: { play: done },
	'failed-run': {
		play: async (page, fixture) => {
			const path = join(passing(), 'half-a-photo.jpg');
			truncated(fixture('photo'), path);
			await drop(page, path);
			await goal(page, 'make it black and white');
			await run(page);
			await ended(page);
			await page.keyboard.press('1');
		},
	},
	refused: {
		play: async (page, fixture) => {
			await drop(page, fixture('clip'));
			await goal(page, 'keep from 0:10 to 0:20 and save as mp4');
		},
	},
	inspector: {
		play: async (page, fixture) => {
			await planned(page, fixture);
			await page.click('.react-flow__node:nth-child(2) .card-head');
			await page.waitForSelector('.inspector');
		},
	},
	viewer: {
		play: async (page, fixture) => {
			await planned(page, fixture);
			await page.hover('.react-flow__node:nth-child(3)');
			await page.click('.react-flow__node:nth-child(3) .card-large');
			await page.waitForSelector('.sheet');
		},
	},
	gallery: {
		picture: 'gallery',
		play: async (page) => {
			await page.click('.top-nav button:first-child');
			await page.waitForSelector('.recipes, .sheet .panel-empty');
		},
	},
	batch: {
		play: async (page, fixture) => {
			await planned(page, fixture);
			await page.click('.top-nav button:nth-child(2)');
			await page.waitForTimeout(1500);
		},
	},
	'readme-canvas': {
		picture: 'canvas',
		play: async (page) => {
			await drop(page, (await drawnFiles()).gif);
			await goal(page, 'make this a 5 second mp4 with a slow zoom');
			await run(page);
			await ended(page);
			await page.keyboard.press('1');
			await page.waitForTimeout(1500);
		},
	},
	'readme-edit': {
		picture: 'edit',
		play: async (page) => {
			await drop(page, (await drawnFiles()).photo);
			await goal(page, 'resize to 1200 px wide and save as WebP');
			await goal(page, 'make it black and white, and 800 px wide');
		},
	},
	'readme-batch': {
		picture: 'batch',
		play: async (page) => {
			const { photo, holiday } = await drawnFiles();
			await drop(page, photo);
			await goal(page, 'resize to 1200 px wide and save as WebP');
			await page.click('.top-nav button:nth-child(2)');
			for (const section of ['.batch section:nth-of-type(1)', '.batch section:nth-of-type(2)']) {
				await page.click(`${section} .folder-head .button`);
				await page.fill(`${section} .folder-head input`, holiday);
				await page.press(`${section} .folder-head input`, 'Enter');
				await page.waitForTimeout(500);
			}
			await page.fill('#batch-pattern', '*.jpg');
			await page.fill('#batch-folder', 'web');
			await page.fill('#batch-name', '{name}-{width}.{ext}');
			await page.click('.sheet-foot .button-primary:not([disabled])', WAIT);
			await page.waitForSelector('.failure', { timeout: 60_000 });
			await page.waitForSelector('.sheet-foot .button-primary', { timeout: 60_000 });
		},
	},
	settings: {
		play: async (page) => {
			await page.click('.top-tools button:last-child');
			await page.click('[role=tab]:nth-child(2)');
			await page.waitForTimeout(900);
		},
	},
	search: {
		play: async (page) => {
			await page.dblclick('.react-flow__pane', { position: { x: 1000, y: 120 } });
			await page.keyboard.type('small');
		},
	},
	keys: {
		play: async (page) => {
			await page.click('.rail button:last-child');
			await page.waitForSelector('.keys');
		},
	},
	dark: { dark: true, play: done },
	'dark-empty': { dark: true, play: async () => undefined },
	narrow: { size: { width: 480, height: 900 }, play: async (page, fixture) => drop(page, fixture('photo')) },
	'narrow-empty': { size: { width: 480, height: 900 }, play: async () => undefined },
	chinese: {
		chinese: true,
		play: async (page, fixture) => {
			await drop(page, fixture('photo'));
			await goal(page, '缩放到 300 像素宽，变成黑白，存为 PNG');
			await page.click('.react-flow__node:nth-child(2) .card-head');
		},
	},
	'chinese-empty': { chinese: true, play: async () => undefined },
	...SCREENS,
};
