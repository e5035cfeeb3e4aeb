import { readFile, writeFile } from 'node:fs/promises';
import { chromium } from 'playwright-core';
import sharp from 'sharp';
import { describe, expect, it } from 'vitest';
import type { Params } from '../../nodes/define.ts';
import { type FileValue, fixtureValue, inFolder, runTask, tableFile } from '../backends/table/harness.ts';

async function drawn<T>(
	id: string,
	params: Params,
	csv: string,
	use: (chart: FileValue, spec: Record<string, unknown>, folder: string) => Promise<T>,
): Promise<T> {
	return inFolder(async (folder) => {
		await writeFile(`${folder}/in.csv`, csv);
		const { chart } = await runTask(id, params, { table: [await tableFile(`${folder}/in.csv`)] }, folder);
		if (chart === undefined) throw new Error('no chart');
		return use(chart, JSON.parse(await readFile(chart.path, 'utf8')), folder);
	});
}

async function saved(chart: FileValue, params: Params): Promise<{ readonly file: FileValue; readonly bytes: Buffer }> {
	return inFolder(async (folder) => {
		const { file } = await runTask('chart.save', params, { chart: [chart] }, folder);
		if (file === undefined) throw new Error('no file');
		return { file, bytes: await readFile(file.path) };
	});
}

const CITIES = '城市,人口\n重庆,3191\n上海,2487\n"<img src=x onerror=alert(1)></script>",2185\n';

describe('charts', () => {
	it('are saved as PNG of exactly the size that describe says', async () => {
		await drawn('chart.bar', { width: 640, height: 400 }, CITIES, async (chart) => {
			const { file, bytes } = await saved(chart, { format: 'png', scale: 2 });
			expect(await sharp(bytes).metadata()).toMatchObject({ width: 1280, height: 800, format: 'png' });
			expect(file.metadata).toMatchObject({ format: 'png', bytes: bytes.length, content: { width: 1280, height: 800 } });
			/* Something is drawn: many colours, not one. */
			expect((await sharp(bytes).stats()).entropy).toBeGreaterThan(0.3);
		});
	});

	it('are saved as SVG with every label as text', async () => {
		await drawn('chart.bar', {}, CITIES, async (chart) => {
			const svg = (await saved(chart, { format: 'svg' })).bytes.toString('utf8');
			expect(svg).toContain('重庆');
			expect(svg).not.toContain('<img');
			expect((await sharp(Buffer.from(svg)).metadata()).width).toBe(800);
		});
	});

	it('are saved as a page that works from a folder, without a network, and shows tips', async () => {
		await drawn('chart.bar', {}, CITIES, async (chart, _, folder) => {
			const { bytes } = await saved(chart, { format: 'html' });
			await writeFile(`${folder}/chart.html`, bytes);
			const browser = await chromium.launch({ executablePath: '/usr/bin/chromium', args: ['--no-sandbox'] });
			try {
				const context = await browser.newContext({ offline: true });
				const page = await context.newPage();
				const problems: string[] = [];
				page.on('pageerror', (error) => problems.push(String(error)));
				page.on('console', (message) => message.type() === 'error' && problems.push(message.text()));
				page.on('request', (request) => /^(file|data|blob):/.test(request.url()) || problems.push(request.url()));
				page.on('dialog', () => problems.push('a script of the data ran'));
				await page.goto(`file://${folder}/chart.html`);
				await page.waitForSelector('#chart svg');
				const bar = page.locator('#chart svg .mark-rect path').first();
				await bar.hover();
				await page.waitForFunction(() => document.querySelector('#tip')?.textContent?.includes('重庆'));
				expect(await page.locator('#tip').textContent()).toContain('3,191');
				expect(await page.locator('img').count()).toBe(0);
				expect(problems).toEqual([]);
			} finally {
				await browser.close();
			}
		});
	});

	it('load nothing: what asks for it is an error that names the address', async () => {
		await inFolder(async (folder) => {
			for (const [name, data] of [
				['file', { url: 'file:///etc/passwd', format: { type: 'csv' } }],
				['http', { url: 'http://127.0.0.1:9/x.json' }],
			] as const) {
				await writeFile(
					`${folder}/${name}.json`,
					JSON.stringify({ $schema: 'https://vega.github.io/schema/vega-lite/v6.json', data, mark: 'bar', encoding: { x: { field: 'a' } } }),
				);
				const chart = { ...(await fixtureValue('chart')), path: `${folder}/${name}.json` };
				await expect(saved(chart, { format: 'svg' }), name).rejects.toMatchObject({ problem: { key: 'chart.outside', values: { address: data.url } } });
			}
			await writeFile(
				`${folder}/image.json`,
				JSON.stringify({ data: { values: [{ a: 1 }] }, mark: { type: 'image', url: 'http://127.0.0.1:9/x.png', width: 9, height: 9 } }),
			);
			await expect(saved({ ...(await fixtureValue('chart')), path: `${folder}/image.json` }, { format: 'svg' })).rejects.toMatchObject({
				problem: { key: 'chart.outside' },
			});
			await writeFile(
				`${folder}/sequence.json`,
				JSON.stringify({ data: { sequence: { start: 0, stop: 1e9 } }, mark: 'point', encoding: { x: { field: 'data' } } }),
			);
			await expect(saved({ ...(await fixtureValue('chart')), path: `${folder}/sequence.json` }, { format: 'svg' })).rejects.toMatchObject({
				problem: { key: 'chart.broken' },
			});
		});
	});

	it('say which categories were put together', async () => {
		const csv = `name,n\n${Array.from({ length: 50 }, (_, i) => `place ${i},${i + 1}`).join('\n')}\n`;
		await drawn('chart.bar', { height: 1200 }, csv, async (_, spec) => {
			const { values } = Object(spec.data);
			expect(values).toHaveLength(30);
			expect(values).toContainEqual({ x: 'Other (21)', y: (21 * 22) / 2, rest: true, t: '231' });
			expect(JSON.stringify(spec.title)).toContain('top 29 of 50');
		});
	});

	it('say that points are a sample, and draw the same one again', async () => {
		const csv = `a,b\n${Array.from({ length: 8000 }, (_, i) => `${i / 7},${(i * 37) % 101}`).join('\n')}\n`;
		const once = () => drawn('chart.scatter', {}, csv, async (_, spec) => spec);
		const spec = await once();
		expect(Object(spec.data).values).toHaveLength(5000);
		expect(JSON.stringify(spec.title)).toContain('5,000 of 8,000');
		expect(await once()).toEqual(spec);
	});

	it('refuse a pie of negative values', async () => {
		await expect(drawn('chart.pie', { x: 'a', y: 'b' }, 'a,b\nx,3\ny,-1\n', async () => undefined)).rejects.toMatchObject({
			problem: { key: 'chart.negative-share' },
		});
	});
});
