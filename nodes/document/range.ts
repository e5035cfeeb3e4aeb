import { GraphError } from '../problems.ts';

/**
 * Page numbers, from 1, that a text like `1-3,5` or `4-` means, in the order asked for.
 * @param pages pages of the document; null where it isn't known
 * @returns null where the pages can't be counted: all of an unknown number, or an open end
 * @throws GraphError `document.pages-syntax`, `document.no-page`
 */
export function pagesOf(range: string | undefined, pages: number | null): readonly number[] | null {
	const text = range?.trim() ?? '';
	if (text === '') return pages === null ? null : numbers(1, pages);
	const parts = text.split(/[,，、;；]/).map((part) => part.trim());
	const all = parts.map((part) => partOf(part, text, pages));
	return all.every((part) => part !== null) ? all.flat() : null;
}

function partOf(part: string, whole: string, pages: number | null): readonly number[] | null {
	const found = /^(\d{1,6})?\s*([-–~到至])?\s*(\d{1,6})?$/.exec(part);
	const from = found?.[1] === undefined ? 1 : Number(found[1]);
	const dash = found?.[2] !== undefined;
	const to = found?.[3] === undefined ? (dash ? pages : from) : Number(found[3]);
	const named = found?.[1] !== undefined || found?.[3] !== undefined;
	if (found === null || !named || from < 1 || (to !== null && found[3] !== undefined && to < from))
		throw new GraphError('document.pages-syntax', { value: whole }, { param: 'pages' });
	const last = to === null ? from : Math.max(from, to);
	if (pages !== null && last > pages) throw new GraphError('document.no-page', { page: last, pages }, { param: 'pages' });
	return to === null ? null : numbers(from, to);
}

function numbers(from: number, to: number): readonly number[] {
	return Array.from({ length: Math.max(0, to - from + 1) }, (_, i) => from + i);
}
