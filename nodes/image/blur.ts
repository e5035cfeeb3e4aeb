import { field, imageOp, touched, z } from '../define.ts';
import { IMAGE_IN, IMAGE_OUT } from './common.ts';

/** Blurs with a Gaussian. Radii too small to be seen leave the picture as it is. */
export default imageOp({
	id: 'image.blur',
	version: 1,
	title: { en: 'Blur', zh: '模糊' },
	summary: { en: 'Blur a picture softly.', zh: '让图片变得模糊柔和。' },
	phrases: {
		en: [
			'blur',
			'blurry',
			'blurred',
			'soften',
			'soft focus',
			'out of focus',
			'smooth',
			'gaussian blur',
			'defocus',
			'unsharp',
			'make it blurry',
			'hazy',
			'frosted glass',
			'smudge',
			'hide details',
			'dreamy',
		],
		zh: ['模糊', '虚化', '柔化', '高斯模糊', '变模糊', '柔焦', '朦胧', '毛玻璃', '失焦', '磨皮'],
	},
	inputs: IMAGE_IN,
	outputs: IMAGE_OUT,
	params: z.object({
		radius: field.number({
			title: { en: 'Radius', zh: '半径' },
			unit: 'px',
			min: 0,
			max: 200,
			step: 0.1,
			logarithmic: true,
			default: 4,
			phrases: { en: ['radius', 'strength', 'sigma', 'amount'], zh: ['半径', '强度', '程度'] },
		}),
	}),
	describe: (_, { image }) => ({ image: touched(image) }),
	lower: ({ radius }) => (radius < 0.3 ? [] : [{ op: 'blur', sigma: radius }]),
	example: { params: { radius: 3 }, inputs: { image: 'photo' } },
});
