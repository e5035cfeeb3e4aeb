/** The pure half of the image backend: what joins one pipeline of sharp, what will run, and about how long it takes. */
import type { ImageMetadata, Metadata } from '../../../nodes/define.ts';
import type { ImageStep } from '../../../nodes/steps/image.ts';
import type { Group, Part, Planner } from '../../engine/group.ts';
import { callsOf, writerOf } from './calls.ts';
import { imageMemory } from './memory.ts';
import { imageSteps, isImageStep, passesOf } from './passes.ts';
import { afterImageStep } from './rules/after.ts';
import { IMAGE_RULES } from './rules/index.ts';
import { imageScript } from './script.ts';
import { place } from './slots.ts';

export const imagePlanner: Planner = {
	shape: 'chain',
	canJoin(group, part) {
		const steps = group.flatMap(imageSteps);
		if (steps.some((step) => step.op === 'encode')) return { en: 'the picture is written into a file here', zh: '图片在此写成文件' };
		let pass = passesOf(steps, mayBeTransparent([...group, part])).at(-1);
		for (const step of imageSteps(part)) {
			if (pass === undefined) break;
			const next = place(pass, step);
			if (!('placed' in next)) return next;
			pass = next;
		}
		return true;
	},
	explain(group) {
		const input = sourceOf(group);
		const size = { width: input?.metadata.width ?? 0, height: input?.metadata.height ?? 0, deep: false };
		const steps = group.parts.flatMap(imageSteps);
		const encode = steps.find((step) => step.op === 'encode');
		const frames = (input?.metadata.frames ?? 1) > 1;
		return passesOf(steps, input?.metadata.alpha !== false).map((pass, index, all) => {
			const from = index === 0 ? `sharp(${printed(input?.name ?? 'pixels')}, { ${frames ? 'animated: true, ' : ''}autoOrient: true })` : 'sharp(pixels)';
			const calls = callsOf(pass, size).map(([name, ...rest]) => `.${name}(${rest.map(printed).join(', ')})`);
			const last = index === all.length - 1;
			const metadata = encode?.keepMetadata === true ? '.keepExif().keepXmp()' : '';
			const end = !last
				? '.raw()'
				: encode === undefined
					? frames
						? '.webp({ lossless: true })'
						: '.png()'
					: `.${encode.format}(${printed(writerOf(encode))})`;
			return `${from}${calls.join('')}${last ? metadata : ''}${end}`;
		});
	},
	script: imageScript,
	estimate(group) {
		const { width, height, frames } = sourceOf(group)?.metadata ?? { width: null, height: null, frames: null };
		const out = outOf(group);
		const entering = (width ?? 2000) * (height ?? 1500) * (frames ?? 1);
		const leaving = (out?.width ?? width ?? 2000) * (out?.height ?? height ?? 1500) * (out?.frames ?? frames ?? 1);
		const steps = group.parts.flatMap(imageSteps);
		const smaller = Math.min(entering, leaving);
		const work = steps.reduce((sum, step) => sum + smaller * (step.op === 'encode' ? WRITING[step.format] : COST[step.op]), 0);
		return 0.004 + (entering * 8 + work + (steps.some((step) => step.op === 'encode') ? 0 : leaving * 15)) / 1e9;
	},
	// One picture at a time keeps a core busy; many pictures are spread over the cores by the engine.
	threads: (group, cores) => Math.max(1, Math.min(cores, sourceOf(group)?.metadata.frames ?? 1, 4)),
	memory: imageMemory,
	rules: IMAGE_RULES,
	after: (step, entering) => (isImageStep(step) ? afterImageStep(step, entering) : entering),
};

/** Nanoseconds a pixel, measured on one core. */
const COST: { readonly [O in Exclude<ImageStep['op'], 'encode'>]: number } = {
	resize: 12,
	extract: 1,
	rotate: 12,
	flip: 1,
	flop: 1,
	greyscale: 8,
	modulate: 60,
	linear: 4,
	gamma: 6,
	negate: 2,
	tint: 60,
	blur: 40,
	sharpen: 90,
	extend: 2,
	flatten: 6,
	overlay: 25,
	text: 25,
};
const WRITING: { readonly [F in Extract<ImageStep, { op: 'encode' }>['format']]: number } = { jpeg: 8, png: 60, webp: 110, avif: 700, tiff: 40, gif: 150 };

function mayBeTransparent(parts: readonly Part[]): boolean {
	return parts.some((part) => Object.values(part.expected).some((metadata) => metadata.kind === 'image' && metadata.alpha !== false));
}

/** The first input of the first part: the picture that the chain is about. */
function sourceOf(group: Group): { readonly name: string; readonly metadata: ImageMetadata } | null {
	const ref = Object.values(group.parts[0]?.inputs ?? {})[0]?.[0];
	const input = ref !== undefined && 'input' in ref ? group.inputs[ref.input] : undefined;
	if (input?.metadata.kind !== 'image') return null;
	return { metadata: input.metadata, name: input.from === 'file' ? input.name : 'pixels' };
}

function outOf(group: Group): ImageMetadata | null {
	const metadata: Metadata | undefined = Object.values(group.parts.at(-1)?.expected ?? {})[0];
	if (metadata?.kind === 'image') return metadata;
	return metadata?.kind === 'file' && metadata.content?.kind === 'image' ? metadata.content : null;
}

/** A value as people would type it. */
function printed(value: unknown): string {
	if (typeof value === 'string') return value.includes("'") ? JSON.stringify(value) : `'${value}'`;
	if (typeof value !== 'object' || value === null) return String(value);
	const fields = Object.entries(value).map(([name, field]) => `${name}: ${printed(field)}`);
	return fields.length === 0 ? '' : `{ ${fields.join(', ')} }`;
}
