/** The hand-written palette: shrink by sharp, median cut, swatches. palette.mjs FROM TO */
import { readdirSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { join, parse } from 'node:path';
import sharp from 'sharp';

const [from, to] = process.argv.slice(2);
sharp.cache(false);
sharp.concurrency(1);

/** Boxes of pixels, the longest of them cut at its middle until there are six. */
function medianCut(pixels, count) {
	const spread = (box) => {
		const of = (channel) => {
			let [least, most] = [255, 0];
			for (const pixel of box) {
				if (pixel[channel] < least) least = pixel[channel];
				if (pixel[channel] > most) most = pixel[channel];
			}
			return { channel, length: most - least };
		};
		return [0, 1, 2].map(of).sort((a, b) => b.length - a.length)[0];
	};
	const boxes = [pixels];
	while (boxes.length < count) {
		const [longest] = boxes
			.map((box, index) => ({ index, box, ...spread(box) }))
			.filter(({ box }) => box.length > 1)
			.sort((a, b) => b.length - a.length);
		if (longest === undefined) break;
		const { index, box, channel } = longest;
		box.sort((a, b) => a[channel] - b[channel]);
		boxes.splice(index, 1, box.slice(0, box.length / 2), box.slice(box.length / 2));
	}
	return boxes
		.sort((a, b) => b.length - a.length)
		.map((box) => [0, 1, 2].map((channel) => Math.round(box.reduce((sum, pixel) => sum + pixel[channel], 0) / box.length)));
}

const names = readdirSync(from).sort();
const lane = async () => {
	for (let name = names.shift(); name !== undefined; name = names.shift()) {
		const data = await sharp(join(from, name)).resize(256, 256, { fit: 'inside' }).removeAlpha().raw().toBuffer();
		const colours = medianCut(
			Array.from({ length: data.length / 3 }, (_, i) => data.subarray(i * 3, i * 3 + 3)),
			6,
		);
		const rectangles = colours.map((colour, i) => `<rect x="${i * 200}" width="200" height="200" fill="rgb(${colour})"/>`).join('');
		const svg = `<svg xmlns="http://www.w3.org/2000/svg" width="${colours.length * 200}" height="200">${rectangles}</svg>`;
		await sharp(Buffer.from(svg))
			.png()
			.toFile(join(to, `${parse(name).name}.png`));
	}
};
await Promise.all(Array.from({ length: availableParallelism() }, lane));
