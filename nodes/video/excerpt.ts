import { videoOp, z } from '../define.ts';
import { video } from './ports.ts';
import { shortened, shortening } from './shortened.ts';

const LONGEST = 6;

/** The beginning of a video, small: what is saved when a graph is only tried. */
export default videoOp({
	id: 'video.excerpt',
	version: 1,
	title: { en: 'Video excerpt', zh: '视频片段' },
	summary: { en: 'Keep the beginning of a video, small.', zh: '保留视频开头，并缩小画面。' },
	phrases: { en: [], zh: [] },
	inputs: video,
	outputs: video,
	params: z.object({}),
	describe: (_, inputs) => shortened(inputs, LONGEST),
	lower: (_, inputs) => shortening(inputs, LONGEST),
	example: { params: {}, inputs: { video: 'clip' } },
	hidden: true,
});
