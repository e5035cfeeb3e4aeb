/** 100 photos of 6 megapixels: resize, greyscale, sharpen, WebP. */
import { mkdir, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import sharp from 'sharp';
import { photos } from './inputs.ts';
import { alternate, expect, finished, inFolder, median, millwright, ROOT, time } from './measure.ts';
import { against, type Row } from './table.ts';

const COUNT = 100;
const recipe = join(ROOT, 'bench/recipes/photos.json');
const script = (name: string) => join(ROOT, 'bench/scripts', name);

export async function benchPhotos(rounds: number): Promise<Row[]> {
	const folder = await photos(COUNT);
	const ways = [
		{ name: 'millwright run', run: (out: string, home: string) => millwright(home, ['run', recipe, '--in', folder, '--out', out]) },
		{ name: 'hand-tuned sharp script', run: (out: string) => time(process.execPath, [script('photos.mjs'), folder, out]) },
		{
			name: 'a file a node',
			run: async (out: string, home: string) => {
				await mkdir(home);
				return time(process.execPath, [script('photos-per-node.mjs'), folder, out, home]);
			},
		},
	];
	return against(`${COUNT} photos`, await alternate(ways, rounds, check), { 'hand-tuned sharp script': '≤ 1.15', 'a file a node': '≤ 0.56' });
}

async function check(out: string, name: string): Promise<void> {
	const names = (await readdir(out)).sort();
	expect(names.length === COUNT, `${name} wrote ${names.length} files`);
	const { format, width, height } = await sharp(join(out, names[0] ?? '')).metadata();
	const pixels = await sharp(join(out, names[0] ?? '')).stats();
	expect(format === 'webp' && width === 1600 && height === 1067, `${name} wrote ${format} ${width} × ${height}`);
	expect(
		pixels.channels.every((channel) => Math.abs(channel.mean - (pixels.channels[0]?.mean ?? 0)) < 1),
		`${name} left colour in it`,
	);
}

/** The same batch again: nothing is made, everything is found. */
export async function benchAgain(rounds: number): Promise<Row[]> {
	const folder = await photos(COUNT);
	const run = (out: string) => ['run', recipe, '--in', folder, '--out', out];
	return inFolder(async (place) => {
		const home = join(place, 'home');
		await millwright(home, run(join(place, 'first')));
		const items: number[] = [];
		let children = Number.NaN;
		for (let round = 0; round < rounds; round++) {
			const out = join(place, `again-${round}`);
			const { seconds } = await millwright(home, run(out));
			items.push((seconds * 1000) / COUNT);
			await check(out, 'the second run');
		}
		const traced = await finished(
			'strace',
			['-f', '-qq', '-e', 'trace=execve', process.execPath, join(ROOT, 'bin/millwright.mjs'), ...run(join(place, 'traced'))],
			{
				env: { ...process.env, MILLWRIGHT_HOME: home },
			},
		).catch(() => null);
		if (traced !== null) children = (traced.stderr.match(/execve\(/g)?.length ?? 1) - 1;
		return [
			{ what: `${COUNT} photos again, from the store`, way: 'millwright run', value: `${median(items).toFixed(1)} ms an item`, ratio: '', aim: '' },
			{ what: '', way: 'processes it starts', value: Number.isNaN(children) ? 'not counted: strace is not installed' : String(children), ratio: '', aim: '0' },
		];
	});
}
