import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import sharp from 'sharp';
import type { ImageMetadata } from '../../../nodes/define.ts';
import { RunError } from '../../../nodes/problems.ts';
import type { Group, RunContext } from '../../engine/group.ts';
import type { Command } from './command/build.ts';

const LIMITS = { limitInputPixels: 16_384 * 16_384, failOn: 'error' } as const;

/** Writes the private files that a command reads: texts, upright PNGs, frames of animated pictures. */
export async function prepareFiles(command: Command, group: Group, context: RunContext): Promise<void> {
	for (const { name, text } of command.texts) await writeFile(join(context.folder, name), text);
	for (const output of command.outputs) if (output.many) await mkdir(join(context.folder, output.name, '..'), { recursive: true });
	for (const preparation of command.prepare) {
		const input = group.inputs[preparation.input];
		if (input?.from !== 'file') continue;
		const target = join(context.folder, preparation.name);
		try {
			await (preparation.as === 'png' ? writePicture : writeFrames)(input.path, target);
		} catch (error) {
			const reason = error instanceof Error ? error.message : String(error);
			throw new RunError('input.broken', { name: input.name, format: formatOf(input.metadata), reason }, {}, error);
		}
	}
}

const formatOf = (metadata: { readonly kind: string } & Partial<Pick<ImageMetadata, 'format'>>) => metadata.format ?? metadata.kind;

/** The upright picture as a PNG. */
export async function writePicture(path: string, target: string): Promise<void> {
	await sharp(path, LIMITS).autoOrient().toColourspace('srgb').png({ compressionLevel: 1 }).toFile(target);
}

/** Each frame as a PNG, and the list in which ffmpeg finds them with their durations. */
export async function writeFrames(path: string, list: string): Promise<void> {
	const folder = join(list, '..');
	await mkdir(folder, { recursive: true });
	const { pages = 1, delay = [] } = await sharp(path, LIMITS).metadata();
	const lines = ['ffconcat version 1.0'];
	for (let page = 0; page < pages; page++) {
		const name = `${String(page).padStart(6, '0')}.png`;
		await sharp(path, { ...LIMITS, page })
			.toColourspace('srgb')
			.png({ compressionLevel: 1 })
			.toFile(join(folder, name));
		lines.push(`file ${name}`, `duration ${(delay[page] ?? 100) / 1000}`);
	}
	await writeFile(list, `${lines.join('\n')}\n`);
}

/** Facts of an animated WebP, which ffmpeg can write but not read (5.1). */
export async function readAnimatedPicture(path: string, format: string): Promise<ImageMetadata> {
	const { width = 0, height = 0, pages = 1, pageHeight, delay = [], hasAlpha } = await sharp(path, LIMITS).metadata();
	const duration = pages > 1 ? delay.reduce((sum, ms) => sum + ms, 0) / 1000 : 0;
	return { kind: 'image', width, height: pageHeight ?? height, frames: pages, duration, alpha: hasAlpha ?? false, format };
}
