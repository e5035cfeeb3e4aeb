import { type DocumentMetadata, field, GraphError, type ImageMetadata, type ManyMetadata, task, z } from '../define.ts';
import { listOf } from '../inference.ts';
import { pagesOf } from './range.ts';
import { pageSize, pixelsOf } from './size.ts';

/** Draws the pages of a PDF as pictures, each alone, so that many cores share a long document. */
export default task({
	id: 'document.pages',
	version: 1,
	revision: 2,
	title: { en: 'Pages as images', zh: '页面转图片' },
	summary: { en: 'Draw every page of a PDF, or some of them, as a picture.', zh: '把 PDF 的每一页（或指定页）渲染成图片。' },
	phrases: {
		en: [
			'pages as images',
			'every page as an image',
			'each page as a picture',
			'all pages as png',
			'pdf to images',
			'pdf to image',
			'pdf to png',
			'pdf to jpg',
			'pdf to jpeg',
			'convert the pdf to pictures',
			'turn the pdf into pictures',
			'render the pages',
			'rasterize',
			'rasterise',
			'export pages',
			'page images',
			'pages to pictures',
			'split the pdf into images',
			'pictures of the pages',
			'screenshot of each page',
			'first page as an image',
			'the first page of the pdf',
			'page 1 of the pdf',
			'cover of the pdf',
			'thumbnail of the pdf',
			'slides as images',
			'slides to png',
			'scan pages as images',
			'one image per page',
			'one picture a page',
		],
		zh: [
			'每一页转成图片',
			'每页一张图片',
			'每页一张图',
			'页面转图片',
			'转成图片',
			'pdf转图片',
			'pdf 转图片',
			'pdf转png',
			'pdf转jpg',
			'pdf导出图片',
			'把pdf变成图片',
			'渲染页面',
			'pdf第一页',
			'pdf封面',
			'所有页面导出为图片',
			'幻灯片转图片',
		],
	},
	inputs: { document: { kind: 'document', title: { en: 'Document', zh: '文档' } } },
	outputs: { images: { kind: 'image', many: true, title: { en: 'Pages', zh: '页面' } } },
	params: z.object({
		dpi: field.number({
			title: { en: 'Dots per inch', zh: '分辨率' },
			hint: { en: '72 is the size on a screen, 150 reads well, 300 is for print.', zh: '72 为屏幕大小，150 清晰易读，300 适合打印。' },
			phrases: { en: ['dpi', 'ppi', 'dots per inch', 'resolution'], zh: ['dpi', '分辨率', '清晰度'] },
			unit: 'dpi',
			min: 36,
			max: 600,
			whole: true,
			default: 150,
		}),
		pages: field.text({
			title: { en: 'Pages', zh: '页码' },
			hint: { en: 'Such as 1-3,5 or 4-. Empty: all.', zh: '例如 1-3,5 或 4-。留空表示全部。' },
			phrases: { en: ['pages', 'page', 'only pages'], zh: ['页', '页码', '第几页'] },
			max: 500,
			optional: true,
		}),
	}),
	describe: ({ dpi, pages }, { document }) => ({ images: described(document, dpi, pages) }),
	perElement: true,
	conversion: 2,
	example: { params: { dpi: 72 }, inputs: { document: 'pdf' } },
});

/** More pages than this are described as one, to keep metadata small. */
const DESCRIBED_EACH = 1000;

function described(document: DocumentMetadata, dpi: number, range: string | undefined): ManyMetadata<'image'> {
	if (document.encrypted === true) throw new GraphError('document.locked', {}, { port: 'document' });
	const wanted = pagesOf(range, document.pages);
	if (wanted === null || wanted.length > DESCRIBED_EACH) {
		const alike = document.sizes?.length === 1 ? pageSize(document, 1) : null;
		return { count: wanted?.length ?? null, element: picture(alike, dpi) };
	}
	const elements = wanted.map((page) => picture(pageSize(document, page), dpi));
	return listOf(elements, 'image') as ManyMetadata<'image'>;
}

function picture(size: readonly [number, number] | null, dpi: number): ImageMetadata {
	const [width, height] = size === null ? [null, null] : size.map((points) => pixelsOf(points, dpi));
	return { kind: 'image', width: width ?? null, height: height ?? null, frames: 1, duration: 0, alpha: false, format: null };
}
