import { field, imageOp, touched, z } from '../define.ts';
import { IMAGE_IN, IMAGE_OUT } from './common.ts';

/** Mirrors a picture. */
export default imageOp({
	id: 'image.flip',
	version: 1,
	title: { en: 'Flip image', zh: '翻转图片' },
	summary: { en: 'Mirror a picture from left to right, or from top to bottom.', zh: '把图片左右镜像，或上下翻转。' },
	phrases: {
		en: [
			'flip',
			'mirror',
			'mirror image',
			'flip horizontally',
			'flip vertically',
			'flip left to right',
			'flip upside down',
			'reflect',
			'reflection',
			'mirrored',
			'swap left and right',
			'horizontal flip',
			'vertical flip',
			'flop',
			'reverse the selfie',
			'left and right swapped',
		],
		zh: ['翻转', '镜像', '左右翻转', '上下翻转', '水平翻转', '垂直翻转', '对称', '左右互换', '反转方向', '镜面'],
	},
	inputs: IMAGE_IN,
	outputs: IMAGE_OUT,
	params: z.object({
		direction: field.choice({
			title: { en: 'Direction', zh: '方向' },
			choices: {
				horizontal: { en: 'Left ↔ right', zh: '左右' },
				vertical: { en: 'Top ↔ bottom', zh: '上下' },
				both: { en: 'Both', zh: '两者' },
			},
			default: 'horizontal',
			phrases: { en: ['horizontally', 'vertically', 'horizontal', 'vertical'], zh: ['水平', '垂直', '左右', '上下'] },
		}),
	}),
	describe: (_, { image }) => ({ image: touched(image) }),
	lower: ({ direction }) => [...(direction === 'horizontal' ? [] : [{ op: 'flip' as const }]), ...(direction === 'vertical' ? [] : [{ op: 'flop' as const }])],
	example: { params: { direction: 'horizontal' }, inputs: { image: 'photo' } },
});
