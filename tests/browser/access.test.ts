/** The page for eyes, ears and hands of every kind: names, focus, contrast, movement, theme, language. */
import type { Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { fixture } from '../fixtures/index.ts';
import { contrast, tokens } from './colours.ts';
import { card, drop, NO_BROWSER, openRecipe, Stage, say } from './harness.ts';
import { PHOTO } from './recipes.ts';

let stage: Stage;
beforeAll(async () => {
	if (!NO_BROWSER) stage = await Stage.open();
});
afterEach(() => stage.clear());
afterAll(() => stage?.close());

const INTERACTIVE = new Set([
	'button',
	'link',
	'textbox',
	'searchbox',
	'combobox',
	'checkbox',
	'radio',
	'slider',
	'spinbutton',
	'switch',
	'tab',
	'menuitem',
	'option',
]);

/** Interactive elements of the accessibility tree that a screen reader could only call "button". */
async function nameless(page: Page): Promise<string[]> {
	const session = await page.context().newCDPSession(page);
	await session.send('Accessibility.enable');
	const { nodes } = await session.send('Accessibility.getFullAXTree');
	await session.detach();
	const interactive = nodes.filter((node) => !node.ignored && INTERACTIVE.has(String(node.role?.value)));
	expect(interactive.length).toBeGreaterThan(1);
	return interactive
		.filter((node) => String(node.name?.value ?? '').trim() === '')
		.map((node) => `${node.role?.value} ${JSON.stringify(node.properties ?? [])}`);
}

/** Ids that two elements share, pictures without a text, fields without a label, headings and landmarks that are missing. */
const slips = (page: Page) =>
	page.evaluate(() => {
		const ids = [...document.querySelectorAll('[id]')].map((one) => one.id);
		const broken = [...document.querySelectorAll('[aria-labelledby], [aria-controls], [aria-describedby]')].flatMap((one) =>
			['aria-labelledby', 'aria-describedby'].flatMap((name) =>
				(one.getAttribute(name) ?? '')
					.split(' ')
					.filter((id) => id !== '' && document.getElementById(id) === null)
					.map((id) => `${name}=${id}`),
			),
		);
		return [
			...ids.filter((id, i) => ids.indexOf(id) !== i).map((id) => `id ${id} twice`),
			...[...document.images].filter((image) => !image.hasAttribute('alt')).map((image) => `no alt ${image.src}`),
			...broken,
			...(document.querySelector('main') === null ? ['no main'] : []),
			...(document.documentElement.lang === '' ? ['no language'] : []),
		];
	});

describe.skipIf(NO_BROWSER).each([false, true])('names for screen readers (Chinese: %s)', (chinese) => {
	it('are everywhere', async () => {
		const page = await stage.visit({ chinese });
		const sound = async (where: string) => {
			expect(await nameless(page), where).toEqual([]);
			expect(await slips(page), where).toEqual([]);
		};
		await sound('empty');
		await openRecipe(page, PHOTO);
		await drop(page, fixture('photo'));
		await page.locator('.card .thumb-picture').first().waitFor();
		await page.locator('.react-flow__node[data-id=smaller] .card-head').click();
		await page.locator('.inspector').waitFor();
		await sound('node');
		await page.keyboard.press('Control+Enter');
		await page.locator('.results-head').waitFor();
		await sound('results');
		for (const name of chinese ? ['配方', '批处理', '运行记录', '设置'] : ['Recipes', 'Batch', 'Runs', 'Settings']) {
			await page.getByRole('banner').getByRole('button', { name, exact: true }).click();
			await page.getByRole('dialog').waitFor();
			await sound(name);
			await page.keyboard.press('Escape');
			await page.getByRole('dialog').waitFor({ state: 'detached' });
		}
		await page.locator('.react-flow__pane').click({ position: { x: 600, y: 20 } });
		await page.keyboard.press('n');
		await page.locator('.pick').first().waitFor();
		await sound('search');
	});
});

describe.skipIf(NO_BROWSER)('the focus', () => {
	it('can be seen wherever Tab leads, and never leaves a dialog', async () => {
		const page = await stage.visit({ still: true });
		await openRecipe(page, PHOTO);
		const seen = new Set<string>();
		for (let i = 0; i < 30; i++) {
			await page.keyboard.press('Tab');
			const at = await page.evaluate(() => {
				const element = document.activeElement;
				if (element === null || element === document.body) return null;
				// A field may show it on the frame that it stands in.
				const shown = [element, element.parentElement, element.parentElement?.parentElement, element.firstElementChild].some((one) => {
					if (one === null || one === undefined) return false;
					const { outlineStyle, outlineWidth, boxShadow, borderColor } = getComputedStyle(one);
					return (
						(outlineStyle !== 'none' && outlineWidth !== '0px') ||
						(one.matches(':focus-within') && (boxShadow !== 'none' || borderColor !== 'none') && element.matches('input, textarea'))
					);
				});
				return { name: `${element.tagName} ${element.getAttribute('aria-label') ?? element.textContent?.slice(0, 30)}`, shown };
			});
			if (at === null) continue;
			expect(at).toEqual({ name: at.name, shown: true });
			seen.add(at.name);
		}
		expect(seen.size).toBeGreaterThan(15);
		await page.keyboard.press('Control+k');
		await page.getByRole('dialog').waitFor();
		for (let i = 0; i < 5; i++) {
			await page.keyboard.press('Tab');
			expect(await page.evaluate(() => document.activeElement?.closest('[role=dialog]') !== null)).toBe(true);
		}
	});
});

describe.each(['light', 'dark'] as const)('colours of the %s theme', (theme) => {
	const all = tokens(theme);
	const of = (name: string) => all.get(name) ?? [0, 0, 0];
	const worst = (texts: readonly string[], grounds: readonly string[]) =>
		texts.flatMap((text) => grounds.map((ground) => ({ pair: `${text} on ${ground}`, ratio: contrast(of(text), of(ground)) })));
	it('have the contrast that AA asks of text, and of the borders of fields', () => {
		const grounds = ['ground', 'surface', 'surface-2', 'surface-3'];
		const kinds = [...all.keys()].filter((name) => name.startsWith('kind-'));
		expect(kinds).toHaveLength(9);
		const texts = [
			...worst(['ink', 'ink-2', 'ink-3', 'accent', 'good', 'warn', 'bad'], grounds),
			...worst(kinds, ['surface']),
			...worst(['accent-ink'], ['accent', 'accent-strong']),
			...worst(['accent', 'ink', 'ink-2'], ['accent-soft']),
			...(['good', 'warn', 'bad'] as const).flatMap((tone) => worst([tone, 'ink'], [`${tone}-soft`])),
		];
		expect(texts.filter(({ ratio }) => ratio < 4.5)).toEqual([]);
		expect(worst(['line-field', 'accent'], ['surface', 'surface-2']).filter(({ ratio }) => ratio < 3)).toEqual([]);
	});
});

describe.skipIf(NO_BROWSER)('choices of the reader', () => {
	it('less movement: nothing moves by itself', async () => {
		const page = await stage.visit({ still: true });
		await drop(page, fixture('animation'));
		await card(page, 'File').waitFor();
		await say(page, 'turn it into an mp4');
		await page.locator('.card video').first().waitFor();
		expect(await page.evaluate(() => [...document.querySelectorAll('video')].every((film) => film.paused))).toBe(true);
		expect(await page.evaluate(() => document.getAnimations().filter((one) => Number(one.effect?.getComputedTiming().duration) > 10).length)).toBe(0);
	});

	it('theme and language hold over a reload, from the first moment on', async () => {
		const page = await stage.visit();
		const ground = () => page.evaluate(() => getComputedStyle(document.body).backgroundColor);
		const light = await ground();
		await page.getByRole('button', { name: 'Theme: as the system' }).click();
		await page.getByRole('button', { name: 'Theme: light' }).click();
		await page.getByRole('button', { name: 'Theme: dark' }).waitFor();
		const dark = await ground();
		expect(dark).not.toBe(light);
		await page.getByRole('button', { name: '中文' }).click();
		await page.getByRole('button', { name: '运行', exact: true }).waitFor();
		await page.addInitScript(() => {
			const seen: string[] = [];
			Object.assign(window, { seen });
			const note = () =>
				document.body !== null &&
				seen.push(`${document.documentElement.lang} ${document.documentElement.dataset.theme} ${getComputedStyle(document.documentElement).colorScheme}`);
			new MutationObserver(note).observe(document, { childList: true, subtree: true });
		});
		await page.reload();
		await page.getByRole('button', { name: '运行', exact: true }).waitFor();
		expect(await ground()).toBe(dark);
		const seen: unknown = await page.evaluate(() => ('seen' in window ? window.seen : []));
		expect([...new Set(Array.isArray(seen) ? seen.map(String) : [])].filter((one) => !one.startsWith('zh-CN dark'))).toEqual([]);
	});

	it('follows the system where nothing was chosen', async () => {
		const page = await stage.visit({ dark: true, chinese: true });
		await page.getByRole('button', { name: '运行', exact: true }).waitFor();
		expect(await page.evaluate(() => document.documentElement.lang)).toBe('zh-CN');
		expect(await page.evaluate(() => getComputedStyle(document.body).backgroundColor)).toMatch(/oklch\(0\.1|rgb\((\d{1,2}), /);
	});
});
