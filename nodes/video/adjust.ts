import { field, videoOp, z } from '../define.ts';
import { changed, video } from './ports.ts';

/** Brightness, contrast and saturation. */
export default videoOp({
	id: 'video.adjust',
	version: 1,
	title: { en: 'Adjust colours of video', zh: '调整视频色彩' },
	summary: { en: 'Change the brightness, contrast and saturation of a video.', zh: '调整视频的亮度、对比度和饱和度。' },
	phrases: {
		en: [
			'brighter',
			'brighten',
			'darker',
			'darken',
			'brightness',
			'contrast',
			'more contrast',
			'saturation',
			'more vivid',
			'vivid colours',
			'more colourful',
			'paler',
			'wash out',
			'colour correct',
			'adjust the colours',
			'too dark',
			'too bright',
		],
		zh: ['调亮', '变亮', '调暗', '变暗', '亮度', '对比度', '饱和度', '更鲜艳', '调色', '色彩调整', '太暗', '太亮'],
	},
	inputs: video,
	outputs: video,
	params: z.object({
		brightness: field.number({
			title: { en: 'Brightness', zh: '亮度' },
			hint: { en: '0: as it is', zh: '0：不变' },
			unit: '%',
			min: -100,
			max: 100,
			default: 0,
		}),
		contrast: field.number({
			title: { en: 'Contrast', zh: '对比度' },
			hint: { en: '100: as it is', zh: '100：不变' },
			unit: '%',
			min: 0,
			max: 300,
			default: 100,
		}),
		saturation: field.number({
			title: { en: 'Saturation', zh: '饱和度' },
			hint: { en: '100: as it is', zh: '100：不变' },
			unit: '%',
			min: 0,
			max: 300,
			default: 100,
		}),
	}),
	describe: (_, { video }) => ({ video: changed(video) }),
	lower: ({ brightness, contrast, saturation }) => [{ op: 'adjust', brightness: brightness / 100, contrast: contrast / 100, saturation: saturation / 100 }],
	example: { params: { brightness: 10, saturation: 150 }, inputs: { video: 'clip' } },
});
