import { field, GraphError, type ImageMetadata, imageOp, oneOf, type Words } from '../define.ts';
import type { ImageStep } from '../steps/image.ts';
import { IMAGE_IN } from './common.ts';

type Format = Extract<ImageStep, { op: 'encode' }>['format'];
const FORMATS = ['png', 'jpeg', 'webp', 'avif', 'tiff', 'gif'] as const satisfies readonly Format[];
/** Most pixels a side that the format can hold. */
const LIMITS: { readonly [F in Format]: number } = { jpeg: 65_500, webp: 16_383, avif: 16_384, gif: 65_535, png: 10_000_000, tiff: 10_000_000 };
const ANIMATED: readonly Format[] = ['gif', 'webp'];

const quality = (preset: number, hint?: Words) =>
	field.number({
		title: { en: 'Quality', zh: '质量' },
		...(hint === undefined ? {} : { hint }),
		min: 1,
		max: 100,
		whole: true,
		default: preset,
		phrases: { en: ['quality', 'compression'], zh: ['质量', '画质', '压缩'] },
	});
const lossless = () => field.toggle({ title: { en: 'Lossless', zh: '无损' }, default: false, phrases: { en: ['lossless', 'without loss'], zh: ['无损'] } });
const loop = () =>
	field.number({
		title: { en: 'Repetitions', zh: '循环次数' },
		hint: { en: '0: for ever. Only for animations.', zh: '0 表示一直循环。仅用于动图。' },
		min: 0,
		max: 1000,
		whole: true,
		default: 0,
	});
const common = () => ({
	keepMetadata: field.toggle({
		title: { en: 'Keep camera data', zh: '保留拍摄信息' },
		hint: { en: 'Camera, time and place of the photo (EXIF). Taken out unless you keep them.', zh: '相机、时间和地点（EXIF）。默认会去除。' },
		default: false,
		phrases: { en: ['keep exif', 'keep metadata', 'camera data'], zh: ['保留exif', '保留元数据', '拍摄信息'] },
	}),
	name: field.text({
		title: { en: 'File name', zh: '文件名' },
		hint: { en: '{name} stands for the name of the source.', zh: '{name} 代表来源文件的名称。' },
		max: 200,
		default: '{name}',
	}),
});

/** Writes a picture into a file. Formats without transparency get a background; those without animation keep the first frame. */
export default imageOp({
	id: 'image.save',
	version: 1,
	title: { en: 'Save image', zh: '保存图片' },
	summary: { en: 'Save a picture as JPEG, PNG, WebP, AVIF, TIFF or GIF.', zh: '把图片保存为 JPEG、PNG、WebP、AVIF、TIFF 或 GIF。' },
	phrases: {
		en: [
			'save as',
			'save',
			'save as jpg',
			'save as jpeg',
			'save as png',
			'as png',
			'as jpg',
			'as jpeg',
			'as webp',
			'as avif',
			'as tiff',
			'to png',
			'to jpg',
			'to jpeg',
			'to webp',
			'to avif',
			'convert to',
			'convert',
			'export',
			'export as',
			'change the format',
			'turn into a jpg',
			'turn into a png',
			'compress',
			'optimise',
			'optimize',
			'smaller file',
			'reduce the file size',
			'for the web',
			'strip metadata',
			'remove exif',
			'encode',
		],
		zh: [
			'保存',
			'保存为',
			'另存为',
			'转成',
			'转换',
			'转为',
			'转换成',
			'导出',
			'转格式',
			'格式转换',
			'转png',
			'转jpg',
			'转webp',
			'压缩',
			'压缩图片',
			'减小体积',
			'去除exif',
			'存成',
		],
	},
	inputs: IMAGE_IN,
	outputs: { file: { kind: 'file', title: { en: 'File', zh: '文件' } } },
	saves: true,
	params: oneOf(
		'format',
		{ en: 'Format', zh: '格式' },
		{
			png: {
				title: { en: 'PNG (sharp edges, transparency)', zh: 'PNG（线条清晰、支持透明）' },
				fields: { quality: quality(100, { en: 'Below 100 uses fewer colours, for smaller files.', zh: '低于 100 时减少颜色数，文件更小。' }), ...common() },
			},
			jpeg: {
				title: { en: 'JPEG (photos)', zh: 'JPEG（照片）' },
				fields: {
					quality: quality(85),
					background: field.colour({ title: { en: 'Behind transparent parts', zh: '透明部分的底色' }, default: '#ffffff' }),
					...common(),
				},
			},
			webp: {
				title: { en: 'WebP (small, for the web)', zh: 'WebP（体积小，适合网页）' },
				fields: { quality: quality(80), lossless: lossless(), loop: loop(), ...common() },
			},
			avif: { title: { en: 'AVIF (smallest)', zh: 'AVIF（体积最小）' }, fields: { quality: quality(55), lossless: lossless(), ...common() } },
			tiff: { title: { en: 'TIFF (print)', zh: 'TIFF（印刷）' }, fields: common() },
			gif: { title: { en: 'GIF (animation)', zh: 'GIF（动图）' }, fields: { loop: loop(), ...common() } },
		},
	),
	describe: ({ format }, { image }) => {
		const { width, height } = image;
		const limit = LIMITS[format];
		if (Math.max(width ?? 0, height ?? 0) > limit) {
			const choices = FORMATS.filter((other) => LIMITS[other] >= Math.max(width ?? 0, height ?? 0));
			throw new GraphError('image.too-large-for-format', { format, limit, width: width ?? 0, height: height ?? 0, choices }, { param: 'format' });
		}
		return { file: { kind: 'file', format, bytes: null, content: contentOf(format, image) } };
	},
	lower: (params) => [
		{
			op: 'encode',
			format: params.format,
			quality: 'quality' in params ? params.quality : 100,
			lossless: 'lossless' in params ? params.lossless : false,
			keepMetadata: params.keepMetadata,
			background: 'background' in params ? params.background : '#ffffff',
			loop: 'loop' in params ? params.loop : 0,
		},
	],
	example: { params: { format: 'webp', quality: 75 }, inputs: { image: 'photo' } },
});

function contentOf(format: Format, image: ImageMetadata): ImageMetadata {
	const still = !ANIMATED.includes(format);
	return {
		...image,
		format,
		frames: still ? 1 : image.frames,
		duration: still ? 0 : image.duration,
		// Writers of animations decide themselves whether a frame needs transparency to build on the one before.
		alpha: format === 'jpeg' ? false : !still && image.frames !== 1 ? null : image.alpha,
	};
}
