import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import sharp from 'sharp';
import type { Metadata, TableMetadata } from '../../../nodes/define.ts';
import { RunError } from '../../../nodes/problems.ts';
import type { TaskRunner } from '../../engine/group.ts';
import { colourName } from '../image/colour-names.ts';
import { type MainColour, mainColours } from '../image/main-colours.ts';
import { hexOf, luminance } from '../image/oklab.ts';
import { openImage } from '../image/open.ts';
import { firstFrame, valueOfFile } from '../image/value.ts';
import { imageMetadata, STILL } from '../image/write.ts';

/** Side of the picture that is looked at. Pixels are picked, not mixed, so that edges add no colours that aren't there. */
const LOOKED_AT = 256;

/** Finds the main colours and draws them. */
const palette: TaskRunner = async (context) => {
	const picture = context.inputs.image?.[0];
	if (picture === undefined) throw new RunError('image.no-pictures', { port: 'image' });
	const { path, name, metadata } = picture;
	const file = valueOfFile(await openImage(path, name, { ours: metadata.kind === 'image' && metadata.format === null }), path, name);
	const value = file.frames > 1 ? await firstFrame(file) : file;
	const pixels = await value.attempt(() =>
		value
			.decode()
			.resize({ width: LOOKED_AT, height: LOOKED_AT, fit: 'inside', kernel: 'nearest', fastShrinkOnLoad: false, withoutEnlargement: true })
			.toColourspace('srgb')
			.ensureAlpha()
			.raw()
			.toBuffer(),
	);
	const found = mainColours(pixels, Number(context.params.count));
	const colours = found.length > 0 ? found : [{ r: 255, g: 255, b: 255, share: 1 }];
	context.progress(0.7);
	const side = Number(context.params.swatch);
	const image = join(context.folder, 'palette.png');
	await sharp(Buffer.from(swatches(colours, side)))
		.flatten({ background: '#ffffff' })
		.png({ compressionLevel: 6 })
		.toFile(image);
	const table = join(context.folder, 'colours.csv');
	await writeFile(table, csv(colours));
	return {
		image: { path: image, metadata: imageMetadata(colours.length * side, side, false, STILL, null) },
		colours: { path: table, metadata: { ...tableOf(context.expected.colours), rows: colours.length, format: 'csv' } },
	};
};
export default palette;

function tableOf(expected: Metadata | undefined): TableMetadata {
	return expected?.kind === 'table' ? expected : { kind: 'table', columns: null, rows: null, format: null };
}

/** Swatches in a row, each with its hex value and share in black or white, whichever reads better. */
function swatches(colours: readonly MainColour[], side: number): string {
	const drawn = colours.map((colour, index) => {
		const ink = luminance(colour) > 0.179 ? '#000000' : '#ffffff';
		const middle = index * side + side / 2;
		const share = colour.share < 0.01 ? '<1 %' : `${Math.round(colour.share * 100)} %`;
		return `<rect x="${index * side}" width="${side}" height="${side}" fill="${hexOf(colour)}"/>
			<g fill="${ink}" text-anchor="middle" font-family="DejaVu Sans, Noto Sans, Arial, sans-serif">
			<text x="${middle}" y="${side * 0.54}" font-size="${side * 0.16}" font-weight="bold">${hexOf(colour)}</text>
			<text x="${middle}" y="${side * 0.72}" font-size="${side * 0.1}">${share.replace('<', '&lt;')}</text></g>`;
	});
	return `<svg xmlns="http://www.w3.org/2000/svg" width="${colours.length * side}" height="${side}">${drawn.join('')}</svg>`;
}

function csv(colours: readonly MainColour[]): string {
	const rows = colours.map((colour) => [hexOf(colour), colourName(colour), colour.share.toFixed(4), colour.r, colour.g, colour.b].join(','));
	return `${['hex,name,share,r,g,b', ...rows].join('\n')}\n`;
}
