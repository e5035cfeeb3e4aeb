import { field, GraphError, task, z } from '../define.ts';
import { IMAGE_OUT } from './common.ts';

/** Lays many pictures out in a grid. */
export default task({
	id: 'image.contact-sheet',
	version: 1,
	title: { en: 'Contact sheet', zh: '拼图墙' },
	summary: { en: 'Lay many pictures out in a grid, as one picture.', zh: '把多张图片排成网格，合成一张图。' },
	phrases: {
		en: [
			'contact sheet',
			'grid',
			'in a grid',
			'collage',
			'mosaic',
			'overview',
			'thumbnails on one page',
			'all pictures on one page',
			'all in one picture',
			'gallery',
			'index sheet',
			'photo wall',
			'tile them',
			'arrange the pictures',
			'side by side in rows',
			'sprite sheet',
			'one overview image',
			'storyboard',
			'combine into a grid',
			'montage',
		],
		zh: ['拼图', '网格', '九宫格', '拼贴', '缩略图总览', '总览图', '照片墙', '索引页', '排成网格', '合成一张', '拼成一张', '联系表', '雪碧图'],
	},
	inputs: { images: { kind: 'image', title: { en: 'Images', zh: '图片' }, many: true } },
	outputs: IMAGE_OUT,
	params: z.object({
		columns: field.number({
			title: { en: 'Columns', zh: '列数' },
			min: 1,
			max: 50,
			whole: true,
			default: 4,
			phrases: { en: ['columns', 'across', 'per row'], zh: ['列', '每行'] },
		}),
		cellWidth: field.number({ title: { en: 'Cell width', zh: '单元格宽度' }, unit: 'px', min: 8, max: 4000, whole: true, default: 320 }),
		cellHeight: field.number({ title: { en: 'Cell height', zh: '单元格高度' }, unit: 'px', min: 8, max: 4000, whole: true, default: 240 }),
		gap: field.number({
			title: { en: 'Gap', zh: '间距' },
			unit: 'px',
			min: 0,
			max: 500,
			whole: true,
			default: 12,
			phrases: { en: ['gap', 'spacing', 'space between'], zh: ['间距', '间隔'] },
		}),
		fit: field.choice({
			title: { en: 'In its cell', zh: '在单元格内' },
			choices: { whole: { en: 'Show all of it', zh: '完整显示' }, fill: { en: 'Fill the cell and crop', zh: '填满并裁切' } },
			default: 'whole',
		}),
		background: field.colour({ title: { en: 'Background', zh: '背景' }, default: '#ffffff', phrases: { en: ['background'], zh: ['背景'] } }),
	}),
	describe: ({ columns, cellWidth, cellHeight, gap, background }, { images }) => {
		if (images.count === 0) throw new GraphError('image.no-pictures', { port: 'images' }, { port: 'images' });
		const across = images.count === null ? null : Math.min(columns, images.count);
		const down = images.count === null ? null : Math.ceil(images.count / columns);
		const alpha = background.length === 9;
		return {
			image: {
				kind: 'image',
				width: across === null ? null : across * cellWidth + (across + 1) * gap,
				height: down === null ? null : down * cellHeight + (down + 1) * gap,
				frames: 1,
				duration: 0,
				alpha,
				format: null,
			},
		};
	},
	example: { params: { columns: 2, cellWidth: 160, cellHeight: 120 }, inputs: { images: ['photo', 'portrait', 'logo'] } },
});
