/** What a command holds, from metadata: frames in the decoder, between filters, and in the encoder, which looks ahead. */
import type { Metadata } from '../../../nodes/define.ts';
import type { VideoStep } from '../../../nodes/steps/video.ts';
import type { Group, Part } from '../../engine/group.ts';
import { preparationOf } from './command/inputs.ts';
import { stepsOf } from './command/steps.ts';

/** The worker, and ffmpeg with nothing in it yet. */
const BASE = 170 * 2 ** 20;
/** Decoded 4:2:0. */
const FRAME = 1.5;
/** Frames that a decoder holds, and a filter. */
const DECODER = 20;
const FILTER = 3;
/** Frames that an encoder holds, looking ahead included. */
const ENCODER = { h264: 130, h265: 110, vp9: 70, av1: 140, gif: 12, webp: 12, lossless: 14, picture: 12 };
/** Frames more for each thread: of a decoder, and of an encoder that looks at several frames at once. */
const DECODER_THREAD = 2;
const ENCODER_THREAD = 10;
/** Frames that wait lie in larger buffers than they fill. */
const WAITING = 1.25;
/** Of 4:2:0. */
const FULL_COLOUR = 4 / FRAME;

/** Bytes that ffmpeg and its worker hold at most. */
export function videoMemory(group: Group, threads: number): number {
	let total = BASE;
	for (const { metadata } of group.inputs) total += frame(metadata) * (DECODER + DECODER_THREAD * threads);
	for (const [index, input] of group.inputs.entries()) if (preparationOf(input, index) !== null) total += frame(input.metadata) * 4;
	for (const part of group.parts) for (const step of stepsOf(part)) total += held(part, step, threads);
	for (const { part, port } of group.outputs) {
		const metadata = group.parts[part]?.expected[port];
		if (metadata?.kind === 'video') total += frame(metadata) * ENCODER.lossless;
	}
	return total;
}

function held(part: Part, step: VideoStep, threads: number): number {
	const made = Object.values(part.expected)[0];
	const one = Math.max(0, ...Object.values(part.expected).map(frame));
	switch (step.op) {
		case 'encode':
			if ('codec' in step.target) return one * (ENCODER[step.target.codec] + ENCODER_THREAD * threads);
			/* An animated WebP is put together in memory, compressed. */
			if (step.target.format === 'webp') return one * ENCODER.webp + one * 0.2 * frames(made, step.target.fps);
			/* The palette is made of all frames, which wait for it in full colour. */
			return one * (ENCODER.gif + frames(made, step.target.format === 'gif' ? step.target.fps : 0) * WAITING * FULL_COLOUR);
		case 'frames':
		case 'frame':
			return one * ENCODER.picture;
		case 'reverse':
			return one * frames(made) * WAITING + sound(made);
		case 'repeat':
			return (one * frames(made) * WAITING + sound(made)) / Math.max(1, step.times);
		case 'overlay':
		case 'concat':
			/* What came from one side waits for the other. */
			return one * FILTER * 8;
		case 'trim':
		case 'mute':
		case 'sound-only':
			return 0;
		default:
			return one * FILTER;
	}
}

/* A film of unknown length is a minute of it. */
function frames(metadata: Metadata | undefined, fps?: number): number {
	if (metadata?.kind === 'file') return metadata.content === null ? 0 : frames(metadata.content, fps);
	if (metadata?.kind === 'image') return metadata.frames ?? 1;
	return metadata?.kind === 'video' ? (metadata.duration ?? 60) * (fps ?? metadata.fps ?? 30) : 0;
}

function frame(metadata: Metadata): number {
	if (metadata.kind === 'file') return metadata.content === null ? 0 : frame(metadata.content);
	if (metadata.kind === 'image') return (metadata.width ?? 1000) * (metadata.height ?? 1000) * 4;
	return metadata.kind === 'video' ? (metadata.width ?? 1280) * (metadata.height ?? 720) * FRAME : 0;
}

/* Samples are 32 bits wide between filters. */
function sound(metadata: Metadata | undefined): number {
	if (metadata?.kind === 'audio') return (metadata.duration ?? 60) * (metadata.sampleRate ?? 48_000) * (metadata.channels ?? 2) * 4;
	if (metadata?.kind !== 'video' || metadata.audio === false) return 0;
	return (metadata.duration ?? 60) * 48_000 * 2 * 4;
}
