/** Texts and logos as small RGBA pictures, ready to be composited. */
import sharp, { type OverlayOptions, type Sharp } from 'sharp';
import type { Gravity } from '../../../nodes/steps/image.ts';
import type { Composite } from './calls.ts';

interface Mark {
	readonly data: Buffer;
	readonly width: number;
	readonly height: number;
}
type Size = { readonly width: number; readonly height: number };
type Text = Extract<Composite, { op: 'text' }>;

const FONTS = 'Noto Sans CJK SC, Noto Sans, DejaVu Sans, sans-serif';

/** How to lay a text or a picture over a picture of this size. `read` opens the picture at an input port. */
export async function overlaysOf(step: Composite, onto: Size, read: (port: string) => Promise<Sharp>): Promise<OverlayOptions[]> {
	const room = { width: Math.max(1, onto.width - 2 * step.margin), height: Math.max(1, onto.height - 2 * step.margin) };
	const mark = faded(
		step.op === 'text' ? await textMark(step, step.tile ? onto : room) : await logoMark(await read(step.input), step.width, room),
		step.opacity,
	);
	if (!step.tile) return [{ ...placed(mark), ...spot(step.gravity, onto, mark, step.margin) }];
	const cell = await cellOf(step, mark, onto);
	return [{ ...placed(cell), tile: true, gravity: 'centre' }];
}

function placed(mark: Mark): OverlayOptions {
	return { input: mark.data, raw: { width: mark.width, height: mark.height, channels: 4 } };
}

/** The text in its colour, on nothing, as large as `room` lets it be. */
async function textMark(step: Text, room: Size): Promise<Mark> {
	const size = step.size / 1.2;
	const drawn = async (colour: string) =>
		marked(
			sharp({
				text: { text: `<span foreground="${colour}" font_size="${Math.round(size * 1024)}">${escaped(step.text)}</span>`, font: FONTS, rgba: true, dpi: 72 },
			}),
		);
	const plain = await drawn(step.colour.slice(0, 7));
	if (!step.shadow) return fitted(plain, room);
	const reach = Math.max(1, Math.round(size / 14));
	const around = { top: reach * 2, bottom: reach * 2, left: reach * 2, right: reach * 2, background: '#00000000' };
	const dark = await marked(sharp((await drawn('#000000')).data, rawOf(plain)).extend(around));
	const soft = await marked(sharp(dark.data, rawOf(dark)).blur(Math.max(0.3, reach * 0.8)));
	const both = await marked(
		sharp(soft.data, rawOf(soft)).composite([
			{ ...placed(soft), left: 0, top: 0 },
			{ ...placed(plain), left: reach * 2 - Math.ceil(reach / 2), top: reach * 2 - Math.ceil(reach / 2) },
		]),
	);
	return fitted(both, room);
}

async function logoMark(image: Sharp, width: number, room: Size): Promise<Mark> {
	return marked(image.resize({ width: Math.min(width, room.width), height: room.height, fit: 'inside' }).ensureAlpha());
}

/** The mark with space around it (a text also slanted), to be repeated. */
async function cellOf(step: Composite, mark: Mark, onto: Size): Promise<Mark> {
	const slanted = step.op === 'text' ? await marked(sharp(mark.data, rawOf(mark)).rotate(-30, { background: '#00000000' })) : mark;
	const gap = Math.max(step.margin, Math.round(Math.min(slanted.width, slanted.height) / 3));
	const spaced = await marked(sharp(slanted.data, rawOf(slanted)).extend({ right: gap, bottom: gap, background: '#00000000' }));
	const size = { width: Math.min(spaced.width, onto.width), height: Math.min(spaced.height, onto.height) };
	if (size.width === spaced.width && size.height === spaced.height) return spaced;
	return marked(sharp(spaced.data, rawOf(spaced)).extract({ left: (spaced.width - size.width) >> 1, top: (spaced.height - size.height) >> 1, ...size }));
}

async function fitted(mark: Mark, room: Size): Promise<Mark> {
	if (mark.width <= room.width && mark.height <= room.height) return mark;
	return marked(sharp(mark.data, rawOf(mark)).resize({ ...room, fit: 'inside' }));
}

async function marked(image: Sharp): Promise<Mark> {
	const { data, info } = await image.toColourspace('srgb').ensureAlpha().raw().toBuffer({ resolveWithObject: true });
	return { data, width: info.width, height: info.height };
}

function rawOf({ width, height }: Size): { raw: { width: number; height: number; channels: 4 } } {
	return { raw: { width, height, channels: 4 } };
}

function faded(mark: Mark, opacity: number): Mark {
	if (opacity >= 1) return mark;
	const data = Buffer.from(mark.data);
	for (let at = 3; at < data.length; at += 4) data[at] = Math.round((data[at] ?? 0) * opacity);
	return { ...mark, data };
}

function spot(gravity: Gravity, onto: Size, mark: Size, margin: number): { left: number; top: number } {
	const along = (before: boolean, after: boolean, outer: number, inner: number) =>
		Math.max(0, Math.min(outer - inner, before ? margin : after ? outer - inner - margin : Math.floor((outer - inner) / 2)));
	return {
		left: along(gravity.includes('west'), gravity.includes('east'), onto.width, mark.width),
		top: along(gravity.includes('north'), gravity.includes('south'), onto.height, mark.height),
	};
}

/** A user's text inside Pango markup. */
function escaped(text: string): string {
	return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}
