/** Palettes by node-vibrant, which decodes in JavaScript: palette-vibrant.mjs MODULES FROM TO. Its six roles, as swatches. */
import { readdirSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join, parse } from 'node:path';
import sharp from 'sharp';

const [modules, from, to] = process.argv.slice(2);
const { Vibrant } = createRequire(join(modules, 'package.json'))('node-vibrant/node');
for (const name of readdirSync(from).sort()) {
	const palette = await Vibrant.from(join(from, name)).getPalette();
	const colours = Object.values(palette).flatMap((swatch) => (swatch === null ? [] : [swatch.hex]));
	const rectangles = colours.map((colour, i) => `<rect x="${i * 200}" width="200" height="200" fill="${colour}"/>`).join('');
	const svg = `<svg xmlns="http://www.w3.org/2000/svg" width="${colours.length * 200}" height="200">${rectangles}</svg>`;
	await sharp(Buffer.from(svg))
		.png()
		.toFile(join(to, `${parse(name).name}.png`));
}
