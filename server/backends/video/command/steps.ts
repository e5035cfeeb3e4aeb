import type { Step } from '../../../../nodes/define.ts';
import type { VideoStep } from '../../../../nodes/steps/video.ts';
import type { Part } from '../../../engine/group.ts';
import { camera } from './camera.ts';
import { boxed, constantRate, cutPicture, drawText, fadePicture, frameCount, overlay, rotate, scale } from './picture.ts';
import { expression, num } from './quote.ts';
import { addSound, cutSound, exactly, fadeSound, soundOrSilence, tempo } from './sound.ts';
import { type Filter, type Stream, through } from './streams.ts';
import type { Scope, Value } from './value.ts';

/** The steps of a part of a video group; the engine sends no others here. */
export function stepsOf(part: Part): readonly VideoStep[] {
	return part.steps.filter(isVideoStep);
}

export function isVideoStep(step: Step): step is VideoStep {
	return step.op !== 'encode' || 'target' in step;
}

/** The value after one more step. */
export function apply(value: Value, step: VideoStep, scope: Scope): Value {
	const picture = (change: (stream: Stream) => Stream, fields: Partial<Value> = {}): Value =>
		value.picture === null ? value : { ...value, ...fields, picture: change(value.picture) };
	const sound = (change: (stream: Stream) => Stream): Value => (value.sound === null ? value : { ...value, sound: change(value.sound) });
	const both = (pictures: (stream: Stream) => Stream, sounds: (stream: Stream) => Stream, fields: Partial<Value>): Value => ({
		...value,
		...fields,
		picture: value.picture === null ? null : pictures(value.picture),
		sound: value.sound === null ? null : sounds(value.sound),
	});
	switch (step.op) {
		case 'trim':
			return both(
				(stream) => cutPicture(stream, step.start, step.end, value.fps),
				(stream) => cutSound(stream, step.start, step.end),
				{ duration: (step.end ?? value.duration) - step.start },
			);
		case 'scale':
			return picture((stream) => scale(stream, step.width, step.height, step.flags), { width: step.width, height: step.height });
		case 'crop':
			return picture((stream) => through(stream, `crop=${step.width}:${step.height}:${step.left}:${step.top}:exact=1`), {
				width: step.width,
				height: step.height,
			});
		case 'pad':
			return picture((stream) => padded(stream, step), { width: step.width, height: step.height });
		case 'fps':
			return picture((stream) => constantRate(stream, step.fps, value.duration), { fps: step.fps });
		case 'rotate':
			return picture((stream) => rotate(stream, step.angle), step.angle === 180 ? {} : { width: value.height, height: value.width });
		case 'flip':
			return picture((stream) => through(stream, step.axis === 'horizontal' ? 'hflip' : 'vflip'));
		case 'greyscale':
			return picture((stream) => through(stream, 'hue=s=0'));
		case 'blur':
			return picture((stream) => through(stream, `gblur=sigma=${num(step.sigma)}`));
		case 'adjust':
			return picture((stream) => through(stream, `eq=brightness=${num(step.brightness)}:contrast=${num(step.contrast)}:saturation=${num(step.saturation)}`));
		case 'text':
			return picture((stream) => drawText(stream, step, scope.textFile(step.text), scope.font));
		case 'overlay':
			return picture((stream) => overlay(value, stream, step, scope.at(step.input)[0] ?? value));
		case 'fade':
			return both(
				(stream) => (step.picture ? fadePicture(stream, step.in, step.out, value.duration) : stream),
				(stream) => (step.sound ? fadeSound(stream, step.in, step.out, value.duration) : stream),
				{},
			);
		case 'mute':
			return { ...value, sound: null, audioCodec: null };
		case 'sound-only':
			return { ...value, picture: null, codec: null, width: 0, height: 0, fps: 0 };
		case 'volume':
			return sound((stream) => through(stream, `volume=${num(step.decibels)}dB`));
		case 'normalise-loudness':
			return sound((stream) => through(stream, 'aresample=192000', `loudnorm=I=${num(step.lufs)}:TP=-1.5:LRA=11`, `aresample=${value.sampleRate}`));
		case 'add-sound': {
			const added = scope.at(step.input)[0]?.sound ?? null;
			return added === null ? value : { ...value, sound: addSound(value, added, step.mix), audioCodec: null };
		}
		case 'speed':
			return both(
				(stream) => constantRate(through(stream, 'settb=AVTB', `setpts=${expression(`PTS/${num(step.factor)}`)}`), value.fps, value.duration / step.factor),
				(stream) => tempo(stream, step.factor),
				{ duration: value.duration / step.factor },
			);
		case 'reverse':
			return both(
				(stream) => reversed(stream, value),
				(stream) => through(inStep(stream, value), 'areverse'),
				{},
			);
		case 'repeat':
			return both(
				(stream) => repeated(stream, value, step.times),
				(stream) => repeatedSound(stream, value, step.times),
				{ duration: value.duration * step.times },
			);
		case 'animation':
			return { ...picture((stream) => constantRate(stream, step.fps, value.duration), { fps: step.fps }), codec: null };
		case 'camera':
			return { ...picture((stream) => camera(stream, value, step), { width: step.width, height: step.height, fps: step.fps }), duration: step.duration };
		case 'concat':
			return concat(scope.at(step.input), step);
		case 'encode':
		case 'frames':
		case 'frame':
			return { ...value, end: step };
	}
}

