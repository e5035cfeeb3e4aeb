import { field, GraphError, type ImageMetadata, type ManyMetadata, task, z } from '../define.ts';
import { IMAGE_OUT } from './common.ts';

/** Longest side that the strip may have, in pixels; and most pixels, for which PNG and our reader still hold. */
export const MOST_SIDE = 10_000_000;
export const MOST_PIXELS = 4_000_000_000;

/** Joins pictures end to end, scaled to the same width (or height, side by side). */
export default task({
	id: 'image.stitch',
	version: 1,
	title: { en: 'Stitch images', zh: '拼接长图' },
	summary: { en: 'Join many pictures into one long picture.', zh: '把多张图片拼接成一张长图。' },
	phrases: {
		en: [
			'one long image',
			'one long picture',
			'long image',
			'stitch',
			'stitch together',
			'join the pictures',
			'join the images',
			'combine the images',
			'combine the pages',
			'merge the images',
			'all pages in one image',
			'all pages in one picture',
			'into one image',
			'as one image',
			'one below the other',
			'below each other',
			'stack',
			'stack vertically',
			'side by side',
			'next to each other',
			'in one strip',
			'long screenshot',
			'scroll',
			'append the pictures',
			'concatenate the images',
			'before and after',
		],
		zh: [
			'长图',
			'拼接',
			'拼成长图',
			'拼长图',
			'接成一张',
			'所有页拼成一张',
			'纵向拼接',
			'横向拼接',
			'上下拼接',
			'左右拼接',
			'并排',
			'合并图片',
			'连成一张',
			'一张长图',
			'长截图',
		],
	},
	inputs: { images: { kind: 'image', title: { en: 'Images', zh: '图片' }, many: true } },
	outputs: IMAGE_OUT,
	params: z.object({
		direction: field.choice({
			title: { en: 'Direction', zh: '方向' },
			choices: { down: { en: 'Below each other', zh: '上下' }, across: { en: 'Side by side', zh: '左右' } },
			default: 'down',
			phrases: { en: ['vertically', 'horizontally', 'side by side', 'below'], zh: ['纵向', '横向', '并排', '上下', '左右'] },
		}),
		size: field.choice({
			title: { en: 'Different sizes', zh: '尺寸不同时' },
			choices: { scale: { en: 'Scale to the largest', zh: '缩放到最大' }, keep: { en: 'Keep, and centre', zh: '保持原样并居中' } },
			default: 'scale',
		}),
		gap: field.number({
			title: { en: 'Gap', zh: '间距' },
			unit: 'px',
			min: 0,
			max: 1000,
			whole: true,
			default: 0,
			phrases: { en: ['gap', 'spacing', 'space between'], zh: ['间距', '间隔'] },
		}),
		background: field.colour({ title: { en: 'Background', zh: '背景' }, default: '#ffffff', phrases: { en: ['background'], zh: ['背景'] } }),
	}),
	describe: (params, { images }) => {
		if (images.count === 0) throw new GraphError('image.no-pictures', { port: 'images' }, { port: 'images' });
		const sizes = sizesOf(images);
		const alpha = params.background.length === 9;
		const unknown = { kind: 'image', width: null, height: null, frames: 1, duration: 0, alpha, format: null } as const;
		if (sizes === null) return { image: unknown };
		const { width, height } = stitched(params, sizes);
		if (Math.max(width, height) > MOST_SIDE || width * height > MOST_PIXELS)
			throw new GraphError('image.result-too-large', { width, height, limit: `${MOST_SIDE} px × ${MOST_PIXELS / 1e6} MP` }, { port: 'images' });
		return { image: { ...unknown, width, height } };
	},
	example: { params: { gap: 8 }, inputs: { images: ['photo', 'portrait'] } },
});

interface Size {
	readonly width: number;
	readonly height: number;
}

function sizesOf(images: ManyMetadata<'image'>): readonly Size[] | null {
	const each: readonly ImageMetadata[] = images.elements ?? Array.from({ length: images.count ?? 0 }, () => images.element);
	const sizes = each.map(({ width, height }) => (width === null || height === null ? null : { width, height })).filter((size) => size !== null);
	return images.count === null || sizes.length < images.count ? null : sizes;
}

/** Size of each picture in the strip. */
export function placed(params: { readonly direction: 'down' | 'across'; readonly size: 'scale' | 'keep' }, sizes: readonly Size[]): readonly Size[] {
	if (params.size === 'keep') return sizes;
	const down = params.direction === 'down';
	const side = Math.max(...sizes.map((size) => (down ? size.width : size.height)));
	return sizes.map(({ width, height }) =>
		down
			? { width: side, height: Math.max(1, Math.round((height * side) / width)) }
			: { width: Math.max(1, Math.round((width * side) / height)), height: side },
	);
}

/** Size of the whole strip. */
export function stitched(
	params: { readonly direction: 'down' | 'across'; readonly size: 'scale' | 'keep'; readonly gap: number },
	sizes: readonly Size[],
): Size {
	const each = placed(params, sizes);
	const gaps = params.gap * (sizes.length - 1);
	const sum = (pick: (size: Size) => number) => each.reduce((total, size) => total + pick(size), 0) + gaps;
	const most = (pick: (size: Size) => number) => Math.max(...each.map(pick));
	return params.direction === 'down'
		? { width: most((size) => size.width), height: sum((size) => size.height) }
		: { width: sum((size) => size.width), height: most((size) => size.height) };
}
