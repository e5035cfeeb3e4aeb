import { field, imageOp, touched, z } from '../define.ts';
import { IMAGE_IN, IMAGE_OUT } from './common.ts';

/** Makes edges crisper, in lightness only, so that colours get no fringes. */
export default imageOp({
	id: 'image.sharpen',
	version: 1,
	title: { en: 'Sharpen', zh: '锐化' },
	summary: { en: 'Make the edges in a picture crisper.', zh: '让图片的边缘更清晰。' },
	phrases: {
		en: [
			'sharpen',
			'sharper',
			'crisp',
			'crisper',
			'make it sharp',
			'clearer',
			'more detail',
			'enhance the details',
			'unsharp mask',
			'increase sharpness',
			'sharpness',
			'less blurry',
			'fix blurry photo',
			'crisp edges',
			'bring out details',
		],
		zh: ['锐化', '清晰', '更清晰', '变清晰', '提高清晰度', '增强细节', '边缘清晰', '锐利', '去模糊', '清楚一点'],
	},
	inputs: IMAGE_IN,
	outputs: IMAGE_OUT,
	params: z.object({
		amount: field.number({
			title: { en: 'Amount', zh: '强度' },
			unit: '%',
			min: 0,
			max: 500,
			whole: true,
			default: 100,
			phrases: { en: ['amount', 'strength'], zh: ['强度', '程度'] },
		}),
		radius: field.number({ title: { en: 'Radius', zh: '半径' }, unit: 'px', min: 0, max: 10, step: 0.1, default: 1 }),
	}),
	describe: (_, { image }) => ({ image: touched(image) }),
	lower: ({ amount, radius }) => (amount === 0 || radius < 0.1 ? [] : [{ op: 'sharpen', sigma: Math.max(0.3, radius), amount: amount / 100 }]),
	example: { params: { amount: 150 }, inputs: { image: 'photo' } },
});
