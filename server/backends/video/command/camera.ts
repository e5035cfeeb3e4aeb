import type { Rectangle, VideoStep } from '../../../../nodes/steps/video.ts';
import { constantRate } from './picture.ts';
import { expression, num } from './quote.ts';
import { type Stream, through } from './streams.ts';
import type { Value } from './value.ts';

type Camera = Extract<VideoStep, { op: 'camera' }>;

/**
 * A camera over a picture. `zoompan` rounds its window to whole pixels, so that a slow move trembles;
 * `perspective` samples between pixels (1/256), and is given the four corners anew for every frame.
 */
export function camera(picture: Stream, value: Value, step: Camera): Stream {
	const frames = Math.max(1, Math.round(step.duration * step.fps));
	const work = workingSize(value, step);
	const scaled = through(picture, `scale=${work.width}:${work.height}:flags=lanczos`, 'setsar=1', 'format=yuv444p');
	const moving = step.still ? still(scaled, frames, step.fps) : lasting(scaled, value, frames, step);
	const [left, right, top, bottom] = corners(step, work, frames);
	return through(
		moving,
		`perspective=${[`x0=${left}:y0=${top}`, `x1=${right}:y1=${top}`, `x2=${left}:y2=${bottom}`, `x3=${right}:y3=${bottom}`].join(':')}:interpolation=cubic:sense=source:eval=frame`,
		`scale=${step.width}:${step.height}:flags=bicubic`,
		'setsar=1',
		'format=yuv420p',
	);
}

/* Large enough that the smallest window still has a pixel for each of the output's, and never larger than twice that size. */
function workingSize(value: Value, step: Camera): { width: number; height: number } {
	const closest = Math.min(step.from.size, step.to.size);
	const detail = Math.min(2, 1 / closest);
	const fit = Math.max(step.width / value.width, step.height / value.height) * detail;
	const even = (length: number) => Math.max(2, Math.round((length * fit) / 2) * 2);
	return { width: even(value.width), height: even(value.height) };
}

function still(picture: Stream, frames: number, fps: number): Stream {
	return through(
		picture,
		`loop=loop=${frames - 1}:size=1:start=0`,
		'settb=AVTB',
		`setpts=${expression(`N/(${num(fps)}*TB)`)}`,
		`fps=${num(fps)}:start_time=0`,
		`trim=end_frame=${frames}`,
	);
}

/** Of the camera's length: cut, or started again as often as it takes. */
function lasting(picture: Stream, value: Value, frames: number, step: Camera): Stream {
	const constant = constantRate(picture, step.fps, value.duration);
	const own = Math.max(1, Math.round(value.duration * step.fps));
	if (own >= frames) return through(constant, `trim=end_frame=${frames}`);
	const times = Math.ceil(frames / own) - 1;
	return through(
		constant,
		`trim=end_frame=${own}`,
		`loop=loop=${times}:size=${Math.min(own, 32_767)}:start=0`,
		'settb=AVTB',
		`setpts=${expression(`N/(${num(step.fps)}*TB)`)}`,
		`fps=${num(step.fps)}:start_time=0`,
		`trim=end_frame=${frames}`,
	);
}

/** Left, right, top and bottom of the window as expressions of the frame's number. */
function corners(step: Camera, work: { width: number; height: number }, frames: number): readonly [string, string, string, string] {
	const shape = step.width / step.height;
	const largest = { width: Math.min(work.width, work.height * shape), height: Math.min(work.height, work.width / shape) };
	const window = (rectangle: Rectangle) => {
		const halfWidth = (largest.width * rectangle.size) / 2;
		const halfHeight = (largest.height * rectangle.size) / 2;
		const x = clamp(rectangle.x * work.width, halfWidth, work.width - halfWidth);
		const y = clamp(rectangle.y * work.height, halfHeight, work.height - halfHeight);
		return [x - halfWidth, x + halfWidth, y - halfHeight, y + halfHeight] as const;
	};
	/* perspective counts frames from 1 (`on`). */
	const share = frames > 1 ? `((on-1)/${frames - 1})` : '0';
	const eased = step.ease === 'smooth' ? `(${share}*${share}*(3-2*${share}))` : share;
	const a = window(step.from);
	const b = window(step.to);
	const between = (i: 0 | 1 | 2 | 3) => expression(`${fine(a[i])}+(${fine(b[i] - a[i])})*${eased}`);
	return [between(0), between(1), between(2), between(3)];
}

const fine = (value: number) => num(value);
const clamp = (value: number, low: number, high: number) => Math.min(Math.max(value, low), Math.max(low, high));
