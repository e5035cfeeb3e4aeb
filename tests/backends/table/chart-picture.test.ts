import { readFileSync } from 'node:fs';
import sharp from 'sharp';
import { describe, expect, it } from 'vitest';
import { chartPicture, type Picture } from '../../../server/backends/table/chart/draw.ts';
import { fixture } from '../../fixtures/index.ts';

/** Runs of one colour along a row of the picture, white left out. */
async function barsAt({ data: pixels, width, height }: Picture, share: number): Promise<number> {
	const { data, info } = await sharp(pixels, { raw: { width, height, channels: 4 } })
		.removeAlpha()
		.raw()
		.toBuffer({ resolveWithObject: true });
	const y = Math.floor(info.height * share);
	let bars = 0;
	let inside = false;
	for (let x = 0; x < info.width; x++) {
		const at = (y * info.width + x) * 3;
		const coloured = Math.max(data[at] ?? 0, data[at + 1] ?? 0, data[at + 2] ?? 0) - Math.min(data[at] ?? 0, data[at + 1] ?? 0, data[at + 2] ?? 0) > 60;
		if (coloured && !inside) bars++;
		inside = coloured;
	}
	return bars;
}

describe('a chart as PNG', () => {
	it.each([1, 2, 3])('shows all of it at %d pixels a point', async (scale) => {
		const picture = await chartPicture(JSON.parse(readFileSync(fixture('chart'), 'utf8')), scale);
		const { width, height } = picture;
		expect([width, height]).toEqual([480 * scale, 300 * scale]);
		expect(await barsAt(picture, 0.75)).toBe(4);
	});
});
