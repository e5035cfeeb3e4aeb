import { videoOp, z } from '../define.ts';
import { video } from './ports.ts';
import { shortened, shortening } from './shortened.ts';

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
	describe: (_, inputs) => shortened(inputs, LONGEST),
	lower: (_, inputs) => shortening(inputs, LONGEST),
	example: { params: {}, inputs: { video: 'clip' } },
	hidden: true,
});
