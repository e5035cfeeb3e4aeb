import { field, imageOp, touched, z } from '../define.ts';
import { sizeOf } from './size.ts';

/** Resizes to a width, a height or both, in pixels; one side alone keeps the proportions. */
export default imageOp({
	id: 'image.resize',
	version: 1,
	title: { en: 'Resize image', zh: '调整图片大小' },
	summary: { en: 'Resize a picture to a width, a height or both.', zh: '把图片缩放到指定的宽、高，或同时指定两者。' },
	phrases: {
		en: [
			'resize',
			'make smaller',
			'shrink',
			'scale down',
			'scale',
			'downscale',
			'make it wide',
			'wide',
			'pixels wide',
			'reduce the size',
			'change the size',
			'fit into',
		],
		zh: ['缩放', '缩小', '调整大小', '改变尺寸', '改尺寸', '调整尺寸', '宽度改为', '压小'],
	},
	inputs: { image: { kind: 'image', title: { en: 'Image', zh: '图片' } } },
	outputs: { image: { kind: 'image', title: { en: 'Image', zh: '图片' } } },
	params: z.object({
		width: field.number({ title: { en: 'Width', zh: '宽度' }, unit: 'px', min: 1, max: 16_384, whole: true, logarithmic: true, optional: true }),
		height: field.number({ title: { en: 'Height', zh: '高度' }, unit: 'px', min: 1, max: 16_384, whole: true, logarithmic: true, optional: true }),
		fit: field.choice({
			title: { en: 'When both are given', zh: '同时指定宽高时' },
			choices: {
				inside: { en: 'Fit inside', zh: '完整放入' },
				cover: { en: 'Fill and crop', zh: '填满并裁切' },
				stretch: { en: 'Stretch', zh: '拉伸' },
			},
			default: 'inside',
		}),
		enlarge: field.toggle({ title: { en: 'Enlarge smaller pictures', zh: '放大较小的图片' }, default: false }),
	}),
	describe: (params, { image }) => ({ image: { ...touched(image), ...sizeOf(params, image.width, image.height) } }),
	lower: (params, { image }) => {
		const { width, height } = sizeOf(params, image.width, image.height);
		if (width === image.width && height === image.height) return [];
		return [{ op: 'resize', width: width ?? image.width, height: height ?? image.height, fit: params.fit === 'cover' ? 'cover' : 'fill' }];
	},
	example: { params: { width: 120 }, inputs: { image: 'photo' } },
});
