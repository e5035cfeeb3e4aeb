/** How files are opened: what ffmpeg may read, and where it begins. */

import type { VideoStep } from '../../../../nodes/steps/video.ts';
import type { GroupInput } from '../../../engine/group.ts';
import { EARLY } from './picture.ts';
import { num } from './quote.ts';
import type { OpenFile } from './streams.ts';

/**
 * Demuxers that a user's file may be read by. Without the list a playlist named `.mp4` makes ffmpeg open other files
 * (seen with 5.1, even under `-protocol_whitelist file`).
 */
const DEMUXERS =
	'mov,matroska,avi,gif,mp3,wav,flac,ogg,aac,mpegts,mpeg,mpegvideo,flv,asf,aiff,caf,amr,au,w64,h264,hevc,m4v,ac3,eac3,dts,wv,tta,ape,mxf,ivf,dv,rm,png_pipe,jpeg_pipe,webp_pipe,image2';

/** Options before every `-i`: `ffprobe` takes them, too. */
export const GUARDS: readonly string[] = ['-protocol_whitelist', 'file,pipe', '-format_whitelist', DEMUXERS];
const FRAME_GUARDS: readonly string[] = ['-protocol_whitelist', 'file,pipe', '-format_whitelist', 'concat,png_pipe,image2'];
const MAX_PIXELS = String(16_384 * 16_384);

/* The cut after the seek is exact; the seek only saves reading. */
const LATE = 0.1;

/** Containers in which a seek lands on the very frame: they have an index and exact times. */
const SEEKABLE: ReadonlySet<string> = new Set(['mp4', 'mov', 'm4v', 'matroska', 'mkv', 'webm']);

/** What has to be made of an input before ffmpeg may read it. */
export type Preparation =
	/** A PNG of the upright picture; named so in the private folder. */
	| { readonly input: number; readonly as: 'png'; readonly name: string }
	/** The frames of an animated picture as PNGs, and a list of them with their durations. */
	| { readonly input: number; readonly as: 'frames'; readonly name: string };

/** An image's file as ffmpeg can read it, and what has to be prepared for that. */
export function preparationOf(input: GroupInput, index: number): Preparation | null {
	if (input.metadata.kind !== 'image') return null;
	const animated = (input.metadata.frames ?? 1) > 1;
	if (animated) return input.metadata.format === 'gif' ? null : { input: index, as: 'frames', name: `frames-${index}/list.ffconcat` };
	return input.metadata.format === 'png' ? null : { input: index, as: 'png', name: `picture-${index}.png` };
}

/** Opens an input. `trim`: the first thing that its only reader does, for a seek instead of decoding what is dropped. */
export function open(input: GroupInput, index: number, trim: Extract<VideoStep, { op: 'trim' }> | null): OpenFile {
	const path = input.from === 'file' ? input.path : '';
	const preparation = preparationOf(input, index);
	if (preparation?.as === 'frames') return { path: preparation.name, args: [...FRAME_GUARDS, '-safe', '1', '-f', 'concat'] };
	if (input.metadata.kind === 'image' && input.metadata.format !== 'gif')
		return { path: preparation?.name ?? path, args: [...GUARDS, '-f', 'image2', '-pattern_type', 'none'] };
	const seek =
		trim === null ? [] : [...(trim.start > 0 ? ['-ss', num(trim.start - EARLY)] : []), ...(trim.end === null ? [] : ['-t', num(trim.end - trim.start + LATE)])];
	return { path, args: [...GUARDS, '-max_pixels', MAX_PIXELS, ...seek] };
}

/** Whether a cut from `start` can be a seek. */
export function seeksExactly(input: GroupInput): boolean {
	const { metadata } = input;
	if (metadata.kind !== 'video' && metadata.kind !== 'audio') return false;
	if (metadata.kind === 'audio') return metadata.format === 'wav' || metadata.format === 'flac';
	return metadata.format === null || SEEKABLE.has(metadata.format);
}
