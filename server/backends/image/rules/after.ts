/** What a step makes of a picture, as far as it is known. */
import type { ImageMetadata, Metadata } from '../../../../nodes/define.ts';
import { turned } from '../../../../nodes/image/rotate.ts';
import type { ImageStep } from '../../../../nodes/steps/image.ts';
import { alphaAfter } from '../slots.ts';

/** Metadata of the picture after a step. */
export function afterImageStep(step: ImageStep, entering: Metadata): Metadata {
	if (entering.kind !== 'image' || step.op === 'encode') return entering;
	const alpha = step.op === 'flatten' || alphaAfter(false, [step]) ? alphaAfter(false, [step]) : entering.alpha;
	return { ...entering, format: null, ...sizeAfter(step, entering), alpha };
}

function sizeAfter(step: ImageStep, { width, height }: ImageMetadata): { width: number | null; height: number | null } {
	if (step.op === 'resize' || step.op === 'extract') return { width: step.width, height: step.height };
	if (width === null || height === null) return { width, height };
	if (step.op === 'extend') return { width: width + step.left + step.right, height: height + step.top + step.bottom };
	return step.op === 'rotate' ? turned(width, height, step.angle) : { width, height };
}

/** Width and height of a picture; null where one of them isn't known. */
export function sizeOf(metadata: Metadata): { readonly width: number; readonly height: number } | null {
	if (metadata.kind !== 'image' || metadata.width === null || metadata.height === null) return null;
	return { width: metadata.width, height: metadata.height };
}
