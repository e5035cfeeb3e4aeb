/** One pass as the calls of sharp that carry it out: plain data, so that `explain` prints exactly what the runner does. */
import type { ImageStep } from '../../../nodes/steps/image.ts';
import type { Pass, Placed } from './slots.ts';

export type Composite = Extract<ImageStep, { op: 'overlay' | 'text' }>;
export type Encode = Extract<ImageStep, { op: 'encode' }>;
type Size = { readonly width: number; readonly height: number };

export type Call =
	| readonly ['rotate', number, { readonly background: string }]
	| readonly ['extract', Size & { readonly left: number; readonly top: number }]
	| readonly ['flatten', { readonly background: string }]
	| readonly ['gamma', number, number]
	| readonly ['greyscale']
	| readonly ['resize', Size & { readonly fit: 'fill' | 'cover'; readonly position?: string; readonly kernel?: 'lanczos3' | 'nearest' | 'cubic' }]
	| readonly ['flip']
	| readonly ['flop']
	| readonly ['extend', { readonly top: number; readonly bottom: number; readonly left: number; readonly right: number; readonly background: string }]
	| readonly ['blur', number]
	| readonly ['modulate', { readonly brightness?: number; readonly saturation?: number; readonly hue?: number }]
	| readonly ['sharpen', { readonly sigma: number; readonly m1: number; readonly m2: number }]
	| readonly ['composite', Composite]
	| readonly ['linear', number, number]
	| readonly ['tint', string]
	| readonly ['negate', { readonly alpha: false }];

/** What the calls depend on beside the steps. */
export interface Entering extends Size {
	/** More than 8 bits a channel. */
	readonly deep: boolean;
}

/** The calls of a pass, `encode` left out. */
export function callsOf(pass: Pass, entering: Entering): readonly Call[] {
	const placed = pass.placed.filter(({ step }) => step.op !== 'encode');
	const gammas = placed.filter(({ step }) => step.op === 'gamma');
	const calls = placed.filter((one) => one.step.op !== 'gamma' || one === gammas[0]).map((one) => callOf(one, gammas, entering));
	return cropsLate(placed) ? [['resize', { width: entering.width, height: entering.height, fit: 'fill' }], ...calls] : calls;
}

/** sharp takes an `extract` for the one after resizing only if a resize was called; one to the same size does nothing else. */
function cropsLate(placed: readonly Placed[]): boolean {
	return placed.some(({ slot }) => slot === 'crop after resizing') && !placed.some(({ slot, step }) => slot === 'crop before resizing' || step.op === 'resize');
}

function callOf({ slot, step }: Placed, gammas: readonly Placed[], { deep }: Entering): Call {
	switch (step.op) {
		case 'resize': {
			const { op: _, ...rest } = step;
			return ['resize', rest];
		}
		case 'extract': {
			const { op: _, ...region } = step;
			return ['extract', region];
		}
		case 'extend': {
			const { op: _, ...sides } = step;
			return ['extend', sides];
		}
		case 'rotate':
			return ['rotate', step.angle, { background: step.background }];
		case 'flatten':
			return ['flatten', { background: step.background }];
		case 'gamma':
			return ['gamma', 1 / Math.min(1, ...gammasOf(gammas)), Math.max(1, ...gammasOf(gammas))];
		case 'greyscale':
			return slot === 'greyscale' ? ['greyscale'] : ['modulate', { saturation: 0 }];
		case 'modulate':
			return ['modulate', { brightness: step.brightness, saturation: step.saturation, hue: Math.round(step.hue) }];
		case 'blur':
			return ['blur', step.sigma];
		case 'sharpen':
			return ['sharpen', { sigma: step.sigma, m1: step.amount, m2: 2 * step.amount }];
		case 'linear':
			return ['linear', step.a, deep ? step.b * 257 : step.b];
		case 'tint':
			return ['tint', step.colour];
		case 'negate':
			return ['negate', { alpha: false }];
		case 'flip':
		case 'flop':
			return [step.op];
		case 'overlay':
		case 'text':
			return ['composite', step];
		case 'encode':
			throw new Error('encode is not a call of its own');
	}
}

function gammasOf(placed: readonly Placed[]): readonly number[] {
	return placed.map(({ step }) => (step.op === 'gamma' ? step.gamma : 1));
}

/** Options of the writer of a format; `delay` and `loop` are added for animations. */
export function writerOf(step: Encode): Readonly<Record<string, string | number | boolean>> {
	switch (step.format) {
		case 'jpeg':
			return { quality: step.quality, chromaSubsampling: step.quality >= 90 ? '4:4:4' : '4:2:0' };
		case 'png':
			return step.quality < 100 ? { palette: true, quality: step.quality } : { compressionLevel: 6 };
		case 'webp':
			return step.lossless ? { lossless: true } : { quality: step.quality };
		case 'avif':
			return step.lossless ? { lossless: true } : { quality: step.quality, effort: 4 };
		case 'tiff':
			return { compression: 'deflate', predictor: 'horizontal' };
		case 'gif':
			return {};
	}
}
