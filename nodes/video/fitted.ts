/** Longest width of a preview or proxy, in pixels. */
const WIDEST = 320;

/** Even size of at most 320 pixels wide, in proportion. */
export function fitted(width: number | null, height: number | null): { width: number | null; height: number | null } {
	if (width === null || height === null) return { width: null, height: null };
	const factor = Math.min(1, WIDEST / width, (2 * WIDEST) / height);
	const even = (length: number) => Math.max(2, 2 * Math.floor((length * factor) / 2));
	return { width: even(width), height: even(height) };
}
