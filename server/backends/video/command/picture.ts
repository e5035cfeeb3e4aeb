import type { Gravity } from '../../../../nodes/steps/image.ts';
import type { VideoStep } from '../../../../nodes/steps/video.ts';
import { colour, expression, num } from './quote.ts';
import { joined, type Stream, through } from './streams.ts';
import type { Value } from './value.ts';

type StepOf<O extends VideoStep['op']> = Extract<VideoStep, { op: O }>;

/*
 * A Matroska file of ours has its times in milliseconds, another source has them exactly. Comparing a millisecond early makes
 * a frame at 0.033333 s and its copy at 0.033 s fall on the same side of a cut at 0.033333 s.
 */
export const EARLY = 0.001;

/**
 * Keeps the frames of [start, end). The first one is shown from 0 on and the rest keeps its rhythm; a hole of more than a frame
 * at the cut stays a hole, so that pictures and sound stay together.
 */
export function cutPicture(picture: Stream, start: number, end: number | null, fps: number): Stream {
	if (start <= 0 && end === null) return picture;
	const from = start > 0 ? `start=${num(start - EARLY)}` : '';
	const until = end === null ? '' : `end=${num(end - EARLY)}`;
	const latest = start + 1 / Math.max(1, fps);
	const restart = `setpts=${expression(`if(eq(N,0),0,PTS-min(STARTPTS,round(${num(latest)}/TB)))`)}`;
	/* `trim` rounds to the clock of its input, which may be as coarse as a frame. */
	return through(picture, 'settb=AVTB', `trim=${[from, until].filter((text) => text !== '').join(':')}`, restart);
}

/** Frames of so many seconds. Half a frame falls the same way for 2.1 s and for 2.0999999999999996 s, which arithmetic makes of it. */
export function frameCount(duration: number, fps: number): number {
	return Math.max(1, Math.round(Number((duration * fps).toFixed(4))));
}

/**
 * At this rate, for exactly this many seconds. `fps` rounds to the nearest frame; a millisecond's lead decides ties alike for exact and
 * for rounded times. What filters say about the end of a stream can't be relied on (`overlay`, 5.1: it forgets how long the last frame
 * lasts), so the last frame is held and the frames are counted.
 */
export function constantRate(picture: Stream, fps: number, duration: number): Stream {
	const frames = frameCount(duration, fps);
	return through(
		picture,
		'settb=AVTB',
		`setpts=${expression('PTS+1000')}`,
		'tpad=stop=-1:stop_mode=clone',
		`fps=${num(fps)}:start_time=0`,
		`trim=end_frame=${frames}`,
	);
}

export function scale(picture: Stream, width: number, height: number, flags: string): Stream {
	return through(picture, `scale=${width}:${height}:flags=${flags}`, 'setsar=1');
}

export function rotate(picture: Stream, angle: 90 | 180 | 270): Stream {
	if (angle === 180) return through(picture, 'hflip', 'vflip');
	return through(picture, angle === 90 ? 'transpose=clock' : 'transpose=cclock');
}

export function fadePicture(picture: Stream, fadeIn: number, fadeOut: number, duration: number): Stream {
	const texts = [
		...(fadeIn > 0 ? [`fade=t=in:st=0:d=${num(fadeIn)}`] : []),
		...(fadeOut > 0 ? [`fade=t=out:st=${num(Math.max(0, duration - fadeOut))}:d=${num(fadeOut)}`] : []),
	];
	return through(picture, ...texts);
}

/** Where something of size w×h stands in W×H, in an expression's words. */
function place(gravity: Gravity, margin: number, names: { W: string; H: string; w: string; h: string }): { x: string; y: string } {
	const { W, H, w, h } = names;
	const x = gravity.endsWith('west') ? `${margin}` : gravity.endsWith('east') ? `${W}-${w}-${margin}` : `(${W}-${w})/2`;
	const y = gravity.startsWith('north') ? `${margin}` : gravity.startsWith('south') ? `${H}-${h}-${margin}` : `(${H}-${h})/2`;
	return { x, y };
}

/** Draws the text of a private file. Where there is no such font, fontconfig takes another. */
export function drawText(picture: Stream, step: StepOf<'text'>, file: string, font: string): Stream {
	const { x, y } = place(step.gravity, step.margin, { W: 'w', H: 'h', w: 'text_w', h: 'text_h' });
	const look = step.box
		? `box=1:boxcolor=0x000000@0.55:boxborderw=${Math.max(2, Math.round(step.size / 4))}`
		: `shadowcolor=0x000000@0.6:shadowx=${Math.max(1, Math.round(step.size / 18))}:shadowy=${Math.max(1, Math.round(step.size / 18))}`;
	const during =
		step.start === null && step.end === null
			? ''
			: `:enable=${expression(`gte(t,${num((step.start ?? 0) - EARLY)})*lt(t,${step.end === null ? '1e9' : num(step.end - EARLY)})`)}`;
	const family = `font='${font}'`;
	return through(
		picture,
		`drawtext=textfile=${file}:expansion=none:${family}:fontsize=${step.size}:fontcolor=${colour(step.colour)}:line_spacing=${Math.round(step.size / 5)}:x=${expression(x)}:y=${expression(y)}:${look}${during}`,
	);
}

/** Lays the picture of another value over this one: a logo stays for as long as this one lasts. */
export function overlay(value: Value, picture: Stream, step: StepOf<'overlay'>, over: Value): Stream {
	if (over.picture === null) return picture;
	const { x, y } = place(step.gravity, step.margin, { W: 'W', H: 'H', w: 'w', h: 'h' });
	const height = Math.max(1, Math.round((over.height * step.width) / Math.max(1, over.width)));
	const opacity = step.opacity < 1 ? [`colorchannelmixer=aa=${num(step.opacity)}`] : [];
	const top = through(over.picture, `scale=${step.width}:${height}:flags=lanczos`, 'setsar=1', 'format=rgba', ...opacity);
	/* The format is named, or what follows would decide in which the two are blended. */
	const text = `overlay=x=${expression(x)}:y=${expression(y)}:format=yuv420:eof_action=repeat`;
	const laid = through(joined([picture, top], text, 'v'), 'format=yuv420p');
	/* After the end of the first, `overlay` goes on in the rhythm of the second. */
	return over.duration > 0 ? constantRate(laid, value.fps, value.duration) : laid;
}

/** Inside a frame of this size, centred on black, at this rate. */
export function boxed(picture: Stream, value: Value, width: number, height: number, fps: number): Stream {
	const factor = Math.min(width / Math.max(1, value.width), height / Math.max(1, value.height));
	const w = Math.min(width, Math.max(2, Math.round(value.width * factor)));
	const h = Math.min(height, Math.max(2, Math.round(value.height * factor)));
	const scaled = w === value.width && h === value.height ? picture : through(picture, `scale=${w}:${h}:flags=lanczos`);
	const padded = w === width && h === height ? scaled : through(scaled, `pad=${width}:${height}:(ow-iw)/2:(oh-ih)/2:black`);
	return through(constantRate(padded, fps, value.duration), 'setsar=1', 'format=yuv420p');
}
