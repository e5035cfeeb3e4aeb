import { imageOp, PROXY_SIDE, touched, z } from '../define.ts';
import { IMAGE_IN, IMAGE_OUT } from './common.ts';

/** The same picture, smaller, to try things on; animations keep their frames. */
export default imageOp({
	id: 'image.proxy',
	version: 1,
	hidden: true,
	lasting: true,
	title: { en: 'Proxy', zh: '代理图' },
	summary: { en: 'Make a smaller stand-in of a picture.', zh: '生成图片的小尺寸替身。' },
	phrases: { en: [], zh: [] },
	inputs: IMAGE_IN,
	outputs: IMAGE_OUT,
	params: z.object({}),
	describe: (_, { image }) => ({ image: { ...touched(image), ...shrunk(image, PROXY_SIDE) } }),
	lower: (_, { image }) => {
		const { width, height } = shrunk(image, PROXY_SIDE);
		return width === image.width && height === image.height ? [] : [{ op: 'resize', width, height, fit: 'fill' }];
	},
	example: { params: {}, inputs: { image: 'photo' } },
});

/** Size of a picture made to fit a square of `side` pixels; never larger than it was. */
export function shrunk<L extends number | null>(image: { readonly width: L; readonly height: L }, side: number): { width: L; height: L } {
	const { width, height } = image;
	if (width === null || height === null) return { width, height };
	const factor = Math.min(1, side / Math.max(width, height));
	const scaled = (length: number) => Math.max(1, Math.round(length * factor));
	return { width: scaled(width) as L, height: scaled(height) as L };
}
