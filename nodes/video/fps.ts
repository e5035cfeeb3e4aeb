import { field, videoOp, z } from '../define.ts';
import { changed, video } from './ports.ts';

/** Brings the video to a constant rate; its speed stays. */
export default videoOp({
	id: 'video.fps',
	version: 1,
	title: { en: 'Frame rate', zh: '帧率' },
	summary: { en: 'Change how many frames a second a video has, at the same speed.', zh: '改变视频每秒的帧数，播放速度不变。' },
	phrases: {
		en: [
			'fps',
			'frame rate',
			'framerate',
			'frames per second',
			'frames a second',
			'30 fps',
			'60 fps',
			'24 fps',
			'constant frame rate',
			'fewer frames',
			'more frames',
			'lower the frame rate',
			'choppy on purpose',
		],
		zh: ['帧率', '每秒帧数', '帧每秒', '30帧', '60帧', '24帧', '降低帧率', '提高帧率', '固定帧率'],
	},
	inputs: video,
	outputs: video,
	params: z.object({ fps: field.number({ title: { en: 'Frames a second', zh: '每秒帧数' }, unit: 'fps', min: 0.1, max: 240, default: 30 }) }),
	describe: ({ fps }, { video }) => ({ video: changed(video, { fps }) }),
	lower: ({ fps }) => [{ op: 'fps', fps }],
	example: { params: { fps: 10 }, inputs: { video: 'clip' } },
});
