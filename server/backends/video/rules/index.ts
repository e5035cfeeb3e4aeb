/**
 * What may be done to a chain of video steps without anybody seeing or hearing it.
 *
 * Sound that is dropped needs no rule: filters whose output nobody reads are never written into the command (`streams.ts`).
 */
import type { Metadata } from '../../../../nodes/define.ts';
import { type Rule, swapped } from '../../../../nodes/steps/rules.ts';
import { SIDEWAYS, type Turn, turnBy, turnedOn, UPSIDE_DOWN } from '../../../../nodes/steps/turns.ts';
import { type VideoNature, type VideoStep, videoNature } from '../../../../nodes/steps/video.ts';

const EACH_FRAME: ReadonlySet<VideoNature> = new Set(['pointwise', 'framewise']);
const UNTIMED: ReadonlySet<VideoNature> = new Set(['pointwise', 'framewise', 'samplewise', 'dropping']);

/** A step that changes nothing is left out. */
export const dropNeutral: Rule<VideoStep> = {
	name: 'video.drop-neutral',
	summary: { en: 'Leave out steps that would change nothing.', zh: '略去不会产生任何变化的步骤。' },
	tolerance: 'exact',
	span: 1,
	apply: ([step], entering) => (step !== undefined && isNeutral(step, entering) ? [] : null),
};

function isNeutral(step: VideoStep, entering: Metadata): boolean {
	if (step.op === 'crop')
		return entering.kind === 'video' && step.left === 0 && step.top === 0 && step.width === entering.width && step.height === entering.height;
	if (step.op === 'adjust') return step.brightness === 0 && step.contrast === 1 && step.saturation === 1;
	return (step.op === 'volume' && step.decibels === 0) || (step.op === 'blur' && step.sigma === 0);
}

/**
 * A cut goes to the front: at a file it becomes a seek, and what is cut away is neither decoded nor filtered. Frames are exactly the same;
 * sound in Matroska, whose times are whole milliseconds, may begin up to one earlier or later.
 */
export const trimFirst: Rule<VideoStep> = {
	name: 'video.trim-first',
	summary: { en: 'Cut before filtering, so that the rest is never decoded.', zh: '先剪切再处理，其余部分无需解码。' },
	tolerance: 'tiny',
	span: 2,
	apply: ([first, second]) => (first !== undefined && second?.op === 'trim' && UNTIMED.has(videoNature(first)) ? swapped(first, second) : null),
};

/** Frames that are left out need no filters. */
export const fewerFramesFirst: Rule<VideoStep> = {
	name: 'video.fewer-frames-first',
	summary: { en: 'Lower the frame rate before filtering, so that fewer frames are left.', zh: '先降低帧率再处理，处理的帧更少。' },
	tolerance: 'exact',
	span: 2,
	apply([first, second], entering) {
		if (first === undefined || second?.op !== 'fps' || entering.kind !== 'video' || second.fps >= (entering.fps ?? 0)) return null;
		return EACH_FRAME.has(videoNature(first)) ? swapped(first, second) : null;
	},
};

/** What a crop leaves out needs no work. */
export const cropFirst: Rule<VideoStep> = {
	name: 'video.crop-first',
	summary: { en: 'Crop before work on single pixels, so that fewer are left.', zh: '先裁剪再逐像素处理，处理的像素更少。' },
	tolerance: 'exact',
	span: 2,
	apply: ([first, second]) => (first !== undefined && second?.op === 'crop' && videoNature(first) === 'pointwise' ? swapped(first, second) : null),
};

/** Taking the colour out leaves brightness as it is, and scaling treats the two apart. */
export const greyLast: Rule<VideoStep> = {
	name: 'video.grey-after-shrinking',
	summary: { en: 'Make greys after shrinking, on fewer pixels.', zh: '先缩小再变灰度，处理的像素更少。' },
	tolerance: 'tiny',
	span: 2,
	apply([first, second], entering) {
		if (first?.op !== 'greyscale' || second?.op !== 'scale' || entering.kind !== 'video') return null;
		return second.width * second.height < (entering.width ?? 0) * (entering.height ?? 0) ? swapped<VideoStep>(first, second) : null;
	},
};

/** Mirrors and turns become one, or cancel. */
export const mergeTurns: Rule<VideoStep> = {
	name: 'video.merge-turns',
	summary: { en: 'Merge mirrors and right angles, or cancel them.', zh: '合并或抵消翻转与直角旋转。' },
	tolerance: 'exact',
	span: 2,
	apply([first, second]) {
		const turns = [turnOf(first), turnOf(second)];
		if (turns[0] == null || turns[1] == null) return null;
		const steps = stepsOf(turnedOn(turns[0], turns[1]));
		return steps.length === 2 ? null : steps.map((step) => ({ from: 1, step }));
	},
};

function turnOf(step: VideoStep | undefined): Turn | null {
	if (step?.op === 'flip') return step.axis === 'horizontal' ? SIDEWAYS : UPSIDE_DOWN;
	return step?.op === 'rotate' ? turnBy(step.angle) : null;
}

function stepsOf({ mirrored, quarters }: Turn): readonly VideoStep[] {
	if (mirrored && quarters === 2) return [{ op: 'flip', axis: 'vertical' }];
	const angle = quarters === 1 ? 90 : quarters === 2 ? 180 : 270;
	const turn: readonly VideoStep[] = quarters === 0 ? [] : [{ op: 'rotate', angle }];
	return mirrored ? [{ op: 'flip', axis: 'horizontal' }, ...turn] : turn;
}

export const VIDEO_RULES: readonly Rule<VideoStep>[] = [dropNeutral, mergeTurns, trimFirst, fewerFramesFirst, cropFirst, greyLast];
