import { field, videoOp, z } from '../define.ts';
import { EASES, moveOf, PANS } from './moves.ts';
import { changed, video } from './ports.ts';

/** A camera that travels across the picture over the whole length of a video. */
export default videoOp({
	id: 'video.pan',
	version: 1,
	title: { en: 'Slow pan', zh: '缓慢平移' },
	summary: { en: 'Move slowly across the picture of a video, over its whole length.', zh: '在整个视频中让画面缓慢平移。' },
	phrases: {
		en: [
			'pan',
			'pan left',
			'pan right',
			'slow pan',
			'pan across',
			'panning',
			'move across',
			'move from left to right',
			'travel across',
			'tilt up',
			'tilt down',
			'camera moves',
			'slide across',
			'sideways camera',
		],
		zh: ['平移', '镜头平移', '从左到右', '从右到左', '横移', '摇镜头', '缓慢平移', '镜头移动', '上下移动'],
	},
	inputs: video,
	outputs: video,
	params: z.object({
		motion: field.choice({ title: { en: 'Direction', zh: '方向' }, choices: PANS, default: 'right' }),
		amount: field.number({ title: { en: 'Amount', zh: '幅度' }, unit: '%', min: 1, max: 300, logarithmic: true, default: 20 }),
		ease: field.choice({ title: { en: 'Pace', zh: '节奏' }, choices: EASES, default: 'smooth' }),
	}),
	describe: (_, { video }) => ({ video: changed(video) }),
	lower: ({ motion, amount, ease }, { video }) => {
		const { width, height, fps, duration } = video;
		return [{ op: 'camera', ...moveOf(motion, amount), ease, duration, width, height, fps, still: false }];
	},
	example: { params: {}, inputs: { video: 'silent-clip' } },
});
