/**
 * Screenshots of the page at work, for eyes: `npm run shots -- http://localhost:4555 [name …]`.
 * Uses a running server and the system's Chromium; the pictures go to `shots/`, which git ignores.
 * With `--docs` it makes those of the README, as WebP in `docs/pictures/`.
 */
import { mkdirSync, writeFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { chromium, type Page } from 'playwright-core';
import sharp from 'sharp';
import { fixture } from '../tests/fixtures/index.ts';
import { removeDrawn } from './shots/drawn.ts';
import type { Scene } from './shots/hands.ts';
import { SCENES } from './shots/scenes.ts';

const words = process.argv.slice(2);
const docs = words.includes('--docs');
const [url = 'http://localhost:4555', ...names] = words.filter((word) => word !== '--docs');
const out = resolve(import.meta.dirname, docs ? '../docs/pictures' : '../shots');
mkdirSync(out, { recursive: true });

const browser = await chromium.launch({ executablePath: process.env['CHROMIUM'] ?? '/usr/bin/chromium', args: ['--no-sandbox'] });
let failures = 0;
for (const [name, scene, among] of Object.entries(SCENES).flatMap(looks)) {
	if (names.length > 0 && !names.includes(name) && !names.includes(among)) continue;
	if (docs && scene.picture === undefined) continue;
	const context = await browser.newContext({
		viewport: scene.size ?? { width: 1440, height: 900 },
		colorScheme: scene.dark === true ? 'dark' : 'light',
		locale: scene.chinese === true ? 'zh-CN' : 'en-GB',
		deviceScaleFactor: 1,
		permissions: ['clipboard-read', 'clipboard-write'],
	});
	const page = await context.newPage();
	const said: string[] = [];
	page.on('console', (message) => message.type() === 'error' && said.push(message.text()));
	page.on('response', (response) => response.status() >= 400 && said.push(`${response.status()} ${response.url()}`));
	page.on('pageerror', (error) => said.push(String(error)));
	try {
		await page.goto(url);
		await page.waitForSelector('#goal');
		await scene.play(page, fixture);
		await settled(page);
	} catch (error) {
		failures += 1;
		said.push(error instanceof Error ? (error.message.split('\n')[0] ?? '') : String(error));
	}
	const picture = await page.screenshot();
	if (docs) await sharp(picture).resize({ width: 1200, withoutEnlargement: true }).webp({ quality: 82 }).toFile(`${out}/${scene.picture}.webp`);
	else writeFileSync(`${out}/${name}.png`, picture);
	await scene.after?.(page);
	console.log(`${name}${said.length === 0 ? '' : `\n  ${said.join('\n  ')}`}`);
	await context.close();
}
await browser.close();
removeDrawn();
process.exitCode = failures === 0 ? 0 : 1;

/** A scene with a name for each of its looks, and the name of them all. */
function looks([name, scene]: readonly [string, Scene]): readonly (readonly [string, Scene, string])[] {
	if (scene.everyLook !== true) return [[name, scene, name]];
	return [
		[name, scene, name],
		[`${name}-dark`, { ...scene, dark: true }, name],
		[`${name}-narrow`, { ...scene, size: { width: 390, height: 844 } }, name],
		[`${name}-chinese`, { ...scene, chinese: true }, name],
	];
}

/** Pictures are loaded and nothing is on its way in. */
async function settled(page: Page): Promise<void> {
	await page.waitForFunction(() => [...document.images].every((image) => image.complete));
	await page.waitForTimeout(350);
}
