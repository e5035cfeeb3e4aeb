import type { PDFDocumentProxy } from 'pdfjs-dist/types/src/display/api.d.ts';

/** The text of a page, counted from 1, with the line ends that its layout has. */
export async function textOfPage(document: PDFDocumentProxy, page: number): Promise<string> {
	const proxy = await document.getPage(page);
	const { items } = await proxy.getTextContent();
	const pieces = items.map((item) => ('str' in item ? item.str + (item.hasEOL ? '\n' : '') : ''));
	proxy.cleanup();
	return pieces
		.join('')
		.replace(/[ \t]+$/gm, '')
		.replace(/\n{3,}/g, '\n\n')
		.trim();
}
