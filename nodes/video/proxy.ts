import { videoOp, z } from '../define.ts';
import { fitted } from './fitted.ts';
import { changed, known, video } from './ports.ts';

const LONGEST = 60;

/** The same video small and at most a minute long, for trying things out. */
export default videoOp({
	id: 'video.proxy',
	version: 1,
	title: { en: 'Video proxy', zh: '视频小样' },
	summary: { en: 'Make a smaller, shorter video that behaves like the whole one.', zh: '生成较小较短、其余相同的视频。' },
	phrases: { en: [], zh: [] },
	inputs: video,
	outputs: video,
	params: z.object({}),
	describe: (_, { video }) => ({
		video: changed(video, { ...fitted(video.width, video.height), duration: known([video.duration], (duration) => Math.min(duration, LONGEST)) }),
	}),
	lower: (_, { video }) => {
		const { width, height } = fitted(video.width, video.height);
		return [
			...(video.duration > LONGEST ? [{ op: 'trim', start: 0, end: LONGEST } as const] : []),
			...(width === video.width && height === video.height ? [] : [{ op: 'scale', width: width ?? 2, height: height ?? 2, flags: 'bicubic' } as const]),
		];
	},
	example: { params: {}, inputs: { video: 'clip' } },
	hidden: true,
});
