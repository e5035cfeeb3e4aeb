import { videoOp, z } from '../define.ts';
import { changed, video } from './ports.ts';

/** Takes the colour out. */
export default videoOp({
	id: 'video.greyscale',
	version: 1,
	title: { en: 'Black and white', zh: '黑白' },
	summary: { en: 'Take the colour out of a video.', zh: '把视频变成黑白。' },
	phrases: {
		en: [
			'black and white',
			'greyscale',
			'grayscale',
			'grey',
			'gray',
			'monochrome',
			'b&w',
			'bw',
			'remove the colour',
			'remove the color',
			'without colour',
			'desaturate',
			'old film look',
			'noir',
		],
		zh: ['黑白', '灰度', '去色', '变灰', '单色', '黑白片', '去掉颜色', '老电影效果', '灰阶'],
	},
	inputs: video,
	outputs: video,
	params: z.object({}),
	describe: (_, { video }) => ({ video: changed(video) }),
	lower: () => [{ op: 'greyscale' }],
	example: { params: {}, inputs: { video: 'clip' } },
});
