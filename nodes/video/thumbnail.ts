import { field, GraphError, videoOp, z } from '../define.ts';
import { readable, video } from './ports.ts';

/** The picture that is on the screen at a time. */
export default videoOp({
	id: 'video.thumbnail',
	version: 1,
	title: { en: 'Frame at a time', zh: '截取一帧' },
	summary: { en: 'Take one picture out of a video, at a given time.', zh: '从视频的某一时刻取出一张图片。' },
	phrases: {
		en: [
			'thumbnail',
			'screenshot',
			'still',
			'still image',
			'a frame',
			'frame at',
			'one frame',
			'single frame',
			'freeze frame',
			'cover image',
			'poster',
			'poster frame',
			'snapshot',
			'grab a frame',
			'preview image',
			'picture of the video',
			'first frame',
		],
		zh: ['截图', '缩略图', '封面', '视频封面', '截一帧', '第一帧', '某一帧', '截取画面', '定格', '视频截图', '取一帧'],
	},
	inputs: video,
	outputs: { image: { kind: 'image', title: { en: 'Image', zh: '图片' } } },
	params: z.object({ at: field.number({ title: { en: 'Time', zh: '时间' }, unit: 's', min: 0, max: 86_400, step: 0.1, default: 0 }) }),
	describe: ({ at }, { video }) => {
		if (video.duration !== null && at > video.duration)
			throw new GraphError('video.trim-past-end', { value: at, duration: readable(video.duration) }, { param: 'at' });
		return { image: { kind: 'image', width: video.width, height: video.height, frames: 1, duration: 0, alpha: false, format: null } };
	},
	lower: ({ at }) => [{ op: 'frame', at }],
	conversion: 5,
	example: { params: { at: 1 }, inputs: { video: 'clip' } },
});
