import { field, imageOp, touched, z } from '../define.ts';
import type { ImageStep } from '../steps/image.ts';
import { IMAGE_IN, IMAGE_OUT } from './common.ts';

const percent = (max: number) => ({ unit: '%' as const, min: -100, max, whole: true, default: 0 });

/** Changes light and colour. Every value is a change, and 0 (gamma: 1) leaves the picture as it is. */
export default imageOp({
	id: 'image.adjust',
	version: 1,
	title: { en: 'Adjust colours', zh: '调整颜色' },
	summary: { en: 'Change brightness, contrast, saturation, hue and gamma of a picture.', zh: '调整图片的亮度、对比度、饱和度、色相和伽马。' },
	phrases: {
		en: [
			'brighten',
			'brighter',
			'lighter',
			'lighten',
			'darken',
			'darker',
			'dim',
			'brightness',
			'contrast',
			'more contrast',
			'less contrast',
			'increase contrast',
			'saturation',
			'saturate',
			'more colourful',
			'more colorful',
			'colourful',
			'vivid',
			'vibrant',
			'punchy',
			'less saturated',
			'washed out',
			'mute the colours',
			'muted colors',
			'hue',
			'shift the colours',
			'shift the hue',
			'gamma',
			'adjust colours',
			'adjust colors',
			'exposure',
			'too dark',
			'too bright',
			'colour correct',
		],
		zh: [
			'调亮',
			'变亮',
			'亮一点',
			'提亮',
			'调暗',
			'变暗',
			'暗一点',
			'亮度',
			'对比度',
			'增加对比',
			'饱和度',
			'更鲜艳',
			'鲜艳',
			'色相',
			'色调',
			'伽马',
			'曝光',
			'调色',
			'颜色调整',
		],
	},
	inputs: IMAGE_IN,
	outputs: IMAGE_OUT,
	params: z.object({
		brightness: field.number({
			title: { en: 'Brightness', zh: '亮度' },
			...percent(300),
			phrases: { en: ['brightness', 'brighter', 'darker', 'brighten', 'darken'], zh: ['亮度', '调亮', '调暗'] },
		}),
		contrast: field.number({ title: { en: 'Contrast', zh: '对比度' }, ...percent(300), phrases: { en: ['contrast'], zh: ['对比度', '对比'] } }),
		saturation: field.number({
			title: { en: 'Saturation', zh: '饱和度' },
			...percent(300),
			phrases: { en: ['saturation', 'colourful', 'colorful', 'vivid'], zh: ['饱和度', '鲜艳'] },
		}),
		hue: field.number({ title: { en: 'Hue', zh: '色相' }, unit: '°', min: -180, max: 180, whole: true, default: 0, phrases: { en: ['hue'], zh: ['色相'] } }),
		gamma: field.number({
			title: { en: 'Gamma', zh: '伽马' },
			hint: { en: 'Above 1 lightens the middle tones, below 1 darkens them.', zh: '大于 1 提亮中间调，小于 1 压暗中间调。' },
			min: 0.35,
			max: 3,
			step: 0.05,
			default: 1,
		}),
	}),
	describe: (_, { image }) => ({ image: touched(image) }),
	lower: ({ brightness, contrast, saturation, hue, gamma }) => {
		const steps: ImageStep[] = [];
		// In the order in which sharp can do all of it in one pass: darkening by gamma comes before, lightening after the colours.
		if (gamma < 1) steps.push({ op: 'gamma', gamma });
		if (brightness !== 0 || saturation !== 0 || hue !== 0)
			steps.push({ op: 'modulate', brightness: 1 + brightness / 100, saturation: 1 + saturation / 100, hue: (hue + 360) % 360 });
		if (gamma > 1) steps.push({ op: 'gamma', gamma });
		if (contrast !== 0) steps.push({ op: 'linear', a: 1 + contrast / 100, b: 127.5 * (-contrast / 100) });
		return steps;
	},
	example: { params: { brightness: 10, contrast: 20, saturation: 30, gamma: 1.2 }, inputs: { image: 'photo' } },
});
