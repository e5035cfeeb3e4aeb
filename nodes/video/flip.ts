import { field, videoOp, z } from '../define.ts';
import { changed, video } from './ports.ts';

/** Mirrors the frames. */
export default videoOp({
	id: 'video.flip',
	version: 1,
	title: { en: 'Mirror video', zh: '翻转视频' },
	summary: { en: 'Mirror a video left to right or top to bottom.', zh: '把视频左右或上下翻转。' },
	phrases: {
		en: [
			'flip',
			'mirror',
			'mirror image',
			'flip horizontally',
			'flip vertically',
			'flop',
			'reverse left and right',
			'swap left and right',
			'selfie mirror',
			'unmirror',
			'reflect',
			'mirrored',
		],
		zh: ['翻转', '镜像', '左右翻转', '上下翻转', '水平翻转', '垂直翻转', '左右颠倒', '镜面', '反转画面'],
	},
	inputs: video,
	outputs: video,
	params: z.object({
		axis: field.choice({
			title: { en: 'Direction', zh: '方向' },
			choices: { horizontal: { en: 'Left to right', zh: '左右' }, vertical: { en: 'Top to bottom', zh: '上下' } },
			default: 'horizontal',
		}),
	}),
	describe: (_, { video }) => ({ video: changed(video) }),
	lower: ({ axis }) => [{ op: 'flip', axis }],
	example: { params: {}, inputs: { video: 'clip' } },
});
