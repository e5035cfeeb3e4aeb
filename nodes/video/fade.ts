import { field, videoOp, z } from '../define.ts';
import { changed, video } from './ports.ts';

/** Fades picture and sound in from black and out to black. */
export default videoOp({
	id: 'video.fade',
	version: 1,
	title: { en: 'Fade video', zh: '视频淡入淡出' },
	summary: { en: 'Fade a video in at its start and out at its end.', zh: '让视频开头淡入、结尾淡出。' },
	phrases: {
		en: [
			'fade',
			'fade in',
			'fade out',
			'fade in and out',
			'fade to black',
			'fade from black',
			'fade the video',
			'gently start',
			'gentle ending',
			'soft start',
			'dissolve to black',
			'fading',
		],
		zh: ['淡入', '淡出', '淡入淡出', '渐入', '渐出', '渐黑', '黑场过渡', '渐变开头', '渐隐'],
	},
	inputs: video,
	outputs: video,
	params: z.object({
		in: field.number({ title: { en: 'Fade in', zh: '淡入' }, unit: 's', min: 0, max: 60, step: 0.1, default: 1 }),
		out: field.number({ title: { en: 'Fade out', zh: '淡出' }, unit: 's', min: 0, max: 60, step: 0.1, default: 1 }),
		sound: field.toggle({ title: { en: 'Sound too', zh: '声音也淡入淡出' }, default: true }),
	}),
	describe: (_, { video }) => ({ video: changed(video) }),
	lower: (params, { video }) => [{ op: 'fade', in: params.in, out: params.out, duration: video.duration, picture: true, sound: params.sound && video.audio }],
	example: { params: { in: 0.5, out: 0.5 }, inputs: { video: 'clip' } },
});
