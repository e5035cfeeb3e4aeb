import { field, imageOp, touched, z } from '../define.ts';
import { IMAGE_IN, IMAGE_OUT } from './common.ts';

/** Puts a colour behind the transparent parts. */
export default imageOp({
	id: 'image.background',
	version: 1,
	title: { en: 'Fill background', zh: '填充背景' },
	summary: { en: 'Put a colour behind the transparent parts of a picture.', zh: '在图片的透明部分后面填上颜色。' },
	phrases: {
		en: [
			'flatten',
			'fill the background',
			'background colour',
			'background color',
			'white background',
			'black background',
			'on a white background',
			'on white',
			'remove transparency',
			'remove the transparency',
			'no transparency',
			'fill the transparent parts',
			'replace transparency',
			'put it on a colour',
			'solid background',
			'remove alpha',
			'opaque',
		],
		zh: ['填充背景', '背景色', '白底', '白色背景', '黑色背景', '去掉透明', '去除透明', '透明变白', '不透明', '加背景', '底色', '透明背景填充'],
	},
	inputs: IMAGE_IN,
	outputs: IMAGE_OUT,
	params: z.object({
		colour: field.colour({
			title: { en: 'Colour', zh: '颜色' },
			default: '#ffffff',
			phrases: { en: ['colour', 'color', 'background'], zh: ['颜色', '背景', '底色'] },
		}),
	}),
	describe: (_, { image }) => ({ image: { ...touched(image), alpha: false } }),
	lower: ({ colour }, { image }) => (image.alpha ? [{ op: 'flatten', background: colour }] : []),
	example: { params: { colour: '#ffe8cc' }, inputs: { image: 'logo' } },
});
