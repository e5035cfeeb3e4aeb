/** A table of 2 million rows: group, bar chart, PNG. */
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import sharp from 'sharp';
import { sales } from './inputs.ts';
import { alternate, expect, millwright, ROOT, time } from './measure.ts';
import { against, type Row } from './table.ts';

export async function benchChart(rounds: number): Promise<Row[]> {
	const table = await sales(2_000_000);
	const ways = [
		{
			name: 'millwright run',
			run: (out: string, home: string) => millwright(home, ['run', join(ROOT, 'bench/recipes/chart.json'), '--in', table, '--out', out]),
		},
		{ name: 'DuckDB and Vega by hand', run: (out: string) => time(process.execPath, [join(ROOT, 'bench/scripts/chart.mjs'), table, join(out, 'chart.png')]) },
	];
	return against('2 M rows to a chart', await alternate(ways, rounds, check), { 'DuckDB and Vega by hand': '≤ 1.3' });
}

async function check(out: string, name: string): Promise<void> {
	const [file = ''] = await readdir(out);
	const { format, width, height } = await sharp(join(out, file)).metadata();
	expect(format === 'png' && width === 1600 && height === 900, `${name} drew ${format} ${width} × ${height}`);
}
