/**
 * The order in which sharp works, whatever the order of the calls, and which steps may share one pipeline because of it.
 *
 * Source: `src/pipeline.cc` of sharp 0.35.5, read from top to bottom. Most stages have one place only: of two resizes in one pipeline the
 * second wins, and `composite` then `resize` runs the other way round. So a step joins a pass only in a slot after the last one taken.
 */
import { translucent } from '../../../nodes/image/common.ts';
import type { Words } from '../../../nodes/messages/words.ts';
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
export function place(pass: Pass, step: ImageStep): Pass | Words {
	const first = pass.placed[0];
	const turns = first?.step.op === 'rotate' && pass.placed.length === 1;
	if (turns && (step.op === 'resize' || step.op === 'extract'))
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
	if (slot === undefined) return orderOf(step, last?.step);
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
			return [isQuarter(step) ? 'quarter turns' : 'rotate'];
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
function trapOf(pass: Pass, next: Placed): Words | null {
	const steps = pass.placed.map(({ step }) => step);
	const grey = pass.placed.some(({ slot }) => slot === 'greyscale');
	if (grey && bringsColour(next.step))
		return { en: `the pass is in greys already, and ${NAMES[next.step.op].en} brings colour`, zh: `此时已是灰度，而${NAMES[next.step.op].zh}会带来颜色` };
	if ((next.step.op === 'flip' || next.step.op === 'flop') && pass.placed.some(({ slot }) => slot === 'turn first'))
		return { en: 'sharp mirrors as soon as it turns, before what comes between the two', zh: 'sharp 旋转时就会翻转，早于两者之间的步骤' };
	// sharp gives the size of the crop as that of the result, whatever is put around it.
	if (next.step.op === 'extend' && pass.placed.some(({ slot }) => slot === 'crop after resizing'))
		return { en: 'one pass does not add a border to a crop after resizing', zh: '缩放后裁剪再加边，一次处理做不到' };
	if (next.step.op === 'rotate' && steps.some((step) => step.op === 'rotate')) return { en: 'one pass rotates once', zh: '一次处理只旋转一次' };
	const alpha = pass.alpha && !steps.some((step) => step.op === 'flatten');
	const spoilt = (slot: Slot) => SPOILT.has(slot);
	const mixes = steps.some(premultiplies);
	if (alpha && ((spoilt(next.slot) && mixes) || (pass.placed.some(({ slot }) => spoilt(slot)) && premultiplies(next.step))))
		return multiplied(spoilt(next.slot) ? NAMES[next.step.op] : BEFORE);
	if (!alpha && premultiplies(next.step) && steps.some(addsAlpha))
		return { en: 'transparency that this pass adds would bleed its colour', zh: '本次处理加入的透明部分会渗色' };
	return null;
}

/** Stages that go wrong on premultiplied colours: one changes them, the other (libvips' `affine`) multiplies them again. */
const SPOILT: ReadonlySet<Slot> = new Set(['modulate', 'rotate']);

/** Whether a step makes sharp work on colours multiplied by their opacity: it mixes neighbouring pixels. */
function premultiplies(step: ImageStep): boolean {
	return step.op === 'resize' || step.op === 'blur' || step.op === 'sharpen';
}

function isQuarter(step: ImageStep): boolean {
	return step.op === 'rotate' && step.angle % 90 === 0;
}

/** Whether a step gives an opaque picture transparent parts. */
function addsAlpha(step: ImageStep): boolean {
	return (step.op === 'extend' || (step.op === 'rotate' && !isQuarter(step))) && translucent(step.background);
}

/** Whether a step paints in colours of its own. */
export function bringsColour(step: ImageStep): boolean {
	return step.op === 'extend' || step.op === 'tint' || step.op === 'overlay' || step.op === 'text' || (step.op === 'rotate' && !isQuarter(step));
}

/** What people call a step. */
const NAMES: { readonly [O in ImageStep['op']]: Words } = {
	resize: { en: 'resize', zh: '缩放' },
	extract: { en: 'cropping', zh: '裁剪' },
	rotate: { en: 'rotate', zh: '旋转' },
	flip: { en: 'flip', zh: '上下翻转' },
	flop: { en: 'flop', zh: '左右翻转' },
	greyscale: { en: 'greyscale', zh: '转灰度' },
	modulate: { en: 'modulate', zh: '调整色彩' },
	linear: { en: 'linear', zh: '调整对比度' },
	gamma: { en: 'gamma', zh: '伽马校正' },
	negate: { en: 'negate', zh: '反相' },
	tint: { en: 'tint', zh: '着色' },
	blur: { en: 'blur', zh: '模糊' },
	sharpen: { en: 'sharpen', zh: '锐化' },
	extend: { en: 'extend', zh: '加边' },
	flatten: { en: 'flatten', zh: '填充背景' },
	overlay: { en: 'compositing', zh: '叠加' },
	text: { en: 'compositing', zh: '叠加' },
	encode: { en: 'encode', zh: '写成文件' },
};
const EVERYTHING: Words = { en: 'everything', zh: '所有步骤' };
const BEFORE: Words = { en: 'the steps before', zh: '之前的步骤' };

function orderOf({ op }: ImageStep, last: ImageStep | undefined): Words {
	const other = last === undefined ? EVERYTHING : NAMES[last.op];
	return {
		en: `sharp does ${NAMES[op].en} before ${other.en}, whatever the order of the calls`,
		zh: `无论调用顺序如何，sharp 总是先${NAMES[op].zh}，后${other.zh}`,
	};
}

function multiplied(what: Words): Words {
	return {
		en: `with transparency, sharp would do ${what.en} on colours that are multiplied by it`,
		zh: `有透明度时，sharp 会在乘过透明度的颜色上做${what.zh}`,
	};
}
