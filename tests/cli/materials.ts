/** Small files and recipes that the tests of the command line and of batches work on. */
import { createWriteStream } from 'node:fs';
import { finished } from 'node:stream/promises';
import sharp from 'sharp';
import { ZipFile } from 'yazl';

/** Halves a picture and saves it as WebP. */
export const halved = {
	millwright: 1,
	name: 'halve',
	graph: {
		nodes: {
			photo: { spec: 'io.file', params: { kind: 'image' } },
			resize: { spec: 'image.resize', params: { width: 20 } },
			save: { spec: 'image.save', params: { format: 'webp' } },
		},
		edges: [
			{ from: 'photo.value', to: 'resize.image' },
			{ from: 'resize.image', to: 'save.image' },
		],
	},
};

export const twoInputs = {
	millwright: 1,
	name: 'stamp',
	inputs: { photo: { node: 'base' }, mark: { node: 'logo' } },
	graph: {
		nodes: {
			base: { spec: 'io.file', params: { kind: 'image' } },
			logo: { spec: 'io.file', params: { kind: 'image' } },
			stamp: { spec: 'image.watermark-image', params: {} },
			save: { spec: 'image.save', params: { format: 'png' } },
		},
		edges: [
			{ from: 'base.value', to: 'stamp.image' },
			{ from: 'logo.value', to: 'stamp.mark' },
			{ from: 'stamp.image', to: 'save.image' },
		],
	},
};

/** A 40×30 PNG whose colour comes from the text, so that different texts give different files. */
export function small(text: string): Promise<Buffer> {
	const [r = 0, g = 0, b = 0] = [...text].reduce<number[]>(
		(sum, letter, i) => sum.with(i % 3, ((sum[i % 3] ?? 0) * 7 + (letter.codePointAt(0) ?? 0)) % 256),
		[9, 90, 200],
	);
	return sharp({ create: { width: 40, height: 30, channels: 3, background: { r, g, b } } })
		.png()
		.toBuffer();
}

export async function zipOf(path: string, files: Readonly<Record<string, Buffer>>, modes: Readonly<Record<string, number>> = {}): Promise<void> {
	const zip = new ZipFile();
	for (const [name, bytes] of Object.entries(files)) zip.addBuffer(bytes, name, { mode: modes[name] ?? 0o100644 });
	zip.end();
	await finished(zip.outputStream.pipe(createWriteStream(path)));
}
