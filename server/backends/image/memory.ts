/** What a chain of pictures holds, from metadata. Most steps see some rows at a time; only some need a picture whole. Bytes a pixel were measured. */
import type { ImageMetadata, Metadata } from '../../../nodes/define.ts';
import type { ImageStep } from '../../../nodes/steps/image.ts';
import type { Group, GroupInput } from '../../engine/group.ts';
import { imageSteps, passesOf } from './passes.ts';
import { afterImageStep } from './rules/after.ts';

/** The worker with sharp loaded, and the rows that are under way. */
const BASE = 125 * 2 ** 20;
type Format = Extract<ImageStep, { op: 'encode' }>['format'];
/** Bytes a pixel that the writer of a format holds: JPEG looks at all coefficients before it writes the first. */
const WRITER: { readonly [F in Format]: number } = { jpeg: 8, png: 0.5, webp: 10, avif: 55, tiff: 0.5, gif: 20 };
/** Of a lossless WebP, and of a PNG with few colours. */
const LOSSLESS = 30;
const PALETTE = 20;
/** Memory that was given back to the process, but not yet to the system. */
const SLACK = 1.2;

/** Bytes that sharp and its worker hold at most. */
export function imageMemory(group: Group): number {
	const [source, ...marks] = group.inputs;
	const entering = pictureOf(source?.metadata);
	const steps = group.parts.flatMap(imageSteps);
	const laid = marks.reduce((sum, mark) => sum + bytesOf(pictureOf(mark.metadata)), 0);
	const chain = (entering.frames ?? 1) > 1 ? ofFrames(entering, steps) : ofPasses(entering, group, steps);
	return BASE + SLACK * (chain + laid + (group.outputs.length > 1 ? bytesOf(entering) : 0));
}

/* Of two passes the pixels between them are held: what one gives while the next reads it. */
function ofPasses(entering: ImageMetadata, group: Group, steps: readonly ImageStep[]): number {
	const passes = passesOf(steps, entering.alpha !== false);
	let picture = entering;
	let given = readingOf(entering, group.inputs[0]);
	let most = 0;
	for (const [index, { placed }] of passes.entries()) {
		let whole = 0;
		for (const { step } of placed) {
			const after = pictureOf(afterImageStep(step, picture), picture);
			if (step.op === 'rotate' || step.op === 'flip') whole += bytesOf(after);
			picture = after;
		}
		const last = index === passes.length - 1;
		const made = last && group.outputs.at(-1)?.keep !== 'memory' ? writing(steps, picture) : bytesOf(picture);
		most = Math.max(most, given + whole + made);
		given = bytesOf(picture);
	}
	return most;
}

/* All frames are decoded, changed one by one, and put together. */
function ofFrames(entering: ImageMetadata, steps: readonly ImageStep[]): number {
	const leaving = steps.reduce((picture, step) => pictureOf(afterImageStep(step, picture), picture), entering);
	const changed = steps.some(({ op }) => op !== 'encode');
	const rgba = (picture: ImageMetadata) => bytesOf({ ...picture, alpha: true });
	return (changed ? rgba(entering) + 2 * rgba(leaving) : 0) + writing(steps, { ...leaving, frames: 1 }) * 4;
}

/** A file may have to be decoded whole (interlaced, or lying on its side); pixels in memory are counted where they were made. */
function readingOf(picture: ImageMetadata, input: GroupInput | undefined): number {
	if (input?.from !== 'file') return 0;
	return bytesOf(picture) * (picture.format === 'avif' || picture.format === 'heif' || picture.format === 'webp' ? 2 : 1);
}

function writing(steps: readonly ImageStep[], picture: ImageMetadata): number {
	const encode = steps.find((step) => step.op === 'encode');
	const pixels = bytesOf({ ...picture, alpha: true }) / 4;
	if (encode === undefined) return pixels * WRITER.png;
	if (encode.format === 'webp' && encode.lossless) return pixels * LOSSLESS;
	return pixels * (encode.format === 'png' && encode.quality < 100 ? PALETTE : WRITER[encode.format]);
}

/** A size that isn't known is the one before, or a photo's. */
function pictureOf(metadata: Metadata | undefined, before?: ImageMetadata): ImageMetadata {
	const usual = before ?? { kind: 'image', width: 4000, height: 3000, frames: 1, duration: 0, alpha: null, format: null };
	if (metadata?.kind !== 'image') return usual;
	return { ...metadata, width: metadata.width ?? usual.width, height: metadata.height ?? usual.height, frames: metadata.frames ?? usual.frames };
}

function bytesOf({ width, height, frames, alpha }: ImageMetadata): number {
	return (width ?? 0) * (height ?? 0) * (frames ?? 1) * (alpha === false ? 3 : 4);
}
