/** What becomes of words: changes that can be declined, wishes that can't be granted, and failures that say why. */
import { readFileSync } from 'node:fs';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { fixture } from '../fixtures/index.ts';
import { card, drop, NO_BROWSER, openRecipe, Stage, say, textOf } from './harness.ts';
import { PHOTO } from './recipes.ts';

let stage: Stage;
beforeAll(async () => {
	if (!NO_BROWSER) stage = await Stage.open();
});
afterEach(() => stage.clear());
afterAll(() => stage?.close());

describe.skipIf(NO_BROWSER)('a change in words', () => {
	it('is shown as a ghost; declined, it leaves every byte as it was', async () => {
		const page = await stage.visit();
		await openRecipe(page, PHOTO);
		await drop(page, fixture('photo'));
		await card(page, 'Save image').getByText('200 × 133').waitFor();
		const before = await textOf(page);
		await say(page, 'make it black and white');
		await page.locator('.card-added').waitFor();
		expect(await page.locator('.card-added').count()).toBe(1);
		await page.getByRole('button', { name: 'Reject' }).click();
		await page.locator('.card-added').waitFor({ state: 'detached' });
		expect(await textOf(page)).toBe(before);

		await page.press('#goal', 'Enter');
		await page.getByRole('button', { name: 'Accept all' }).click();
		await expect.poll(() => page.locator('.card').count()).toBe(5);
		expect(await textOf(page)).not.toBe(before);
		await page.locator('.react-flow__pane').click({ position: { x: 600, y: 20 } });
		await page.keyboard.press('Control+z');
		expect(await textOf(page)).toBe(before);
	});
});

describe.skipIf(NO_BROWSER).each([
	[false, 'email this to Bob', 'Can’t be done', /can’t be done/],
	[true, '把这张图用邮件发给小王', '做不到', /做不到/],
] as const)('what can not be done', (chinese, goal, badge, reason) => {
	it(`is refused with the reason: ${goal}`, async () => {
		const page = await stage.visit({ chinese });
		await drop(page, fixture('photo'));
		await page.locator('.card').waitFor();
		await say(page, goal);
		await page.locator('.plan .badge-bad').getByText(badge).waitFor();
		expect((await page.locator('.leftovers').innerText()).length).toBeGreaterThan(20);
		expect(await page.locator('.leftovers').innerText()).toMatch(reason);
		expect(await page.locator('.card').count()).toBe(1);
	});
});

describe.skipIf(NO_BROWSER)('a node that fails', () => {
	it('says why, in the language of the reader, and follows when that changes', async () => {
		const page = await stage.visit();
		await openRecipe(page, PHOTO);
		const whole = readFileSync(fixture('photo'));
		await drop(page, { name: 'broken.jpg', bytes: whole.subarray(0, Math.round(whole.length * 0.4)) });
		await card(page, 'File').getByText('broken.jpg', { exact: true }).waitFor();
		await page.keyboard.press('Control+Enter');
		await page.locator('.card-failed').waitFor();
		const line = page.locator('.card-failed .card-state-bad');
		const english = await line.innerText();
		expect(english).toMatch(/^[\x20-\x7e‘’“”–×]{20,}$/);
		await page.locator('.inspector .trouble-bad').getByText(english).waitFor();
		await page.getByRole('button', { name: '中文' }).click();
		await expect.poll(() => line.innerText()).toMatch(/\p{Script=Han}{4}/u);
	});

	it('does so in Chinese from the start, for what the server refuses, too', async () => {
		const page = await stage.visit({ chinese: true });
		await drop(page, { name: 'empty.png', bytes: Buffer.alloc(0) });
		await expect.poll(() => page.locator('.notice, .card').first().innerText()).toMatch(/\p{Script=Han}{2}/u);
	});
});
