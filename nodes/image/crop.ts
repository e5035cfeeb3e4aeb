import { field, GraphError, imageOp, oneOf, touched } from '../define.ts';
import type { Gravity } from '../steps/image.ts';
import { gravityField, IMAGE_IN, IMAGE_OUT, offsetOf, type Ratio, ratioField, ratioOf } from './common.ts';

const keep = { en: 'Keep the part at', zh: '保留位置' };
const px = (title: { en: string; zh: string }, min: number) => ({ title, unit: 'px' as const, min, max: 100_000, whole: true });

/** Crops to a shape, to a size or to a rectangle. A rectangle that reaches over the edge ends at the edge. */
export default imageOp({
	id: 'image.crop',
	version: 1,
	title: { en: 'Crop image', zh: '裁剪图片' },
	summary: { en: 'Crop a picture to a shape, a size or a rectangle.', zh: '把图片裁剪成某个比例、尺寸或矩形区域。' },
	phrases: {
		en: [
			'crop',
			'crop to',
			'cut out',
			'cut to',
			'trim the edges',
			'trim the borders',
			'cut off the edges',
			'make it square',
			'make square',
			'square crop',
			'crop square',
			'square',
			'crop the centre',
			'crop the center',
			'crop the middle',
			'only the middle',
			'keep only the left',
			'keep only the top',
			'cut the sides off',
			'take a part of',
			'part of the picture',
			'region',
			'rectangle',
			'to 16:9',
			'to 4:5',
			'to 9:16',
			'widescreen',
			'instagram post',
			'story format',
			'aspect ratio',
			'centre crop',
			'center crop',
		],
		zh: [
			'裁剪',
			'裁切',
			'裁成',
			'裁掉',
			'剪裁',
			'截取',
			'切掉',
			'裁成正方形',
			'正方形',
			'方图',
			'居中裁剪',
			'裁成16:9',
			'裁掉边缘',
			'只保留中间',
			'截取一部分',
			'去掉边',
		],
	},
	inputs: IMAGE_IN,
	outputs: IMAGE_OUT,
	params: oneOf(
		'by',
		{ en: 'Crop by', zh: '裁剪方式' },
		{
			ratio: { title: { en: 'Shape', zh: '比例' }, fields: { ratio: ratioField(), gravity: gravityField(keep, 'centre') } },
			size: {
				title: { en: 'Size', zh: '尺寸' },
				fields: {
					width: field.number(px({ en: 'Width', zh: '宽度' }, 1)),
					height: field.number(px({ en: 'Height', zh: '高度' }, 1)),
					gravity: gravityField(keep, 'centre'),
				},
			},
			pixels: {
				title: { en: 'Rectangle', zh: '矩形' },
				fields: {
					left: field.number({ ...px({ en: 'Left', zh: '左' }, 0), default: 0 }),
					top: field.number({ ...px({ en: 'Top', zh: '上' }, 0), default: 0 }),
					width: field.number(px({ en: 'Width', zh: '宽度' }, 1)),
					height: field.number(px({ en: 'Height', zh: '高度' }, 1)),
				},
			},
		},
	),
	describe: (params, { image }) => {
		if (image.width === null || image.height === null) return { image: { ...touched(image), width: null, height: null } };
		const { width, height } = rectangleOf(params, { width: image.width, height: image.height });
		return { image: { ...touched(image), width, height } };
	},
	lower: (params, { image }) => {
		const box = rectangleOf(params, image);
		return box.width === image.width && box.height === image.height ? [] : [{ op: 'extract', ...box }];
	},
	example: { params: { by: 'ratio', ratio: 'square' }, inputs: { image: 'photo' } },
});

type Box = { readonly width: number; readonly height: number };
type Wanted =
	| { by: 'ratio'; ratio: Ratio; gravity: Gravity }
	| { by: 'size'; width: number; height: number; gravity: Gravity }
	| { by: 'pixels'; left: number; top: number; width: number; height: number };

function rectangleOf(wanted: Wanted, outer: Box): Box & { left: number; top: number } {
	if (wanted.by === 'pixels') {
		const { left, top } = wanted;
		if (left >= outer.width || top >= outer.height)
			throw new GraphError('image.crop-outside', { left, top, width: outer.width, height: outer.height }, { param: left >= outer.width ? 'left' : 'top' });
		return { left, top, width: Math.min(wanted.width, outer.width - left), height: Math.min(wanted.height, outer.height - top) };
	}
	const inner = wanted.by === 'ratio' ? shaped(ratioOf(wanted.ratio), outer) : wanted;
	const box = { width: Math.min(inner.width, outer.width), height: Math.min(inner.height, outer.height) };
	return { ...box, ...offsetOf(wanted.gravity, outer, box) };
}

/** The largest box of this shape inside the picture. */
function shaped(ratio: number, { width, height }: Box): Box {
	return width / height > ratio ? { width: Math.max(1, Math.round(height * ratio)), height } : { width, height: Math.max(1, Math.round(width / ratio)) };
}
