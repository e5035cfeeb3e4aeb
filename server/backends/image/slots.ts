/**
 * The order in which sharp works, whatever the order of the calls, and which steps may share one pipeline because of it.
 *
 * Source: `src/pipeline.cc` of sharp 0.35.5, read from top to bottom. Most stages have one place only: of two resizes in one pipeline the
 * second wins, and `composite` then `resize` runs the other way round. So a step joins a pass only in a slot after the last one taken.
 */
import type { ImageStep } from '../../../nodes/steps/image.ts';

export const SLOTS = [
	/** A rotation that the next call finds pending is carried out first (`rotateBefore`). */
	'turn first',
	/** `extract` before `resize`. */
	'crop before resizing',
	'flatten',
	/** First argument of `gamma`. */
	'darkening gamma',
	'greyscale',
	/** Alpha is premultiplied from here … */
	'resize',
	'flip',
	'flop',
	'quarter turns',
	/** The crop that belongs to `resize` with fit `cover`. */
	'cover',
	'rotate',
	/** `extract` after `resize`. */
	'crop after resizing',
	'extend',
	'blur',
	'modulate',
	'sharpen',
	/** … to here, but only where the pass resizes, blurs or sharpens. */
	'composite',
	/** Second argument of `gamma`. */
	'lightening gamma',
	'linear',
	'tint',
	'negate',
	'encode',
] as const;
export type Slot = (typeof SLOTS)[number];

export interface Placed {
	readonly slot: Slot;
	readonly step: ImageStep;
}

/** What one pass through sharp does so far. */
export interface Pass {
	/** In the order of the slots. */
	readonly placed: readonly Placed[];
	/** Whether the picture may have transparency where the pass starts. */
	readonly alpha: boolean;
}

/** A pass with nothing in it. */
export function emptyPass(alpha: boolean): Pass {
	return { placed: [], alpha };
}

/** The pass with this step added, or the reason why it has to wait for the next pass. */
export function place(pass: Pass, step: ImageStep): Pass | string {
	const first = pass.placed[0];
	if (first?.step.op === 'rotate' && pass.placed.length === 1 && (step.op === 'resize' || step.op === 'extract'))
		return {
			...pass,
			placed: [
				{ ...first, slot: 'turn first' },
				{ slot: step.op === 'resize' ? end(step) : 'crop before resizing', step },
			],
		};
	if (step.op === 'flatten' && pass.placed.length > 0 && pass.placed.every(({ slot }) => LINEAR.has(slot))) return insertFlatten(pass, step);
	const last = pass.placed.at(-1);
	const taken = last === undefined ? -1 : SLOTS.indexOf(last.slot);
	const slot = slotsOf(step, pass).find((one) => SLOTS.indexOf(one) > taken);
	if (slot === undefined) return `sharp does ${nameOf(step)} before ${last === undefined ? 'everything' : nameOf(last.step)}, whatever the order of the calls`;
	const trap = trapOf(pass, { slot, step });
	if (trap !== null) return trap;
	return { ...pass, placed: [...pass.placed, { slot: slot === 'resize' ? end(step) : slot, step }] };
}

/** Whether the picture may have transparency after these steps. */
export function alphaAfter(alpha: boolean, steps: readonly ImageStep[]): boolean {
	return steps.reduce((before, step) => {
		if (step.op === 'flatten') return false;
		if (step.op === 'encode') return before && step.format !== 'jpeg';
		return before || addsAlpha(step);
	}, alpha);
}

/** Stages that give the same picture whether a background is filled in before or after them. */
const LINEAR: ReadonlySet<Slot> = new Set(['crop before resizing', 'resize', 'cover', 'flip', 'flop', 'quarter turns', 'crop after resizing', 'blur']);
const PREMULTIPLYING: ReadonlySet<ImageStep['op']> = new Set(['resize', 'blur', 'sharpen']);

function insertFlatten(pass: Pass, step: ImageStep): Pass {
	const before = pass.placed.filter(({ slot }) => slot === 'crop before resizing');
	const after = pass.placed.filter(({ slot }) => slot !== 'crop before resizing');
	return { ...pass, placed: [...before, { slot: 'flatten', step }, ...after] };
}

/** Slots in which a step can be done, the earliest first. */
function slotsOf(step: ImageStep, pass: Pass): readonly Slot[] {
	switch (step.op) {
		case 'resize':
		case 'flatten':
		case 'flip':
		case 'flop':
		case 'extend':
		case 'blur':
		case 'sharpen':
		case 'modulate':
		case 'linear':
		case 'tint':
		case 'negate':
		case 'encode':
			return [step.op];
		case 'extract':
			return ['crop before resizing', 'crop after resizing'];
		case 'rotate':
			return [step.angle % 90 === 0 ? 'quarter turns' : 'rotate'];
		case 'greyscale':
			// `modulate` without saturation gives the same greys, and comes after resizing. sharp 0.35 drops transparency from raw greys.
			return pass.alpha ? ['modulate'] : ['greyscale', 'modulate'];
		case 'gamma':
			return [step.gamma < 1 ? 'darkening gamma' : 'lightening gamma'];
		case 'overlay':
		case 'text':
			return ['composite'];
	}
}

/** The slot after which a resize is complete. */
function end(step: ImageStep): Slot {
	return step.op === 'resize' && step.fit === 'cover' ? 'cover' : 'resize';
}

/** Pairs that the order of the slots allows, but that come out differently in one pass. */
function trapOf(pass: Pass, next: Placed): string | null {
	const steps = pass.placed.map(({ step }) => step);
	const grey = pass.placed.some(({ slot }) => slot === 'greyscale');
	if (grey && bringsColour(next.step)) return `the pass is in greys already, and ${nameOf(next.step)} brings colour`;
	const flattened = steps.some((step) => step.op === 'flatten');
	const alpha = pass.alpha && !flattened;
	const modulates = next.slot === 'modulate' ? steps.some((step) => PREMULTIPLYING.has(step.op)) : pass.placed.some(({ slot }) => slot === 'modulate');
	if (alpha && modulates && (next.slot === 'modulate' || PREMULTIPLYING.has(next.step.op)))
		return 'with transparency, sharp would change the colours of premultiplied pixels';
	if (!alpha && PREMULTIPLYING.has(next.step.op) && steps.some(addsAlpha)) return 'transparency that this pass adds would bleed its colour';
	return null;
}

function addsAlpha(step: ImageStep): boolean {
	return (step.op === 'rotate' || step.op === 'extend') && step.background.length === 9 && (step.op === 'extend' || step.angle % 90 !== 0);
}

/** Whether a step paints in colours of its own. */
export function bringsColour(step: ImageStep): boolean {
	return step.op === 'extend' || step.op === 'tint' || step.op === 'overlay' || step.op === 'text' || (step.op === 'rotate' && step.angle % 90 !== 0);
}

/** What people call a step. */
export function nameOf(step: ImageStep): string {
	return step.op === 'extract' ? 'cropping' : step.op === 'overlay' || step.op === 'text' ? 'compositing' : step.op;
}
