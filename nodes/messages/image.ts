import type { Words } from './words.ts';

/** Messages of the image nodes and of the image backend. */
export const image = {
	'image.cut-off': {
		en: '{name} is cut off: the end of the {format} picture is missing. Get the whole file again.',
		zh: '{name} 不完整：{format} 图片缺少结尾部分。请重新获取完整的文件。',
	},
	'image.crop-outside': {
		en: 'Expected a crop that starts inside the picture of {width}×{height} px, got left {left}, top {top}. Choose smaller values.',
		zh: '裁剪起点应在 {width}×{height} px 的图片之内，但得到左 {left}、上 {top}。请改小这些值。',
	},
	'image.too-large-for-format': {
		en: '{format} takes at most {limit} px a side, and this picture is {width}×{height} px. Make it smaller, or save it as {choices}.',
		zh: '{format} 每边最多 {limit} px，而这张图片是 {width}×{height} px。请缩小图片，或保存为 {choices}。',
	},
	'image.too-many-pixels': {
		en: '{name} has {width}×{height} px, more than the {limit} million pixels that are read at once. Make it smaller first.',
		zh: '{name} 有 {width}×{height} px，超过一次可读取的 {limit} 百万像素。请先缩小它。',
	},
	'image.not-readable': {
		en: '{name} is a {format} picture, which can not be read here. Convert it to PNG or JPEG first, then choose that file.',
		zh: '{name} 是 {format} 图片，这里无法读取。请先把它转换成 PNG 或 JPEG，再选择新文件。',
	},
	'image.result-too-large': {
		en: 'The result would be {width}×{height} px, more than the {limit} that can be made. Use fewer pictures, or resize them first.',
		zh: '结果会是 {width}×{height} px，超过可制作的 {limit}。请减少图片数量，或先缩小它们。',
	},
	'image.no-pictures': {
		en: 'Expected at least one picture, got none. Connect pictures to {port}.',
		zh: '至少需要一张图片，但没有得到。请给 {port} 接入图片。',
	},
} as const satisfies Record<string, Words>;
