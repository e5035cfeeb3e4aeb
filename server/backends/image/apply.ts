/** Carries out a pass on a pipeline of sharp. */
import type { OverlayOptions, Sharp } from 'sharp';
import { turned } from '../../../nodes/image/rotate.ts';
import type { ImageStep } from '../../../nodes/steps/image.ts';
import { type Call, type Composite, callsOf } from './calls.ts';
import { overlaysOf } from './overlay.ts';
import { alphaAfter, bringsColour, type Pass } from './slots.ts';
import { finished, type Value } from './value.ts';

/** Opens the picture at an input port of the part that a step belongs to. */
export type ReadMark = (step: ImageStep, port: string) => Promise<Sharp>;

/** The pipeline of a pass over this value, up to the writing. */
export async function applied(value: Value, pass: Pass, read: ReadMark): Promise<Sharp> {
	const image = finished(value, value.decode());
	for (const call of callsOf(pass, value)) await apply(image, call, () => sizeBefore(value, pass, call), read);
	const steps = pass.placed.map(({ step }) => step);
	// In greys, sharp would turn the colours of borders and tints into greys, too.
	if (value.grey && steps.some(bringsColour)) image.pipelineColourspace(value.deep ? 'rgb16' : 'srgb');
	const composites = steps.some((step) => step.op === 'overlay' || step.op === 'text');
	// sharp adds transparency in order to composite; an opaque picture stays opaque.
	return composites && !alphaAfter(value.alpha, steps) ? image.removeAlpha() : image;
}

type Size = { readonly width: number; readonly height: number };

async function apply(image: Sharp, call: Call, size: () => Size, read: ReadMark): Promise<void> {
	switch (call[0]) {
		case 'rotate':
			image.rotate(call[1], call[2]);
			return;
		case 'extract':
			image.extract(call[1]);
			return;
		case 'flatten':
			image.flatten(call[1]);
			return;
		case 'gamma':
			image.gamma(call[1], call[2]);
			return;
		case 'greyscale':
			image.greyscale();
			return;
		case 'resize':
			image.resize(call[1]);
			return;
		case 'flip':
			image.flip();
			return;
		case 'flop':
			image.flop();
			return;
		case 'extend':
			image.extend(call[1]);
			return;
		case 'blur':
			image.blur(call[1]);
			return;
		case 'modulate':
			image.modulate(call[1]);
			return;
		case 'sharpen':
			image.sharpen(call[1]);
			return;
		case 'composite':
			image.composite(await overlayFor(call[1], size(), read));
			return;
		case 'linear':
			image.linear(call[1], call[2]);
			return;
		case 'tint':
			image.tint(call[1]);
			return;
		case 'negate':
			image.negate(call[1]);
			return;
	}
}

/** Frames of an animation share what is laid over them. */
const drawn = new WeakMap<ReadMark, { readonly step: ImageStep; readonly width: number; readonly height: number; readonly overlays: OverlayOptions[] }>();

async function overlayFor(step: Composite, { width, height }: Size, read: ReadMark): Promise<OverlayOptions[]> {
	const last = drawn.get(read);
	if (last?.step === step && last.width === width && last.height === height) return last.overlays;
	const overlays = await overlaysOf(step, { width, height }, (port) => read(step, port));
	drawn.set(read, { step, width, height, overlays });
	return overlays;
}

/** Size of the picture when a call's step begins. */
function sizeBefore(entering: Size, pass: Pass, call: Call): Size {
	const steps = pass.placed.map(({ step }) => step);
	const until = steps.findIndex((step) => Object.is(step, call[1]));
	return steps.slice(0, until < 0 ? steps.length : until).reduce(sizeAfter, { width: entering.width, height: entering.height });
}

function sizeAfter(size: Size, step: ImageStep): Size {
	switch (step.op) {
		case 'resize':
		case 'extract':
			return { width: step.width, height: step.height };
		case 'extend':
			return { width: size.width + step.left + step.right, height: size.height + step.top + step.bottom };
		case 'rotate':
			return turned(size.width, size.height, step.angle);
		default:
			return size;
	}
}
