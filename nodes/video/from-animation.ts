import { GraphError, videoOp, z } from '../define.ts';
import { animationRate } from './animation-rate.ts';
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
