import { field, videoOp, z } from '../define.ts';
import { changed, video } from './ports.ts';

/** Turns the frames by quarter turns, without a loss. */
export default videoOp({
	id: 'video.rotate',
	version: 1,
	title: { en: 'Rotate video', zh: '旋转视频' },
	summary: { en: 'Turn a video by 90, 180 or 270 degrees clockwise.', zh: '把视频顺时针旋转 90、180 或 270 度。' },
	phrases: {
		en: [
			'rotate',
			'turn',
			'turn sideways',
			'rotate 90',
			'rotate by 90 degrees',
			'rotate left',
			'rotate right',
			'clockwise',
			'counterclockwise',
			'upside down',
			'on its side',
			'fix the orientation',
			'turn it upright',
		],
		zh: ['旋转', '转90度', '向左转', '向右转', '顺时针', '逆时针', '倒过来', '转正', '横竖颠倒', '旋转视频'],
	},
	inputs: video,
	outputs: video,
	params: z.object({
		angle: field.choice({
			title: { en: 'Clockwise', zh: '顺时针' },
			choices: { 90: { en: '90° (right)', zh: '90°（向右）' }, 180: { en: '180°', zh: '180°' }, 270: { en: '270° (left)', zh: '270°（向左）' } },
			default: '90',
		}),
	}),
	describe: ({ angle }, { video }) => ({ video: changed(video, angle === '180' ? {} : { width: video.height, height: video.width }) }),
	lower: ({ angle }) => [{ op: 'rotate', angle: angle === '180' ? 180 : angle === '270' ? 270 : 90 }],
	example: { params: { angle: '90' }, inputs: { video: 'clip' } },
});
