import { field, GraphError, task, unknownOf, z } from '../define.ts';
import { pagesOf } from './range.ts';

/** Takes the text out of a PDF. Scans have none: there the text has to be recognised. */
export default task({
	id: 'document.text',
	version: 1,
	title: { en: 'Text of a document', zh: '提取文档文字' },
	summary: {
		en: 'Take the text out of a PDF, page after page, with a page break between pages.',
		zh: '逐页提取 PDF 中的文字，页与页之间以分页符隔开。',
	},
	phrases: {
		en: [
			'text of the pdf',
			'text from the pdf',
			'extract the text',
			'extract text from pdf',
			'pdf to text',
			'pdf to txt',
			'pdf as text',
			'get the text out of the pdf',
			'copy the text from the document',
			'read the pdf',
			'what does the pdf say',
			'what does this document say',
			'text of the document',
			'save the text of the pdf',
			'plain text of the pdf',
			'words in the pdf',
			'extract … text',
			'text of page',
			'text from page',
		],
		zh: [
			'提取pdf文字',
			'提取文字',
			'pdf转文字',
			'pdf转文本',
			'pdf转txt',
			'提取文本',
			'文档文字',
			'pdf里的文字',
			'读取pdf内容',
			'导出文字',
			'复制文档里的文字',
			'提取…文字',
			'提取…文本',
			'页的文字',
			'里的文字',
			'文字提取',
			'抽取文字',
		],
	},
	inputs: { document: { kind: 'document', title: { en: 'Document', zh: '文档' } } },
	outputs: { text: { kind: 'text', title: { en: 'Text', zh: '文本' } } },
	params: z.object({
		pages: field.text({
			title: { en: 'Pages', zh: '页码' },
			hint: { en: 'Such as 1-3,5 or 4-. Empty: all.', zh: '例如 1-3,5 或 4-。留空表示全部。' },
			max: 500,
			optional: true,
		}),
	}),
	describe: ({ pages }, { document }) => {
		if (document.encrypted === true) throw new GraphError('document.locked', {}, { port: 'document' });
		pagesOf(pages, document.pages);
		return { text: unknownOf('text') };
	},
	answers: true,
	conversion: 2,
	example: { params: {}, inputs: { document: 'pdf' } },
});
