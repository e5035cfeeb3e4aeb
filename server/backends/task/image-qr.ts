import sharp from 'sharp';
import { z } from 'zod';
import { RunError } from '../../../nodes/problems.ts';
import type { TaskContext, TaskInput, TaskResult } from '../../engine/group.ts';
import { textOf } from '../qr/content.ts';
import { drawCode, type Look } from '../qr/draw.ts';
import { readCodes } from '../qr/read.ts';

const lookSchema = z.object({
	size: z.number(),
	margin: z.number(),
	dark: z.string(),
	light: z.string(),
	correction: z.enum(['L', 'M', 'Q', 'H']),
	logoSize: z.number(),
});

/** Draws a QR code and reads it back: a code that can't be read is a failure, not a result. */
export default async function run(context: TaskContext): Promise<TaskResult> {
	const look = lookSchema.parse(context.params);
	const text = textOf(context.params);
	const logo = context.inputs.logo?.[0];
	const { size } = look;
	const drawn = drawCode(text, logo === undefined ? look : { ...look, correction: 'H' });
	const rgba = logo === undefined ? drawn : await withLogo(drawn, logo, look, look.logoSize / 100);
	await readsBack(rgba, size, text);
	const alpha = [look.dark, look.light].some((colour) => colour.length === 9 && !/ff$/i.test(colour));
	const image = sharp(rgba, { raw: { width: size, height: size, channels: 4 } });
	const data = alpha ? rgba : await image.removeAlpha().raw().toBuffer();
	return {
		image: {
			pixels: { data, width: size, height: size, channels: alpha ? 4 : 3, depth: 'uchar', frames: 1 },
			metadata: { kind: 'image', width: size, height: size, frames: 1, duration: 0, alpha, format: null },
		},
	};
}

/** Lays the logo over the middle, on a plate of the background's colour. */
async function withLogo(rgba: Buffer, logo: TaskInput, look: Look, share: number): Promise<Buffer> {
	const side = Math.max(1, Math.round(look.size * share));
	const plate = Math.min(look.size, Math.round(side * 1.15));
	const picture = await sharp(logo.path, { failOn: 'error' }).rotate().resize(side, side, { fit: 'inside' }).png().toBuffer();
	const framed = await sharp({ create: { width: plate, height: plate, channels: 4, background: look.light } })
		.composite([{ input: picture, gravity: 'centre' }])
		.png()
		.toBuffer();
	return sharp(rgba, { raw: { width: look.size, height: look.size, channels: 4 } })
		.composite([{ input: framed, gravity: 'centre' }])
		.raw()
		.toBuffer();
}

async function readsBack(rgba: Buffer, size: number, text: string): Promise<void> {
	// Transparent parts stand on white paper, mostly.
	const raw = { width: size, height: size, channels: 4 as const };
	const seen = await sharp(rgba, { raw }).flatten({ background: '#ffffff' }).ensureAlpha().raw().toBuffer();
	const texts = await readCodes(seen, size, size);
	if (texts.includes(text)) return;
	throw new RunError('qr.unreadable', { got: texts[0] === undefined ? '–' : texts[0].slice(0, 80) });
}
