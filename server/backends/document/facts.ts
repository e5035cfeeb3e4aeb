/** What a script may ask of a document before it works on it. */
import { openDocument } from './open.ts';

/** `sizes`: width and height of each page in points, as JSON; one where all are alike. */
export async function documentFacts(path: string, name: string): Promise<Readonly<Record<string, string | number | boolean | null>>> {
	const document = await openDocument(path, name);
	const sizes: [number, number][] = [];
	for (let page = 1; page <= document.numPages; page++) {
		const { width, height } = (await document.getPage(page)).getViewport({ scale: 1 });
		sizes.push([width, height]);
	}
	const [first] = sizes;
	const alike = sizes.every(([width, height]) => width === first?.[0] && height === first[1]);
	return { pages: document.numPages, width: first?.[0] ?? null, height: first?.[1] ?? null, sizes: JSON.stringify(alike ? sizes.slice(0, 1) : sizes) };
}
