import type { DocumentMetadata } from '../define.ts';

/** Size in points of a page, counted from 1; null where it isn't known. */
export function pageSize(document: DocumentMetadata, page: number): readonly [number, number] | null {
	const sizes = document.sizes;
	if (sizes !== undefined) return (sizes.length === 1 ? sizes[0] : sizes[page - 1]) ?? null;
	const first = document.width !== null && document.height !== null ? ([document.width, document.height] as const) : null;
	return page === 1 ? first : null;
}

/** Pixels of a length in points: whole, at least 1. */
export function pixelsOf(points: number, dpi: number): number {
	// A hair less, so that 1653.5000000001 and 1653.5 do not differ by a pixel.
	return Math.max(1, Math.round((points * dpi) / 72 - 1e-6));
}
