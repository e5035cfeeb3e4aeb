import { field, videoOp, z } from '../define.ts';
import { known, video } from './ports.ts';

/** Pictures of a video, a few a second. */
export default videoOp({
	id: 'video.frames',
	version: 1,
	title: { en: 'Frames of video', zh: '提取帧' },
	summary: { en: 'Take pictures out of a video, so many a second.', zh: '按每秒若干张从视频中取出图片。' },
	phrases: {
		en: [
			'frames',
			'extract frames',
			'every frame',
			'all frames',
			'as images',
			'as pictures',
			'split into frames',
			'split into images',
			'pictures of the video',
			'frame by frame',
			'image sequence',
			'stills',
			'one picture per second',
			'screenshots',
			'to pngs',
			'to jpegs',
		],
		zh: ['提取帧', '抽帧', '每一帧', '逐帧', '拆成图片', '拆帧', '视频转图片', '图片序列', '每秒一张', '导出帧', '截图'],
	},
	inputs: video,
	outputs: { images: { kind: 'image', many: true, title: { en: 'Images', zh: '图片' } } },
	params: z.object({
		fps: field.number({
			title: { en: 'Pictures a second', zh: '每秒张数' },
			hint: { en: 'Empty: every frame', zh: '留空：每一帧' },
			unit: 'fps',
			min: 0.01,
			max: 120,
			optional: true,
		}),
		limit: field.number({ title: { en: 'At most', zh: '最多' }, min: 1, max: 100_000, whole: true, optional: true }),
	}),
	describe: ({ fps, limit }, { video }) => {
		const all = known([video.duration, video.fps], (duration, rate) => Math.max(1, Math.round(duration * (fps ?? rate))));
		const { width, height } = video;
		const count = all === null ? null : Math.min(all, limit ?? all);
		return { images: { count, element: { kind: 'image', width, height, frames: 1, duration: 0, alpha: false, format: null } } };
	},
	lower: ({ fps, limit }) => [{ op: 'frames', fps: fps ?? null, limit: limit ?? null }],
	conversion: 5,
	example: { params: { fps: 2 }, inputs: { video: 'clip' } },
});
