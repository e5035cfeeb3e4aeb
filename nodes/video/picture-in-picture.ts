import { field, videoOp, z } from '../define.ts';
import { changed, PLACES, video } from './ports.ts';

/** Plays a second video small in a corner of the first, whose sound and length stay. */
export default videoOp({
	id: 'video.picture-in-picture',
	version: 1,
	title: { en: 'Picture in picture', zh: '画中画' },
	summary: { en: 'Play a second video small in a corner of the first.', zh: '在第一个视频的角落里小窗播放第二个视频。' },
	phrases: {
		en: [
			'picture in picture',
			'picture-in-picture',
			'pip',
			'video in video',
			'webcam in the corner',
			'small video in the corner',
			'facecam',
			'inset',
			'inset video',
			'overlay a video',
			'video on top of',
			'reaction video',
		],
		zh: ['画中画', '小窗', '小窗播放', '视频叠加', '角落放视频', '摄像头小窗', '两个视频叠加', '反应视频'],
	},
	inputs: { ...video, inset: { kind: 'video', title: { en: 'Small video', zh: '小窗视频' } } },
	outputs: video,
	params: z.object({
		width: field.number({ title: { en: 'Width', zh: '宽度' }, unit: '%', min: 5, max: 100, default: 30 }),
		gravity: field.choice({ title: { en: 'Place', zh: '位置' }, choices: PLACES, default: 'northeast' }),
		margin: field.number({ title: { en: 'Margin', zh: '边距' }, unit: '%', min: 0, max: 50, default: 3 }),
	}),
	describe: (_, { video }) => ({ video: changed(video) }),
	lower: ({ width, gravity, margin }, { video }) => [
		{
			op: 'overlay',
			input: 'inset',
			width: Math.max(1, Math.round((video.width * width) / 100)),
			gravity,
			margin: Math.round((video.width * margin) / 100),
			opacity: 1,
		},
	],
	example: { params: {}, inputs: { video: 'clip', inset: 'silent-clip' } },
});
