/** The six main colours of 100 photos, as swatches. */
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import sharp from 'sharp';
import { compare, type Peer } from './compare.ts';
import { photos } from './inputs.ts';
import { CACHE, expect, millwright, ROOT, type Setting, time } from './measure.ts';
import { lackingPackage } from './peers.ts';
import type { Row } from './table.ts';

const SIDE = 200;
const script = (name: string) => join(ROOT, 'bench/scripts', name);

export async function benchPalette(setting: Setting): Promise<Row[]> {
	const count = setting.small ? 4 : 100;
	const folder = await photos(count);
	const recipe = join(ROOT, 'bench/recipes/palette.json');
	const ours = { name: 'millwright run', run: (out: string, home: string) => millwright(home, ['run', recipe, '--in', folder, '--out', out]) };
	const peers: readonly Peer[] = [
		{ name: 'sharp and median cut by hand', run: (out) => time(process.execPath, [script('palette.mjs'), folder, out]), aim: '≤ 1.5' },
		{
			name: 'node-vibrant',
			lacking: await lackingPackage('node-vibrant', '4.0.4'),
			run: (out) => time(process.execPath, [script('palette-vibrant.mjs'), CACHE, folder, out]),
		},
	];
	return compare({ what: `six colours of ${count} photos`, ours, peers, check: (out, name) => check(out, name, count) }, setting);
}

/** Which colours they are is a matter of taste; that there are some, and not one twice, is not. */
async function check(out: string, name: string, count: number): Promise<void> {
	const names = (await readdir(out)).sort();
	expect(names.length === count, `${name} wrote ${names.length} files`);
	const picture = sharp(join(out, names[0] ?? ''));
	const { format, width, height } = await picture.metadata();
	const columns = width / SIDE;
	expect(format === 'png' && height === SIDE && columns >= 3 && columns <= 6, `${name} wrote ${format} ${width} × ${height}`);
	const data = await picture.removeAlpha().raw().toBuffer();
	const colours = Array.from({ length: columns }, (_, i) => data.subarray((i * SIDE + 5) * 3, (i * SIDE + 5) * 3 + 3).toString('hex'));
	expect(new Set(colours).size === columns, `${name} found ${colours.join(', ')}`);
}
