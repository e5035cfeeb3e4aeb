/** The screens that most people see seldom: how a graph runs, the batch dialog in each of its states, watched folders, menus. In every look. */
import { mkdirSync, writeFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { recipe } from '../../tests/browser/recipes.ts';
import { drawnFiles, passing } from './drawn.ts';
import { choose, drop, ended, openRecipe, run, type Scene, WAIT } from './hands.ts';

const SMALL = recipe(
	'Small pictures',
	{
		photo: { spec: 'io.file', params: { kind: 'image' } },
		smaller: { spec: 'image.resize', params: { width: 480 } },
		soft: { spec: 'image.blur', params: { radius: 2 } },
		save: { spec: 'image.save', params: { format: 'webp' } },
		grey: { spec: 'image.greyscale', params: {} },
		second: { spec: 'image.save', params: { format: 'png' }, at: [1032, 340] },
	},
	[
		['photo.value', 'smaller.image'],
		['smaller.image', 'soft.image'],
		['soft.image', 'save.image'],
		['smaller.image', 'grey.image'],
		['grey.image', 'second.image'],
	],
);
const PLAIN = recipe(
	'Small pictures',
	{
		photo: { spec: 'io.file', params: { kind: 'image' } },
		smaller: { spec: 'image.resize', params: { width: 900 } },
		save: { spec: 'image.save', params: { format: 'avif' } },
	},
	[
		['photo.value', 'smaller.image'],
		['smaller.image', 'save.image'],
	],
);
const FILM = recipe(
	'Beginning of a film',
	{
		film: { spec: 'io.file', params: { kind: 'video' } },
		cut: { spec: 'video.trim', params: { keep: 'range', from: 1, to: 3 } },
		save: { spec: 'video.save', params: { format: 'mp4' } },
	},
	[
		['film.value', 'cut.video'],
		['cut.video', 'save.video'],
	],
);
const MARKED = recipe(
	'Marked pictures',
	{
		photo: { spec: 'io.file', params: { kind: 'image' } },
		logo: { spec: 'io.file', params: { kind: 'image' }, title: 'Logo' },
		mark: { spec: 'image.watermark-image', params: {} },
		save: { spec: 'image.save', params: { format: 'jpeg' } },
	},
	[
		['photo.value', 'mark.image'],
		['logo.value', 'mark.mark'],
		['mark.image', 'save.image'],
	],
);

/** Chooses a folder by its full path, in the part of the dialog that has this heading. */
async function folder(page: Page, section: number, path: string): Promise<void> {
	const head = `.batch > section:nth-of-type(${section}) .folder-head`;
	await page.click(`${head} .button`);
	await page.fill(`${head} input`, path);
	await page.press(`${head} input`, 'Enter');
	await page.waitForSelector(`${head} input`, { state: 'detached' });
}

/** The batch dialog over the drawn photos, one of which is broken. */
async function form(page: Page, machine: unknown = PLAIN): Promise<void> {
	const { holiday } = await drawnFiles();
	await openRecipe(page, machine);
	await choose(page, 'folder-sync');
	await folder(page, 1, holiday);
	await folder(page, 2, passing(homedir()));
	await page.waitForSelector('.names li', WAIT);
	await page.waitForSelector('.sheet-foot .button-primary:not([disabled])', WAIT);
}

const start = (page: Page) => page.click('.sheet-foot .button-primary');
const over = (page: Page) => page.waitForSelector('.report-links', { timeout: 90_000 });
const scrolled = (page: Page) => page.$eval('.sheet-body', (body) => body.scrollTo(0, body.scrollHeight));
const forget = async (page: Page): Promise<void> => {
	await page.evaluate(async () => {
		const list: readonly { readonly id: string }[] = await (await fetch('/api/watches')).json();
		await Promise.all(list.map(({ id }) => fetch(`/api/watches/${id}`, { method: 'DELETE' })));
	});
};

const PLAYS: Readonly<Record<string, Pick<Scene, 'play' | 'after'>>> = {
	explain: {
		play: async (page) => {
			await openRecipe(page, SMALL);
			await drop(page, (await drawnFiles()).photo);
			await run(page);
			await ended(page);
			await choose(page, 'route');
			await page.waitForSelector('.work', WAIT);
			await page.click('.work:nth-child(2) .work-nodes');
		},
	},
	'explain-typical': {
		play: async (page) => {
			await openRecipe(page, FILM);
			await choose(page, 'route');
			await page.waitForSelector('.work', WAIT);
		},
	},
	'batch-form': { play: (page) => form(page) },
	'batch-form-end': {
		play: async (page) => {
			await form(page);
			await page.click('.batch-more summary');
			await page.click('.batch-more .segment:nth-child(2)');
			await scrolled(page);
		},
	},
	'batch-pairs': {
		play: async (page) => {
			await form(page, MARKED);
			await page.click('[id^=batch-also]');
			await page.waitForTimeout(900);
		},
	},
	'batch-rows': {
		play: async (page) => {
			await openRecipe(page, PLAIN);
			await choose(page, 'folder-sync');
			await page.click('.batch .segment:last-child');
			const path = join(passing(), 'sizes.csv');
			writeFileSync(path, 'name,width\nsmall,320\nlarge,1600\n');
			const asked = page.waitForEvent('filechooser');
			await page.click('.batch-table .button');
			await (await asked).setFiles(path);
			await page.click('.batch-columns li:first-child .choose', WAIT);
			await page.click('[role=option]:last-child');
			await page.waitForSelector('.names li', WAIT);
		},
	},
	'batch-paused': {
		play: async (page) => {
			await form(page);
			await start(page);
			await page.click('.sheet-foot .button:has(.lucide-pause)', WAIT);
			await page.waitForSelector('.sheet-foot .lucide-play', WAIT);
		},
		after: (page) => page.click('.sheet-foot .button-danger'),
	},
	'batch-canary': {
		play: async (page) => {
			await form(page);
			await page.click('#batch-canary');
			await page.waitForSelector('.sheet-foot .button-primary:not([disabled])', WAIT);
			await start(page);
			await page.waitForSelector('.contact-one', { timeout: 60_000 });
			await over(page);
		},
	},
	'batch-failures': {
		play: async (page) => {
			await form(page);
			await start(page);
			await over(page);
		},
	},
	'batch-undone': {
		play: async (page) => {
			await form(page);
			await start(page);
			await over(page);
			await page.click('.sheet-foot .button:has(.lucide-undo-2)');
			await page.click('.sheet-foot .button-danger');
			await page.waitForSelector('.undone', WAIT);
		},
	},
	'watch-folder': {
		play: async (page) => {
			await form(page);
			await page.click('.sheet-foot .button:has(.lucide-eye)');
			await page.waitForSelector('.watch-form');
		},
	},
	'watch-schedule': {
		play: async (page) => {
			await form(page);
			await page.click('.sheet-foot .button:has(.lucide-eye)');
			await page.click('.watch-form .segment:last-child');
			await page.click('.watch-times .choose');
			await page.click('[role=option]:nth-child(4)');
		},
	},
	watches: {
		play: async (page) => {
			const { holiday } = await drawnFiles();
			const gone = join(passing(homedir()), 'scans');
			mkdirSync(gone);
			await openRecipe(page, PLAIN);
			await page.evaluate(
				async ({ recipe, paths }) => {
					const post = async (path: string, body: unknown) =>
						(await fetch(path, { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) })).json();
					for (const { path, to, when } of paths) {
						const root = await post('/api/roots', { path });
						const target = await post('/api/roots', { path: to });
						const places = { from: { root: root.id, path: '' }, to: { root: target.id, path: 'small' } };
						await post('/api/watches', { recipe, node: 'photo', bindings: {}, recursive: false, existing: 'skip', ...places, when });
					}
				},
				{
					recipe: PLAIN,
					paths: [
						{ path: holiday, to: passing(homedir()), when: { type: 'folder' as const, every: 10 } },
						{ path: gone, to: passing(homedir()), when: { type: 'schedule' as const, cron: '30 7 * * 1-5' } },
					],
				},
			);
			await choose(page, 'eye');
			await page.waitForSelector('.watch-error', { timeout: 60_000 }).catch(() => undefined);
		},
		after: forget,
	},
	menu: {
		play: async (page) => {
			await page.click('.brand');
			await page.waitForSelector('.menu-item');
		},
	},
	finder: {
		play: async (page) => {
			await page.keyboard.press('Control+k');
			await page.waitForSelector('.pick');
			await page.waitForTimeout(300);
		},
	},
};

export const SCREENS: Readonly<Record<string, Scene>> = Object.fromEntries(Object.entries(PLAYS).map(([name, play]) => [name, { ...play, everyLook: true }]));
