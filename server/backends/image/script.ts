/** A group of pictures as JavaScript: the calls of sharp that the runner makes, with the hand-offs of `replay.ts` between the pipelines. */
import { turned } from '../../../nodes/image/rotate.ts';
import { sizeOf, type WantedSize } from '../../../nodes/image/size.ts';
import type { ImageStep } from '../../../nodes/steps/image.ts';
import type { Group, Part, ScriptPart } from '../../engine/group.ts';
import { type Call, callsOf, type Encode, writerOf } from './calls.ts';
import { imageSteps, passesOf } from './passes.ts';
import { alphaAfter, bringsColour, type Pass } from './slots.ts';

const REPLAY = new URL('./replay.ts', import.meta.url);
const OVERLAY = new URL('./overlay.ts', import.meta.url);

/** The group as a script; every number in it is one that the steps have. */
export function imageScript(group: Group): ScriptPart | string {
	const outputs = [...group.outputs].sort((one, other) => one.part - other.part);
	const main = mainInput(group.parts[0]);
	if (main === null) return 'reads its picture from a place that a script does not have';
	const stages: string[] = [];
	let from = 0;
	let marks = false;
	let size = enteringSize(group, main);
	for (const [index, output] of outputs.entries()) {
		const parts = group.parts.slice(from, output.part + 1);
		from = output.part + 1;
		const written = stageOf(parts, size, { inMemory: output.keep === 'memory', goesOn: index < outputs.length - 1 });
		if ('reason' in written) return written.reason;
		marks ||= written.marks;
		size = written.size;
		stages.push(`const step${index + 1} = await carryOut(${index === 0 ? 'picture' : `step${index}.next`}, ${written.text}, folder, ${index + 1});`);
	}
	const order = group.outputs.map((output) => `step${outputs.indexOf(output) + 1}.made`);
	return {
		code: [`const picture = await pictureOf(inputs[${main}]);`, ...stages, `return [${order.join(', ')}];`].join('\n'),
		uses: [
			{ module: REPLAY, names: ['carryOut', 'pictureOf', 'sized', ...(marks ? ['markOf'] : [])] },
			...(marks ? [{ module: OVERLAY, names: ['overlaysOf'] }] : []),
		],
		packages: ['sharp'],
		programs: [],
	};
}

type Size = { readonly width: number; readonly height: number };
type Written = { readonly text: string; readonly marks: boolean; readonly size: Size | null } | { readonly reason: string };

function stageOf(parts: readonly Part[], entering: Size | null, { inMemory, goesOn }: { readonly inMemory: boolean; readonly goesOn: boolean }): Written {
	const steps = wished(parts, entering);
	const encode = steps.find((step) => step.op === 'encode');
	const passes = (alpha: boolean) => {
		let size = entering;
		const texts = passesOf(steps, alpha).map((pass) => {
			const text = passText(pass, parts, size);
			size = pass.placed.reduce((before, { step }) => sizeAfter(before, step), size);
			return text;
		});
		return texts.filter((text) => text !== null);
	};
	const [clear, opaque] = [passes(true), passes(false)];
	if ([...clear, ...opaque].some((pass) => typeof pass === 'object')) return { reason: 'lays something over a picture whose size is not known beforehand' };
	const list = (texts: readonly unknown[]) => (texts.length === 0 ? '[]' : `[\n${texts.map((text) => indented(`${text},`, 2)).join('\n')}\n\t]`);
	const same = clear.join('\n') === opaque.join('\n');
	const fields = [
		`passes: ${same ? `() => ${list(clear)}` : `(alpha) => alpha ? ${list(clear)} : ${list(opaque)}`},`,
		...(encode === undefined ? [] : encodeText(encode)),
		...(inMemory ? ['inMemory: true,'] : []),
		...(goesOn ? ['goesOn: true,'] : []),
	];
	return {
		text: `{\n${fields.map((field) => `\t${field}`).join('\n')}\n}`,
		size: steps.reduce(sizeAfter, entering),
		marks: steps.some((step) => step.op === 'overlay' || step.op === 'text'),
	};
}