function padded(stream: Stream, step: Extract<VideoStep, { op: 'pad' }>): Stream {
	const rgb = step.background.slice(1, 7);
	return through(stream, `pad=${step.width}:${step.height}:${step.left}:${step.top}:0x${rgb}`);
}

/* Where there is a picture, the sound is made as long as it is, or the two would drift apart. */
const inStep = (stream: Stream, value: Value) => (value.picture === null ? stream : exactly(stream, value.duration));

function reversed(stream: Stream, value: Value): Stream {
	return through(constantRate(stream, value.fps, value.duration), 'reverse', `setpts=${expression(`N/(${num(value.fps)}*TB)`)}`);
}

function repeated(stream: Stream, value: Value, times: number): Stream {
	const frames = Math.min(32_767, frameCount(value.duration, value.fps));
	return through(
		constantRate(stream, value.fps, value.duration),
		`trim=end_frame=${frames}`,
		`loop=loop=${times - 1}:size=${frames}:start=0`,
		'settb=AVTB',
		`setpts=${expression(`N/(${num(value.fps)}*TB)`)}`,
		`fps=${num(value.fps)}:start_time=0`,
	);
}

function repeatedSound(stream: Stream, value: Value, times: number): Stream {
	return through(exactly(stream, value.duration), `aloop=loop=${times - 1}:size=2147483647:start=0`, `asetpts=${expression('N/SR/TB')}`);
}

function concat(parts: readonly Value[], step: Extract<VideoStep, { op: 'concat' }>): Value {
	const segments = parts.flatMap((part) => (part.picture === null ? [] : [{ part, picture: part.picture }]));
	const inputs = segments.flatMap(({ part, picture }) => [
		boxed(picture, part, step.width, step.height, step.fps),
		...(step.audio ? [soundOrSilence(part)] : []),
	]);
	const filter: Filter = {
		inputs,
		text: `concat=n=${segments.length}:v=1:a=${step.audio ? 1 : 0}`,
		outputs: step.audio ? ['v', 'a'] : ['v'],
	};
	return {
		picture: { from: 'filter', filter, output: 0, media: 'v' },
		sound: step.audio ? { from: 'filter', filter, output: 1, media: 'a' } : null,
		width: step.width,
		height: step.height,
		fps: step.fps,
		sampleRate: 48_000,
		duration: segments.reduce((sum, { part }) => sum + part.duration, 0),
		codec: null,
		audioCodec: null,
		format: null,
	};
}
