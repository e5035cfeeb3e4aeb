import { imageOp, touched, z } from '../define.ts';
import { IMAGE_IN, IMAGE_OUT } from './common.ts';

/** Turns every colour into its opposite; transparency stays. */
export default imageOp({
	id: 'image.invert',
	version: 1,
	title: { en: 'Invert colours', zh: '反色' },
	summary: { en: 'Turn every colour of a picture into its opposite.', zh: '把图片的每种颜色变成相反的颜色。' },
	phrases: {
		en: [
			'invert',
			'invert the colours',
			'invert the colors',
			'invert colours',
			'invert colors',
			'inverted',
			'negative',
			'photo negative',
			'film negative',
			'opposite colours',
			'opposite colors',
			'reverse the colours',
			'reverse the colors',
			'swap black and white',
			'white on black',
			'x-ray look',
			'negate',
		],
		zh: ['反色', '反相', '负片', '底片', '颜色反转', '反转颜色', '黑白互换', '反色处理', '颜色取反'],
	},
	inputs: IMAGE_IN,
	outputs: IMAGE_OUT,
	params: z.object({}),
	describe: (_, { image }) => ({ image: touched(image) }),
	lower: () => [{ op: 'negate' }],
	example: { params: {}, inputs: { image: 'photo' } },
});
