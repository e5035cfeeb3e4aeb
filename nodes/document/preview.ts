import { task, unknownOf, z } from '../define.ts';

/** The first page, small, as a picture that a browser can show. */
export default task({
	id: 'document.preview',
	version: 1,
	revision: 2,
	title: { en: 'Preview of a document', zh: '文档预览' },
	summary: { en: 'Draw the first page of a document, at most 512 pixels large.', zh: '把文档首页渲染成不超过 512 像素的图片。' },
	phrases: { en: [], zh: [] },
	inputs: { document: { kind: 'document', title: { en: 'Document', zh: '文档' } } },
	outputs: { file: { kind: 'file', title: { en: 'Picture', zh: '图片' } } },
	params: z.object({}),
	describe: () => ({ file: { ...unknownOf('file'), format: 'webp' } }),
	hidden: true,
	example: { params: {}, inputs: { document: 'pdf' } },
});
