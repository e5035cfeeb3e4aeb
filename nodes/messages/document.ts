import type { Words } from './words.ts';

/** Messages about documents and codes that cameras read. */
export const document = {
	'document.encrypted': {
		en: '{name} is locked with a password. Remove the password in a PDF reader, then use the unlocked file.',
		zh: '{name} 设有打开密码。请先在 PDF 阅读器中去掉密码，再使用解锁后的文件。',
	},
	'document.locked': {
		en: 'This document is locked with a password. Remove the password in a PDF reader, then use the unlocked file.',
		zh: '这个文档设有打开密码。请先在 PDF 阅读器中去掉密码，再使用解锁后的文件。',
	},
	'document.broken': { en: '{name} is damaged and can not be opened as a PDF: {reason}', zh: '{name} 已损坏，无法作为 PDF 打开：{reason}' },
	'document.page-broken': { en: 'Page {page} of {name} can not be drawn: {reason}', zh: '{name} 的第 {page} 页无法绘制：{reason}' },
	'document.pages-syntax': {
		en: 'Expected pages like 1-3,5 or 4-, got "{value}". Page numbers start at 1.',
		zh: '页码应写成 1-3,5 或 4- 的形式，但得到“{value}”。页码从 1 开始。',
	},
	'document.no-page': {
		en: 'Page {page} is asked for, but the document has {pages} pages. Choose pages from 1 to {pages}.',
		zh: '要求第 {page} 页，但文档只有 {pages} 页。请选择 1 到 {pages} 之间的页码。',
	},
	'document.page-size': {
		en: 'Page {page} would become {width} × {height} pixels, more than can be drawn. Choose fewer dots per inch.',
		zh: '第 {page} 页会变成 {width} × {height} 像素，超过可绘制的上限。请降低 DPI。',
	},
	'qr.too-long': {
		en: 'The text has {bytes} bytes; a QR code with this error correction holds {limit}. Shorten it, or lower the error correction.',
		zh: '文字共 {bytes} 字节；这个纠错级别的二维码最多容纳 {limit} 字节。请缩短文字，或降低纠错级别。',
	},
	'qr.too-small': {
		en: 'A code for this text needs at least {least} pixels, got {size}. Make it larger, or shorten the text.',
		zh: '这段文字的二维码至少需要 {least} 像素，当前为 {size}。请调大尺寸，或缩短文字。',
	},
	'qr.unreadable': {
		en: 'The code was drawn, but can not be read back ({got}). Use a smaller logo, more contrast between the colours, or a wider margin.',
		zh: '二维码已生成，但无法正确识别（{got}）。请缩小标志、加大颜色对比，或加宽边距。',
	},
} as const satisfies Record<string, Words>;
