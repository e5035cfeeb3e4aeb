/** 200 million cells: a table that no browser and hardly a spreadsheet opens, grouped; seconds, and memory of the largest process. */
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { numbers } from './inputs.ts';
import { expect, inFolder, median, ROOT, type Setting } from './measure.ts';
import { watched } from './memory-of.ts';
import type { Row } from './table.ts';

export async function benchLargeTable({ rounds, small }: Setting): Promise<Row[]> {
	const count = small ? 80_000 : 20_000_000;
	const rows: Row[] = [];
	for (const format of ['parquet', 'csv'] as const) {
		const table = await numbers(count, format);
		const took: { seconds: number; peak: number }[] = [];
		for (let round = 0; round < rounds; round++) {
			await inFolder(async (folder) => {
				const out = join(folder, 'out');
				const one = await watched(join(folder, 'home'), ['run', join(ROOT, 'bench/recipes/large.json'), '--in', table, '--out', out]);
				await check(out, count);
				took.push({ seconds: one.seconds, peak: one.peak });
			});
		}
		rows.push(
			{
				what: `${count} rows × 10 columns, ${format}`,
				way: 'millwright run',
				value: `${median(took.map(({ seconds }) => seconds)).toFixed(2)} s`,
				ratio: '',
				aim: 'no failure',
			},
			{ what: '', way: 'memory of its largest process', value: `${Math.max(...took.map(({ peak }) => peak)).toFixed(0)} MB`, ratio: '', aim: '' },
		);
	}
	return rows;
}

async function check(out: string, count: number): Promise<void> {
	const [file = ''] = await readdir(out);
	const [, ...lines] = (await readFile(join(out, file), 'utf8')).trim().split('\n');
	const total = lines.reduce((sum, line) => sum + Number(line.split(',')[1]), 0);
	const last = Math.max(...lines.map((line) => Number(line.split(',')[2])));
	expect(lines.length === 8 && total === count && last === count - 1, `${lines.length} groups, ${total} rows, the last is ${last}`);
}
