/** The native half of the image backend: runs a chain of image nodes in as few passes of sharp as possible. */
import { join } from 'node:path';
import sharp, { type Sharp } from 'sharp';
import { Cancelled } from '../../../nodes/problems.ts';
import type { ImageStep } from '../../../nodes/steps/image.ts';
import type { Group, GroupOutput, Made, MadeValue, Part, Ref, RunContext, Runner } from '../../engine/group.ts';
import { applied, type ReadMark } from './apply.ts';
import type { Encode } from './calls.ts';
import { imageSteps, passesOf } from './passes.ts';
import { pixelsFrom } from './pixels.ts';
import type { Pass } from './slots.ts';
import { animated, firstFrame, framesOf, type Value, valueAt, valueOfPixels } from './value.ts';
import { keepPixels, STILL, writeBetween, writeEncoded } from './write.ts';

export const imageRunner: Runner = {
	async run(group, context) {
		sharp.concurrency(Math.max(1, context.threads));
		const outputs = [...group.outputs].sort((one, other) => one.part - other.part);
		const read = markReader(group, context);
		let value = await valueAt(inputOf(group, mainRef(group.parts[0])), context);
		let from = 0;
		const made: Made[] = [];
		for (const [index, output] of outputs.entries()) {
			const steps = group.parts.slice(from, output.part + 1).flatMap(imageSteps);
			from = output.part + 1;
			const last = index === outputs.length - 1;
			const { result, next } = await carryOut(value, steps, output, last, read, context);
			made.push({ key: output.key, value: result });
			value = next;
			context.progress((index + 1) / outputs.length);
		}
		return made;
	},
};

interface CarriedOut {
	readonly result: MadeValue;
	/** What the rest of the chain goes on with. */
	readonly next: Value;
}

async function carryOut(
	given: Value,
	steps: readonly ImageStep[],
	output: GroupOutput,
	last: boolean,
	read: ReadMark,
	context: RunContext,
): Promise<CarriedOut> {
	const encode = steps.find((step) => step.op === 'encode');
	const value = given.frames > 1 && encode !== undefined && encode.format !== 'gif' && encode.format !== 'webp' ? await firstFrame(given) : given;
	const ready = value.frames > 1 ? await everyFrame(value, steps, read, context) : { value, passes: passesOf(steps, value.alpha) };
	const passed = await allButLast(ready.value, ready.passes, encode?.keepMetadata === true, read, context);
	const pass = ready.passes.at(-1) ?? { placed: [], alpha: passed.alpha };
	const direct = last && output.keep === 'file';
	if (direct) {
		const image = await applied(passed, pass, read);
		return { result: await passed.attempt(() => written(image, encode, passed, output, context)), next: passed };
	}
	const next = await pixelsAfter(passed, pass, read);
	const image = next.decode();
	const result = output.keep === 'memory' && next.pixels !== undefined ? keepPixels(next.pixels) : await written(image, encode, next, output, context);
	return { result, next };
}

/** Steps done on each frame alone: sharp would blur across frames, and can't turn them. What is left to do is the writing. */
async function everyFrame(value: Value, steps: readonly ImageStep[], read: ReadMark, context: RunContext): Promise<{ value: Value; passes: readonly Pass[] }> {
	const writing = steps.filter((step) => step.op === 'encode');
	const rest = steps.filter((step) => step.op !== 'encode');
	const end = (alpha: boolean) => passesOf(writing, alpha);
	if (rest.length === 0) return { value, passes: end(value.alpha) };
	const frames = await framesOf(value);
	const done = [];
	for (const [index, frame] of frames.entries()) {
		const passes = passesOf(rest, frame.alpha);
		const passed = await allButLast(frame, passes, false, read, context);
		const { pixels } = await pixelsAfter(passed, passes.at(-1) ?? { placed: [], alpha: frame.alpha }, read);
		if (pixels !== undefined) done.push(pixels);
		context.progress((index + 1) / (frames.length + 1));
	}
	const joined = animated(done, value);
	return { value: joined, passes: end(joined.alpha) };
}

async function allButLast(value: Value, passes: readonly Pass[], keepMetadata: boolean, read: ReadMark, context: RunContext): Promise<Value> {
	let passed = value;
	for (const pass of passes.slice(0, -1)) {
		stopped(context);
		passed = keepMetadata && value.pixels === undefined ? await carried(passed, pass, read) : await pixelsAfter(passed, pass, read);
	}
	stopped(context);
	return passed;
}

async function pixelsAfter(value: Value, pass: Pass, read: ReadMark): Promise<Value> {
	if (value.pixels !== undefined && pass.placed.length === 0) return value;
	const image = await applied(value, pass, read);
	const pixels = await value.attempt(() => pixelsFrom(image, value.deep));
	const { frames, delays, loop } = value;
	return valueOfPixels(frames > 1 ? { ...pixels, height: pixels.height / frames, frames, delays, loop } : pixels);
}

/** A hand-off that keeps the camera data, which raw pixels have no place for. */
async function carried(value: Value, pass: Pass, read: ReadMark): Promise<Value> {
	const image = (await applied(value, pass, read)).keepExif().keepXmp();
	const bytes = await value.attempt(() => (value.deep ? image.toColourspace('rgb16') : image).png({ compressionLevel: 0 }).toBuffer());
	const { width, height, hasAlpha, channels } = await sharp(bytes, { limitInputPixels: false }).metadata();
	return { ...value, width, height, alpha: hasAlpha, grey: channels < 3, profiled: false, decode: () => sharp(bytes, { limitInputPixels: false }) };
}

async function written(image: Sharp, encode: Encode | undefined, value: Value, output: GroupOutput, context: RunContext): Promise<MadeValue> {
	const timing = value.frames > 1 ? value : STILL;
	const ending = encode?.format ?? (value.frames > 1 ? 'webp' : 'png');
	const path = join(context.folder, `${output.part}-${output.port}.${ending}`);
	return encode === undefined ? writeBetween(image, path, timing, value.deep) : writeEncoded(image, encode, path, timing, value.deep);
}

function stopped(context: RunContext): void {
	if (context.signal.aborted) throw new Cancelled();
}

/** The reference of a part to the picture that its chain is about: not one that it lays over it. */
function mainRef(part: Part | undefined): Ref | undefined {
	const marks = new Set(part === undefined ? [] : imageSteps(part).map((step) => (step.op === 'overlay' ? step.input : '')));
	return Object.entries(part?.inputs ?? {}).find(([port]) => !marks.has(port))?.[1][0];
}

function inputOf(group: Group, ref: Ref | undefined) {
	const input = ref !== undefined && 'input' in ref ? group.inputs[ref.input] : undefined;
	if (input === undefined) throw new Error('the picture of a chain comes from an input of the group');
	return input;
}

function markReader(group: Group, context: RunContext): ReadMark {
	return async (step, port) => {
		const part = group.parts.find((one) => one.steps.some((own) => own === step));
		const value = await valueAt(inputOf(group, part?.inputs[port]?.[0]), context);
		return (value.frames > 1 ? await firstFrame(value) : value).decode();
	};
}