function encodeText(step: Encode): readonly string[] {
	const moves = step.format === 'webp' || step.format === 'gif';
	const deep = step.format === 'tiff' || (step.format === 'png' && step.quality === 100);
	const options = Object.entries(writerOf(step)).map(([name, value]) => `${name}: ${printed(value)}`);
	const timing = moves ? [`...(picture.frames > 1 ? { delay: [...picture.delays], loop: ${step.loop} } : {})`] : [];
	const all = [...options, ...timing];
	const image = deep ? "(picture.deep ? image.toColourspace('rgb16') : image)" : 'image';
	return [
		`encode: (image${moves || deep ? ', picture' : ''}) => ${image}.${step.format}(${all.length === 0 ? '' : `{ ${all.join(', ')} }`}),`,
		`ending: '${step.format}',`,
		...(moves ? ['moves: true,'] : []),
		...(step.keepMetadata ? ['keepMetadata: true,'] : []),
	];
}

/** Null: the pass does nothing but write. */
function passText(pass: Pass, parts: readonly Part[], entering: Size | null): string | { readonly reason: true } | null {
	const steps = pass.placed.map(({ step }) => step);
	if (steps.every((step) => step.op === 'encode')) return null;
	const texts: string[] = [];
	let composite = false;
	for (const call of callsOf(pass, { width: ENTERING, height: ENTERING, deep: false })) {
		if (call[0] !== 'composite') {
			texts.push(callText(call, steps));
			continue;
		}
		composite = true;
		const before = steps.slice(
			0,
			steps.findIndex((step) => Object.is(step, call[1])),
		);
		const size = sizeText(before, entering);
		if (size === null) return { reason: true };
		const part = parts.find((one) => one.steps.some((step) => Object.is(step, call[1])));
		const port = call[1].op === 'overlay' ? call[1].input : '';
		const ref = part?.inputs[port]?.[0];
		const read = call[1].op === 'text' ? '() => Promise.reject()' : ref !== undefined && 'input' in ref ? `() => markOf(inputs[${ref.input}])` : null;
		if (read === null) return { reason: true };
		texts.push(`.composite(await overlaysOf(${printed(call[1])}, ${size}, ${read}))`);
	}
	const chain = texts.join('\n\t\t');
	const uses = /\bpicture\b/.test(chain) ? '(image, picture)' : '(image)';
	const fields = [
		`calls: ${composite ? 'async ' : ''}${uses} => image${texts.length === 1 ? chain : `\n\t\t${chain}`},`,
		...(steps.some(bringsColour) ? ['colour: true,'] : []),
		...(composite ? [`transparent: ${transparentText(steps)},`] : []),
	];
	return `{\n${fields.map((field) => `\t${field}`).join('\n')}\n}`;
}

/** Stands for a side of the picture that the pass begins with. */
const ENTERING = -1;

function callText(call: Exclude<Call, readonly ['composite', unknown]>, steps: readonly ImageStep[]): string {
	const [name, ...args] = call;
	const wish = name === 'resize' ? wishOf(call[1]) : null;
	if (name === 'resize' && wish !== null) {
		const before = steps.slice(
			0,
			steps.findIndex((step) => step.op === 'resize'),
		);
		if (!before.some(changesSize)) return `.resize(sized(picture, ${wish}))`;
		return `.resize(${printed({ width: call[1].width, height: call[1].height, fit: call[1].fit })})`;
	}
	if (name === 'resize' && call[1].width === ENTERING) return ".resize({ width: picture.width, height: picture.height, fit: 'fill' })";
	if (name === 'linear') return `.linear(${call[1]}, ${call[2] === 0 ? '0' : `picture.deep ? ${call[2] * 257} : ${call[2]}`})`;
	return `.${name}(${args.map(printed).join(', ')})`;
}

/** The size that a picture has after these steps, which come before a mark is laid over it. */
function sizeText(steps: readonly ImageStep[], entering: Size | null): string | null {
	let width = 'picture.width';
	let height = 'picture.height';
	for (const step of steps) {
		const wish = width === 'picture.width' && height === 'picture.height' ? wishOf(step) : null;
		if (wish !== null) [width, height] = [`sized(picture, ${wish}).width`, `sized(picture, ${wish}).height`];
		else if (step.op === 'resize' || step.op === 'extract') [width, height] = [String(step.width), String(step.height)];
		else if (step.op === 'extend') [width, height] = [`${width} + ${step.left + step.right}`, `${height} + ${step.top + step.bottom}`];
		else if (step.op === 'rotate' && step.angle % 180 === 0) continue;
		else if (step.op === 'rotate' && step.angle % 90 === 0) [width, height] = [height, width];
		else if (step.op === 'rotate') {
			/* How large it is then depends on the size it had: the script is for pictures of that size. */
			const size = steps.reduce(sizeAfter, entering);
			return size === null ? null : `{ width: ${size.width}, height: ${size.height} }`;
		}
	}
	return `{ width: ${width}, height: ${height} }`;
}

