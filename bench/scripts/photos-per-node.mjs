/** A file a node: what a program does whose nodes know nothing of each other. The same parallelism as the hand-tuned script. */
import { readdirSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { join, parse } from 'node:path';
import sharp from 'sharp';

const [from, to, between] = process.argv.slice(2);
sharp.cache(false);
sharp.concurrency(1);
const names = readdirSync(from).sort();
const lane = async () => {
	for (let name = names.shift(); name !== undefined; name = names.shift()) {
		const { name: stem } = parse(name);
		const file = (node) => join(between, `${stem}-${node}.png`);
		await sharp(join(from, name)).toFile(file('open'));
		await sharp(file('open')).resize({ width: 1600 }).toFile(file('resize'));
		await sharp(file('resize')).greyscale().toFile(file('greyscale'));
		await sharp(file('greyscale')).sharpen({ sigma: 1, m1: 1, m2: 2 }).toFile(file('sharpen'));
		await sharp(file('sharpen'))
			.webp({ quality: 80 })
			.toFile(join(to, `${stem}.webp`));
	}
};
await Promise.all(Array.from({ length: availableParallelism() }, lane));
