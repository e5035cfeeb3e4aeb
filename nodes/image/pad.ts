import { field, imageOp, oneOf, touched } from '../define.ts';
import type { Gravity } from '../steps/image.ts';
import { gravityField, IMAGE_IN, IMAGE_OUT, offsetOf, type Ratio, ratioField, ratioOf, translucent } from './common.ts';

const side = (title: { en: string; zh: string }) => field.number({ title, unit: 'px', min: 0, max: 20_000, whole: true, default: 0 });
const length = (title: { en: string; zh: string }) => field.number({ title, unit: 'px', min: 1, max: 100_000, whole: true });
const background = () =>
	field.colour({ title: { en: 'Background', zh: '背景' }, default: '#ffffff', phrases: { en: ['background', 'border'], zh: ['背景', '边框'] } });
const place = { en: 'Put the picture at', zh: '图片位置' };

/** Puts a picture on a larger canvas. Never cuts anything off. */
export default imageOp({
	id: 'image.pad',
	version: 1,
	title: { en: 'Pad image', zh: '扩边' },
	summary: { en: 'Add a border around a picture, to a shape, a size or by pixels.', zh: '在图片四周加边，可按比例、尺寸或像素。' },
	phrases: {
		en: [
			'pad',
			'padding',
			'add a border',
			'border',
			'add a frame',
			'white border',
			'black border',
			'margin around',
			'white space around',
			'letterbox',
			'pillarbox',
			'black bars',
			'extend the canvas',
			'enlarge the canvas',
			'bigger canvas',
			'canvas size',
			'square without cropping',
			'fit into a square',
			'make it square with white',
			'without cutting anything off',
			'polaroid',
		],
		zh: ['加边', '边框', '加白边', '加黑边', '留白', '扩边', '填充边缘', '扩展画布', '加框', '补成正方形', '不裁剪变正方形', '画布'],
	},
	inputs: IMAGE_IN,
	outputs: IMAGE_OUT,
	params: oneOf(
		'by',
		{ en: 'Pad by', zh: '加边方式' },
		{
			ratio: { title: { en: 'Shape', zh: '比例' }, fields: { ratio: ratioField(), gravity: gravityField(place, 'centre'), background: background() } },
			pixels: {
				title: { en: 'Pixels', zh: '像素' },
				fields: {
					top: side({ en: 'Top', zh: '上' }),
					right: side({ en: 'Right', zh: '右' }),
					bottom: side({ en: 'Bottom', zh: '下' }),
					left: side({ en: 'Left', zh: '左' }),
					background: background(),
				},
			},
			size: {
				title: { en: 'Size', zh: '尺寸' },
				fields: {
					width: length({ en: 'Width', zh: '宽度' }),
					height: length({ en: 'Height', zh: '高度' }),
					gravity: gravityField(place, 'centre'),
					background: background(),
				},
			},
		},
	),
	describe: (params, { image }) => {
		if (image.width === null || image.height === null)
			return { image: { ...touched(image), width: null, height: null, alpha: image.alpha === true ? true : null } };
		const { top, bottom, left, right } = sidesOf(params, image.width, image.height);
		const alpha = translucent(params.background) && top + bottom + left + right > 0 ? true : image.alpha;
		return { image: { ...touched(image), width: image.width + left + right, height: image.height + top + bottom, alpha } };
	},
	lower: (params, { image }) => {
		const sides = sidesOf(params, image.width, image.height);
		if (sides.top + sides.bottom + sides.left + sides.right === 0) return [];
		return [{ op: 'extend', ...sides, background: params.background }];
	},
	example: { params: { by: 'ratio', ratio: 'square', background: '#202020' }, inputs: { image: 'photo' } },
});

type Sides = { readonly top: number; readonly right: number; readonly bottom: number; readonly left: number };
type Wanted = { by: 'ratio'; ratio: Ratio; gravity: Gravity } | ({ by: 'pixels' } & Sides) | { by: 'size'; width: number; height: number; gravity: Gravity };

function sidesOf(wanted: Wanted, width: number, height: number): Sides {
	if (wanted.by === 'pixels') return { top: wanted.top, right: wanted.right, bottom: wanted.bottom, left: wanted.left };
	const ratio = wanted.by === 'ratio' ? ratioOf(wanted.ratio) : 1;
	const across = wanted.by === 'ratio' ? Math.round(height * ratio) : wanted.width;
	const down = wanted.by === 'ratio' ? Math.round(width / ratio) : wanted.height;
	const outer = { width: Math.max(width, across), height: Math.max(height, down) };
	const { left, top } = offsetOf(wanted.gravity, outer, { width, height });
	return { top, left, right: outer.width - width - left, bottom: outer.height - height - top };
}
