/** What the scenes have in common: dropping, opening, waiting. */
import { readFileSync } from 'node:fs';
import { basename } from 'node:path';
import type { Page } from 'playwright-core';
import type { fixture } from '../../tests/fixtures/index.ts';

export type Fixtures = typeof fixture;

export interface Scene {
	readonly size?: { readonly width: number; readonly height: number };
	readonly dark?: boolean;
	readonly chinese?: boolean;
	/** Taken in every look: light, dark, on a narrow screen, in Chinese. */
	readonly everyLook?: boolean;
	/** The picture of the README that this is, with `--docs`. */
	readonly picture?: string;
	readonly play: (page: Page, fixture: Fixtures) => Promise<void>;
	/** What is tidied up when the picture is taken. */
	readonly after?: (page: Page) => Promise<void>;
}

export const WAIT = { timeout: 25_000 };

/** Drops files onto the page. */
export async function drop(page: Page, ...paths: readonly string[]): Promise<void> {
	const files = paths.map((path) => ({ name: basename(path), base64: readFileSync(path).toString('base64') }));
	const transfer = await page.evaluateHandle((given) => {
		const held = new DataTransfer();
		for (const { name, base64 } of given) held.items.add(new File([Uint8Array.from(atob(base64), (letter) => letter.charCodeAt(0))], name));
		return held;
	}, files);
	await page.dispatchEvent('.canvas', 'drop', { dataTransfer: transfer });
	await page.waitForSelector('.card', WAIT);
	await page.waitForSelector('.card .thumb-picture, .card .grid, .card .thumb-text', WAIT).catch(() => undefined);
}

/** Opens a recipe, as if its file was dropped. */
export async function openRecipe(page: Page, recipe: unknown): Promise<void> {
	const transfer = await page.evaluateHandle((text) => {
		const held = new DataTransfer();
		held.items.add(new File([text], 'recipe.json'));
		return held;
	}, JSON.stringify(recipe));
	await page.dispatchEvent('.canvas', 'drop', { dataTransfer: transfer });
	await page.waitForSelector('.card', WAIT);
}

/** Chooses from the main menu, by the icon, as the words differ. */
export async function choose(page: Page, icon: string): Promise<void> {
	await page.click('.brand');
	await page.click(`.menu-item:has(.lucide-${icon})`);
}

export const run = (page: Page) => page.click('.run-button');
export const ended = (page: Page) => page.waitForSelector('.results-head .tone-good, .results-head .tone-bad, .card-failed', WAIT);
