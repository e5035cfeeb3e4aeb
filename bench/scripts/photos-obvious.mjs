/** The script that most people would write: one pipeline a photo, ten photos at a time, everything else as sharp comes. */
import { readdirSync } from 'node:fs';
import { join, parse } from 'node:path';
import sharp from 'sharp';

const [from, to] = process.argv.slice(2);
const names = readdirSync(from);
for (let i = 0; i < names.length; i += 10) {
	await Promise.all(
		names.slice(i, i + 10).map((name) =>
			sharp(join(from, name))
				.resize({ width: 1600 })
				.greyscale()
				.sharpen({ sigma: 1, m1: 1, m2: 2 })
				.webp({ quality: 80 })
				.toFile(join(to, `${parse(name).name}.webp`)),
		),
	);
}
