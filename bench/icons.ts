/** 2,000 PNGs of 64 × 64 pixels, each a WebP of 32 × 32: what an item costs besides the work itself. And 20,000: whether it stays so. */
import { mkdir, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import sharp from 'sharp';
import { compare, type Peer } from './compare.ts';
import { icons } from './inputs.ts';
import { CACHE, expect, inFolder, median, millwright, ROOT, type Setting, time } from './measure.ts';
import { watched } from './memory-of.ts';
import { lackingPackage } from './peers.ts';
import { left, type Row } from './table.ts';

const args = (folder: string, out: string) => ['run', join(ROOT, 'bench/recipes/icons.json'), '--in', folder, '--out', out];
const script = (name: string) => join(ROOT, 'bench/scripts', name);

export async function benchIcons(setting: Setting): Promise<Row[]> {
	const count = setting.small ? 20 : 2000;
	const folder = await icons(count);
	const ours = { name: 'millwright run', run: (out: string, home: string) => millwright(home, args(folder, out)) };
	const peers: readonly Peer[] = [
		{ name: 'hand-tuned sharp script', run: (out) => time(process.execPath, [script('icons.mjs'), folder, out]), aim: '≤ 1.4' },
		{
			name: 'a flow of Node-RED with sharp',
			lacking: await lackingPackage('node-red', '5.0.7'),
			run: async (out, home) => {
				await mkdir(home);
				return time(process.execPath, [script('icons-node-red.mjs'), CACHE, folder, out, home]);
			},
		},
	];
	return compare({ what: `${count} icons`, ours, peers, check: (out, name) => check(out, name, count) }, setting);
}

/** Milliseconds an item of a batch ten times as large, and the memory of the process that leads it from the first items to the last. */
export async function benchManyIcons({ rounds, small }: Setting): Promise<Row[]> {
	const [few, many, settled] = small ? [20, 200, 40] : [2000, 20_000, 250];
	const each: Record<number, number[]> = { [few]: [], [many]: [] };
	const held: number[] = [];
	for (let round = 0; round < rounds; round++) {
		for (const count of [few, many]) {
			const folder = await icons(count);
			await inFolder(async (place) => {
				const out = join(place, 'out');
				const sample = async (resident: number) => {
					const written = (await readdir(out).catch(() => [])).filter((name) => name.endsWith('.webp')).length;
					if (count === many && written >= settled) held.push(resident);
				};
				const { seconds } = await watched(join(place, 'home'), args(folder, out), sample);
				await check(out, `the batch of ${count}`, count);
				each[count]?.push((seconds * 1000) / count);
				process.stderr.write(`  ${count}: ${seconds.toFixed(2)} s\n`);
			});
		}
	}
	const [one, other] = [median(each[few] ?? []), median(each[many] ?? [])];
	const middle = median(held);
	const [least, most] = [Math.min(...held), Math.max(...held)];
	const share = (value: number) => `${value < middle ? '−' : '+'}${Math.abs((value / middle - 1) * 100).toFixed(0)} %`;
	return [
		{ what: `${many} icons`, way: 'millwright run', value: `${other.toFixed(2)} ms an item`, ratio: '', aim: '' },
		{ what: '', way: `the same with ${few}`, value: `${one.toFixed(2)} ms an item`, ratio: (other / one).toFixed(2), aim: 'about 1' },
		left(
			`memory of the process from ${settled} items on`,
			held.length === 0
				? 'no sample'
				: `${middle.toFixed(0)} MB (${least.toFixed(0)} to ${most.toFixed(0)}: ${share(least)}, ${share(most)}; ${held.length} samples)`,
			'± 20 %',
		),
	];
}

async function check(out: string, name: string, count: number): Promise<void> {
	const names = (await readdir(out)).sort();
	expect(names.length === count, `${name} wrote ${names.length} files`);
	for (const one of [names[0] ?? '', names.at(-1) ?? '']) {
		const { format, width, height } = await sharp(join(out, one)).metadata();
		expect(format === 'webp' && width === 32 && height === 32, `${name} wrote ${format} ${width} × ${height}`);
	}
}
