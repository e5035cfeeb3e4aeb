/** The product as people have it: the real server as a child process with a home folder of its own, the built page, a real browser. */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { basename } from 'node:path';
import { type Browser, type BrowserContext, chromium, type Page } from 'playwright-core';
import { expect } from 'vitest';
import type { Recipe } from '../../nodes/graph.ts';
import { processesOf, type Started, until, Workplace } from '../cli/harness.ts';
import { built } from './built.ts';

export const CHROMIUM = process.env['MILLWRIGHT_CHROMIUM'] ?? process.env['CHROMIUM'] ?? '/usr/bin/chromium';
/** Without a browser these tests are skipped, which the last line of `npm test` says. */
export const NO_BROWSER = !existsSync(CHROMIUM);

const ARGS = [
	'--no-sandbox',
	'--disable-gpu',
	'--disable-quic',
	'--no-first-run',
	'--disable-background-networking',
	'--disable-component-update',
	'--disable-sync',
];
/** Patience of every wait: the machine may be busy with other tests. */
const PATIENCE = 30_000;

export interface Visit {
	readonly chinese?: boolean;
	readonly dark?: boolean;
	readonly still?: boolean;
}

/** One server and one browser, shared by the tests of a file. */
export class Stage {
	readonly place: Workplace;
	/** What should not have happened: errors on the page, requests to elsewhere, dialogs of scripts. */
	readonly troubles: string[] = [];
	readonly url: string;
	readonly #server: Started;
	readonly #browser: Browser;
	readonly #contexts: BrowserContext[] = [];

	private constructor(place: Workplace, server: Started, browser: Browser) {
		this.place = place;
		this.#server = server;
		this.#browser = browser;
		this.url = /http:\/\/\S+/.exec(server.stdout)?.[0] ?? '';
	}

	static async open(): Promise<Stage> {
		await built();
		const place = new Workplace();
		const server = place.start(['serve', '--port', '0']);
		try {
			await Promise.race([until(() => server.stdout.includes('http:'), 60), server.ended.then(({ stderr }) => Promise.reject(new Error(stderr)))]);
			return new Stage(place, server, await chromium.launch({ executablePath: CHROMIUM, args: ARGS }));
		} catch (error) {
			server.kill('SIGKILL');
			throw error;
		}
	}

	/** A browser without a past. */
	async context({ chinese, dark, still }: Visit = {}): Promise<BrowserContext> {
		const context = await this.#browser.newContext({
			viewport: { width: 1440, height: 900 },
			locale: chinese === true ? 'zh-CN' : 'en-GB',
			colorScheme: dark === true ? 'dark' : 'light',
			reducedMotion: still === true ? 'reduce' : 'no-preference',
			permissions: ['clipboard-read', 'clipboard-write'],
			acceptDownloads: true,
		});
		context.setDefaultTimeout(PATIENCE);
		context.on('request', (request) => {
			const { protocol, host } = new URL(request.url());
			if (protocol.startsWith('http') && !this.url.includes(host)) this.troubles.push(`asked ${request.url()}`);
		});
		this.#contexts.push(context);
		return context;
	}

	/** The page in a context of its own, or in a given one. */
	async visit(visit: Visit = {}, context?: BrowserContext): Promise<Page> {
		const page = await (context ?? (await this.context(visit))).newPage();
		page.on('pageerror', (error) => this.troubles.push(String(error)));
		page.on('console', (message) => {
			// Chromium reports refusals, which the page explains to its reader.
			if (message.type() === 'error' && !/status of 4\d\d/.test(message.text())) this.troubles.push(message.text());
		});
		page.on('dialog', (dialog) => {
			this.troubles.push(`dialog: ${dialog.message()}`);
			void dialog.dismiss();
		});
		await page.goto(this.url);
		await page.waitForSelector('#goal');
		return page;
	}

	/** After each test: nothing untoward happened, and its pages are closed. */
	async clear(): Promise<void> {
		await Promise.all(this.#contexts.splice(0).map((context) => context.close()));
		expect(this.troubles.splice(0)).toEqual([]);
	}

	/** Ends everything and makes sure of it. */
	async close(): Promise<void> {
		await this.#browser.close();
		this.#server.kill('SIGTERM');
		await this.#server.ended;
		const left = processesOf(this.place.folder);
		this.place.remove();
		expect(left).toEqual([]);
	}

	/** Command lines of the media programs that work for this server. */
	media(): string[] {
		return processesOf(this.place.folder).filter((command) => /^\S*ffmpeg /.test(command));
	}

	/** Recipes that the server has saved. */
	saved(): Recipe[] {
		const folder = this.place.path('.home', 'recipes');
		return readdirSync(folder, { recursive: true, encoding: 'utf8' })
			.filter((name) => name.endsWith('.json') && !name.includes('history'))
			.map((name) => JSON.parse(readFileSync(`${folder}/${name}`, 'utf8')));
	}
}

/** Drops files onto the page, under names of choice. */
export async function drop(page: Page, ...given: readonly (string | { readonly name: string; readonly bytes: Buffer })[]): Promise<void> {
	const files = given.map((one) => (typeof one === 'string' ? { name: basename(one), bytes: readFileSync(one) } : one));
	const transfer = await page.evaluateHandle(
		(held) => {
			const transfer = new DataTransfer();
			for (const { name, base64 } of held) transfer.items.add(new File([Uint8Array.from(atob(base64), (letter) => letter.charCodeAt(0))], name));
			return transfer;
		},
		files.map(({ name, bytes }) => ({ name, base64: bytes.toString('base64') })),
	);
	await page.dispatchEvent('.canvas', 'drop', { dataTransfer: transfer });
}

/** Drops a recipe, which opens it. */
export async function openRecipe(page: Page, recipe: unknown): Promise<void> {
	await drop(page, { name: 'recipe.json', bytes: Buffer.from(JSON.stringify(recipe)) });
	await page.waitForSelector('.card');
}

/** Says a goal and waits for what becomes of it. */
export async function say(page: Page, goal: string): Promise<void> {
	await page.fill('#goal', goal);
	await page.press('#goal', 'Enter');
	await page.waitForSelector('.plan');
}

/** The recipe as it would be downloaded. */
export async function recipeOf(page: Page): Promise<Recipe> {
	const text = await textOf(page);
	return JSON.parse(text);
}
export async function textOf(page: Page): Promise<string> {
	await page.click('.brand');
	const coming = page.waitForEvent('download');
	await page
		.locator('.menu-item')
		.filter({ has: page.locator('.lucide-file-down') })
		.click();
	return readFileSync(await (await coming).path(), 'utf8');
}

export const card = (page: Page, title: string | RegExp) => page.locator('.card').filter({ has: page.locator('h3', { hasText: title }) });