/** Steps in which a resize that its node asked for says so: a script then fits pictures of any size, as the node does. */
function wished(parts: readonly Part[], entering: Size | null): readonly ImageStep[] {
	let size = entering;
	return parts.flatMap((part) => {
		const own = imageSteps(part);
		const wanted = part.spec === 'image.resize' ? wantedOf(part.params) : null;
		const [first] = own;
		if (wanted === null || size === null || own.length > 1 || (first !== undefined && first.op !== 'resize')) {
			size = own.reduce(sizeAfter, size);
			return own;
		}
		const becomes = sizeOf(wanted, size.width, size.height);
		const asked = { width: becomes.width ?? size.width, height: becomes.height ?? size.height };
		const is = first ?? size;
		/* Rules of the optimiser may have changed it; then it is what it is. */
		if (is.width !== asked.width || is.height !== asked.height) {
			size = own.reduce(sizeAfter, size);
			return own;
		}
		size = asked;
		const step = { op: 'resize' as const, ...asked, fit: wanted.fit === 'cover' ? ('cover' as const) : ('fill' as const), wish: printed(wanted) };
		return [step];
	});
}

function wantedOf({ width, height, fit, enlarge }: Part['params']): WantedSize | null {
	if (fit !== 'inside' && fit !== 'cover' && fit !== 'stretch') return null;
	return { ...(typeof width === 'number' ? { width } : {}), ...(typeof height === 'number' ? { height } : {}), fit, enlarge: enlarge === true };
}

function wishOf(step: object): string | null {
	return 'wish' in step && typeof step.wish === 'string' ? step.wish : null;
}

function changesSize(step: ImageStep): boolean {
	return step.op === 'resize' || step.op === 'extract' || step.op === 'extend' || (step.op === 'rotate' && step.angle % 180 !== 0);
}

function sizeAfter(size: Size | null, step: ImageStep): Size | null {
	if (step.op === 'resize' || step.op === 'extract') return { width: step.width, height: step.height };
	if (size === null) return null;
	if (step.op === 'extend') return { width: size.width + step.left + step.right, height: size.height + step.top + step.bottom };
	return step.op === 'rotate' ? turned(size.width, size.height, step.angle) : size;
}

function enteringSize(group: Group, input: number): Size | null {
	const metadata = group.inputs[input]?.metadata;
	if (metadata?.kind !== 'image' || metadata.width === null || metadata.height === null) return null;
	return { width: metadata.width, height: metadata.height };
}

function transparentText(steps: readonly ImageStep[]): string {
	const [clear, opaque] = [alphaAfter(true, steps), alphaAfter(false, steps)];
	return clear === opaque ? `() => ${clear}` : '(alpha) => alpha';
}

/** The input that the chain is about: not one that is laid over it. */
function mainInput(part: Part | undefined): number | null {
	const marks = new Set(part === undefined ? [] : imageSteps(part).map((step) => (step.op === 'overlay' ? step.input : '')));
	const ref = Object.entries(part?.inputs ?? {}).find(([port]) => !marks.has(port))?.[1][0];
	return ref !== undefined && 'input' in ref ? ref.input : null;
}

/** A value as JavaScript; names are ours, texts may be anybody's. */
function printed(value: unknown): string {
	if (typeof value !== 'object' || value === null) return value === undefined ? 'undefined' : JSON.stringify(value);
	const fields = Object.entries(value).map(([name, field]) => `${name}: ${printed(field)}`);
	return fields.length === 0 ? '{}' : `{ ${fields.join(', ')} }`;
}

function indented(text: string, depth: number): string {
	return text.replace(/^/gm, '\t'.repeat(depth));
}
