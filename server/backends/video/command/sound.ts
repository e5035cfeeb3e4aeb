import { expression, num } from './quote.ts';
import { joined, type Stream, through } from './streams.ts';
import type { Value } from './value.ts';

/** Keeps [start, end) of a sound, to the sample; a sound that begins late or has holes gets silence there. */
export function cutSound(sound: Stream, start: number, end: number | null): Stream {
	const until = end === null ? '' : `:end=${num(end)}`;
	return through(sound, `atrim=start=${num(start)}${until}`, `asetpts=${expression(`PTS-${num(start)}/TB`)}`, 'aresample=async=1:first_pts=0');
}

/** Exactly this long: cut, or filled with silence. Without it pictures and sound would drift apart where they are joined or repeated. */
export function exactly(sound: Stream, duration: number): Stream {
	return through(sound, 'aresample=async=1:first_pts=0', `apad=whole_dur=${num(duration)}`, `atrim=end=${num(duration)}`);
}

/** `factor` times as fast at the same pitch. One `atempo` skips samples above 2 and does not exist below 0.5. */
export function tempo(sound: Stream, factor: number): Stream {
	const steps: number[] = [];
	let rest = factor;
	for (; rest > 2; rest /= 2) steps.push(2);
	for (; rest < 0.5; rest *= 2) steps.push(0.5);
	return through(sound, ...[...steps, rest].map((step) => `atempo=${num(step)}`));
}

/** The sound of a value, or silence as long as its picture. */
export function soundOrSilence(value: Value): Stream {
	const shape = 'aformat=sample_fmts=fltp:sample_rates=48000:channel_layouts=stereo';
	if (value.sound === null) return joined([], `anullsrc=r=48000:cl=stereo,atrim=end=${num(value.duration)},${shape}`, 'a');
	return through(exactly(through(value.sound, shape), value.duration), 'asetpts=PTS');
}

/** Fades in over the first and out over the last seconds. */
export function fadeSound(sound: Stream, fadeIn: number, fadeOut: number, duration: number): Stream {
	const texts = [
		...(fadeIn > 0 ? [`afade=t=in:st=0:d=${num(fadeIn)}`] : []),
		...(fadeOut > 0 ? [`afade=t=out:st=${num(Math.max(0, duration - fadeOut))}:d=${num(fadeOut)}`] : []),
	];
	return through(sound, ...texts);
}

/** Replaces the sound of a picture, or mixes into it, for as long as the picture lasts. */
export function addSound(value: Value, added: Stream, mix: boolean): Stream {
	const fitted = exactly(added, value.duration);
	if (!mix || value.sound === null) return fitted;
	return joined([exactly(value.sound, value.duration), fitted], 'amix=inputs=2:duration=first:normalize=0', 'a');
}
