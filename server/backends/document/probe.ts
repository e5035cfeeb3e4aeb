import type { PDFDocumentProxy } from 'pdfjs-dist/types/src/display/api.d.ts';
import type { DocumentMetadata } from '../../../nodes/define.ts';
import { RunError } from '../../../nodes/problems.ts';
import { openDocument } from './open.ts';

/** Pages whose sizes are looked at one by one; longer documents say only how large the first is. */
const MEASURED = 2000;

/**
 * What is known of a document without drawing it. One that needs a password is no failure: it says so.
 * @throws RunError `document.broken`
 */
export async function probeDocument(path: string, format: string, name?: string): Promise<DocumentMetadata> {
	const document = await openDocument(path, name).catch((error: unknown) => {
		if (error instanceof RunError && error.problem.key === 'document.encrypted') return null;
		throw error;
	});
	if (document === null) return { kind: 'document', pages: null, width: null, height: null, encrypted: true, format };
	const sizes = await sizesOf(document);
	const [width, height] = sizes[0] ?? [null, null];
	const alike = sizes.every(([w, h]) => w === width && h === height);
	const complete = sizes.length === document.numPages;
	return {
		kind: 'document',
		pages: document.numPages,
		width,
		height,
		...(complete ? { sizes: alike ? sizes.slice(0, 1) : sizes } : {}),
		encrypted: false,
		format,
	};
}

async function sizesOf(document: PDFDocumentProxy): Promise<(readonly [number, number])[]> {
	const sizes: (readonly [number, number])[] = [];
	const count = document.numPages > MEASURED ? 1 : document.numPages;
	for (let page = 1; page <= count; page += 1) {
		const proxy = await document.getPage(page);
		const { width, height } = proxy.getViewport({ scale: 1 });
		sizes.push([width, height]);
	}
	return sizes;
}
