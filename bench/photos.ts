/** 100 photos of 6 megapixels: resize, greyscale, sharpen, WebP. */
import { mkdir, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import sharp from 'sharp';
import { compare, type Peer } from './compare.ts';
import { photos } from './inputs.ts';
import { CORES, expect, finished, inFolder, median, millwright, ROOT, type Setting, time } from './measure.ts';
import { lackingProgram } from './peers.ts';
import type { Row } from './table.ts';

const recipe = join(ROOT, 'bench/recipes/photos.json');
const script = (name: string) => join(ROOT, 'bench/scripts', name);
const count = ({ small }: Setting) => (small ? 4 : 100);
/** A program for each core, a few photos at a time. */
const LANES = ['-0', '-P', CORES, '-n', '5'].join(' ');
const MAGICK = '-format webp -resize 1600x -colorspace Gray -sharpen 0x1 -quality 80';

export async function benchPhotos(setting: Setting): Promise<Row[]> {
	const folder = await photos(count(setting));
	const shell = (command: string, env: NodeJS.ProcessEnv) => (out: string) =>
		time('bash', ['-c', command, 'bash', folder, out, script('photos-vips.sh')], { env: { ...process.env, ...env } });
	const peers: readonly Peer[] = [
		{ name: 'hand-tuned sharp script', run: (out) => time(process.execPath, [script('photos.mjs'), folder, out]), aim: '≤ 1.05' },
		{ name: 'the obvious sharp script', run: (out) => time(process.execPath, [script('photos-obvious.mjs'), folder, out]), aim: '≤ 1.0' },
		{
			name: 'a file a node',
			run: async (out, home) => {
				await mkdir(home);
				return time(process.execPath, [script('photos-per-node.mjs'), folder, out, home]);
			},
			aim: '≤ 0.5',
		},
		{
			name: 'ImageMagick on all cores',
			lacking: await lackingProgram('mogrify', ['-version'], 'imagemagick'),
			run: shell(`printf '%s\\0' "$1"/*.jpg | xargs ${LANES} mogrify -path "$2" ${MAGICK}`, { MAGICK_THREAD_LIMIT: '1' }),
			aim: '≤ 0.25',
		},
		{
			name: 'GraphicsMagick on all cores',
			lacking: await lackingProgram('gm', ['-version'], 'graphicsmagick'),
			run: shell(`cd "$1" && printf '%s\\0' *.jpg | xargs ${LANES} gm mogrify -output-directory "$2" ${MAGICK}`, { OMP_NUM_THREADS: '1' }),
		},
		{
			name: "libvips' programs on all cores",
			lacking: await lackingProgram('vipsthumbnail', ['--version'], 'libvips-tools'),
			run: shell(`printf '%s\\0' "$1"/*.jpg | xargs -0 -P ${CORES} -I {} bash "$3" {} "$2"`, { VIPS_CONCURRENCY: '1' }),
		},
	];
	const ours = { name: 'millwright run', run: (out: string, home: string) => millwright(home, ['run', recipe, '--in', folder, '--out', out]) };
	return compare({ what: `${count(setting)} photos`, ours, peers, check: (out, name) => check(out, name, count(setting)) }, setting);
}

async function check(out: string, name: string, wanted: number): Promise<void> {
	const names = (await readdir(out)).sort();
	expect(names.length === wanted, `${name} wrote ${names.length} files`);
	const { format, width, height } = await sharp(join(out, names[0] ?? '')).metadata();
	const pixels = await sharp(join(out, names[0] ?? '')).stats();
	expect(format === 'webp' && width === 1600 && height === 1067, `${name} wrote ${format} ${width} × ${height}`);
	expect(
		pixels.channels.every((channel) => Math.abs(channel.mean - (pixels.channels[0]?.mean ?? 0)) < 1),
		`${name} left colour in it`,
	);
}

/** The same batch again: nothing is made, everything is found. */
export async function benchAgain(setting: Setting): Promise<Row[]> {
	const wanted = count(setting);
	const folder = await photos(wanted);
	const run = (out: string) => ['run', recipe, '--in', folder, '--out', out];
	return inFolder(async (place) => {
		const home = join(place, 'home');
		await millwright(home, run(join(place, 'first')));
		const items: number[] = [];
		let children = Number.NaN;
		for (let round = 0; round < setting.rounds; round++) {
			const out = join(place, `again-${round}`);
			const { seconds } = await millwright(home, run(out));
			items.push((seconds * 1000) / wanted);
			await check(out, 'the second run', wanted);
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
			{ what: `${wanted} photos again, from the store`, way: 'millwright run', value: `${median(items).toFixed(1)} ms an item`, ratio: '', aim: '' },
			{ what: '', way: 'processes it starts', value: Number.isNaN(children) ? 'not counted: strace is not installed' : String(children), ratio: '', aim: '0' },
		];
	});
}
