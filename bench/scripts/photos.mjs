/** The hand-tuned script: one pipeline a photo, shrink-on-load by sharp itself, as many photos at once as there are cores. */
import { readdirSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { join, parse } from 'node:path';
import sharp from 'sharp';

const [from, to] = process.argv.slice(2);
sharp.cache(false);
sharp.concurrency(1);
const names = readdirSync(from).sort();
const lane = async () => {
	for (let name = names.shift(); name !== undefined; name = names.shift()) {
		await sharp(join(from, name), { sequentialRead: true })
			.resize({ width: 1600 })
			.greyscale()
			.sharpen({ sigma: 1, m1: 1, m2: 2 })
			.webp({ quality: 80 })
			.toFile(join(to, `${parse(name).name}.webp`));
	}
};
await Promise.all(Array.from({ length: availableParallelism() }, lane));
