/** A table of 2 million rows: group, bar chart, PNG. */
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import sharp from 'sharp';
import { compare, type Peer } from './compare.ts';
import { sales } from './inputs.ts';
import { expect, millwright, ROOT, type Setting, time } from './measure.ts';
import { pythonWith } from './peers.ts';
import type { Row } from './table.ts';

const script = (name: string) => join(ROOT, 'bench/scripts', name);

export async function benchChart(setting: Setting): Promise<Row[]> {
	const rows = setting.small ? 20_000 : 2_000_000;
	const table = await sales(rows);
	const python = await pythonWith(['pandas', 'matplotlib']);
	const ours = {
		name: 'millwright run',
		run: (out: string, home: string) => millwright(home, ['run', join(ROOT, 'bench/recipes/chart.json'), '--in', table, '--out', out]),
	};
	const peers: readonly Peer[] = [
		{ name: 'DuckDB and Vega by hand', run: (out) => time(process.execPath, [script('chart.mjs'), table, join(out, 'chart.png')]), aim: '≤ 1.15' },
		{
			name: 'pandas and matplotlib',
			lacking: python === null ? 'python3 with pandas and matplotlib is not installed' : null,
			run: (out) => time(python ?? 'python3', [script('chart.py'), table, join(out, 'chart.png')]),
		},
	];
	return compare({ what: `${rows / 1_000_000} M rows to a chart`, ours, peers, check }, setting);
}

async function check(out: string, name: string): Promise<void> {
	const [file = ''] = await readdir(out);
	const { format, width, height } = await sharp(join(out, file)).metadata();
	expect(format === 'png' && width === 1600 && height === 900, `${name} drew ${format} ${width} × ${height}`);
}
