import { GraphError, videoOp, z } from '../define.ts';
import { image, known, video } from './ports.ts';

/** Reads an animated picture as a video: the implicit widening from image to video. */
export default videoOp({
	id: 'video.from-animation',
	version: 1,
	title: { en: 'Animation as video', zh: '动图作为视频' },
	summary: { en: 'Read an animated GIF or WebP as a video.', zh: '把 GIF 或 WebP 动图当作视频读取。' },
	phrases: { en: [], zh: [] },
	inputs: image,
	outputs: video,
	params: z.object({}),
	describe: (_, { image }) => {
		if (image.frames === 1) throw new GraphError('video.still-image', {}, { port: 'image' });
		const { width, height, duration } = image;
		const fps = known([image.frames, duration], (frames, length) => animationRate(frames, length, image.format));
		return { video: { kind: 'video', width, height, duration, fps, audio: false, codec: null, audioCodec: null, format: null } };
	},
	lower: (_, { image }) => [{ op: 'animation', fps: animationRate(image.frames, image.duration, image.format) }],
	example: { params: {}, inputs: { image: 'animation' } },
	hidden: true,
	conversion: 1,
});

/**
 * Constant frames a second in which every frame keeps its duration. Where the mean is a whole number of the format's ticks
 * all frames are taken to last equally long; otherwise the rate is high enough for the shortest that are usual.
 */
export function animationRate(frames: number, duration: number, format: string | null): number {
	if (duration <= 0) return 10;
	const mean = duration / frames;
	const tick = format === 'gif' ? 0.01 : 0.001;
	const ticks = mean / tick;
	const rate = 1 / mean;
	if (Math.abs(ticks - Math.round(ticks)) < 1e-6) return rate;
	/* 33, 33, 34 ms … are somebody's 30 frames a second. */
	const whole = Math.round(rate);
	if (whole >= 12 && Math.abs(rate - whole) / whole < 0.012) return whole;
	return rate <= 12.5 ? 25 : 50;
}
