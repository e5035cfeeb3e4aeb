import { field, videoOp, z } from '../define.ts';
import { EASES, moveOf, ZOOMS } from './moves.ts';
import { changed, video } from './ports.ts';

/** A slow zoom over the whole length of a video. */
export default videoOp({
	id: 'video.zoom',
	version: 1,
	title: { en: 'Slow zoom', zh: '缓慢缩放' },
	summary: { en: 'Zoom slowly into a video, or out of it, over its whole length.', zh: '在整个视频中缓慢推近或拉远画面。' },
	phrases: {
		en: [
			'zoom',
			'zoom in',
			'zoom out',
			'slow zoom',
			'slowly zoom',
			'zoom into',
			'zooming',
			'push in',
			'pull out',
			'dolly in',
			'storytelling zoom',
			'cinematic zoom',
			'gradual zoom',
			'creep in',
			'punch in',
		],
		zh: ['缩放镜头', '推近', '拉远', '缓慢推近', '慢慢放大', '慢慢缩小', '推镜头', '拉镜头', '镜头推进', '缓慢缩放'],
	},
	inputs: video,
	outputs: video,
	params: z.object({
		motion: field.choice({ title: { en: 'Motion', zh: '运动' }, choices: ZOOMS, default: 'in' }),
		amount: field.number({ title: { en: 'Amount', zh: '幅度' }, unit: '%', min: 1, max: 300, logarithmic: true, default: 20 }),
		x: field.number({ title: { en: 'Across', zh: '横向中心' }, unit: '%', min: 0, max: 100, default: 50 }),
		y: field.number({ title: { en: 'Down', zh: '纵向中心' }, unit: '%', min: 0, max: 100, default: 50 }),
		ease: field.choice({ title: { en: 'Pace', zh: '节奏' }, choices: EASES, default: 'smooth' }),
	}),
	describe: (_, { video }) => ({ video: changed(video) }),
	lower: ({ motion, amount, x, y, ease }, { video }) => {
		const { width, height, fps, duration } = video;
		return [{ op: 'camera', ...moveOf(motion, amount, { x: x / 100, y: y / 100 }), ease, duration, width, height, fps, still: false }];
	},
	example: { params: {}, inputs: { video: 'silent-clip' } },
});
