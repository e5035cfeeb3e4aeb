import { field, videoOp, z } from '../define.ts';
import { changed, video } from './ports.ts';

/** Blurs every frame. */
export default videoOp({
	id: 'video.blur',
	version: 1,
	title: { en: 'Blur video', zh: '模糊视频' },
	summary: { en: 'Blur the picture of a video.', zh: '模糊视频画面。' },
	phrases: {
		en: ['blur', 'blurry', 'out of focus', 'soften', 'gaussian blur', 'unfocus', 'make it blurry', 'smudge', 'defocus', 'blurred', 'soft focus', 'haze'],
		zh: ['模糊', '虚化', '变模糊', '高斯模糊', '柔化', '失焦', '打马赛克般模糊', '朦胧'],
	},
	inputs: video,
	outputs: video,
	params: z.object({ sigma: field.number({ title: { en: 'Strength', zh: '强度' }, unit: 'px', min: 0.1, max: 100, logarithmic: true, default: 5 }) }),
	describe: (_, { video }) => ({ video: changed(video) }),
	lower: ({ sigma }) => [{ op: 'blur', sigma }],
	example: { params: { sigma: 3 }, inputs: { video: 'clip' } },
});
