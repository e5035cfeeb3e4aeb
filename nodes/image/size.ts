/** How large a picture becomes by what people ask of its size. Scripts that need no Millwright carry this file's text. */

export interface WantedSize {
	readonly width?: number | undefined;
	readonly height?: number | undefined;
	readonly fit: 'inside' | 'cover' | 'stretch';
	readonly enlarge: boolean;
}

/** Size of the result, in pixels; null where it can't be known. */
export function sizeOf(wanted: WantedSize, width: number | null, height: number | null): { width: number | null; height: number | null } {
	if (wanted.width === undefined && wanted.height === undefined) return { width, height };
	if (width === null || height === null) {
		const known = wanted.enlarge && wanted.fit !== 'inside';
		return { width: known ? (wanted.width ?? null) : null, height: known ? (wanted.height ?? null) : null };
	}
	const across = (wanted.width ?? Number.POSITIVE_INFINITY) / width;
	const down = (wanted.height ?? Number.POSITIVE_INFINITY) / height;
	const both = wanted.width !== undefined && wanted.height !== undefined;
	const ceiling = wanted.enlarge ? Number.POSITIVE_INFINITY : 1;
	if (both && wanted.fit !== 'inside') {
		const limit = Math.min(1, ceiling / (wanted.fit === 'cover' ? Math.max(across, down) : Math.max(across, down)));
		return { width: Math.max(1, Math.round((wanted.width ?? 0) * limit)), height: Math.max(1, Math.round((wanted.height ?? 0) * limit)) };
	}
	const factor = Math.min(across, down, ceiling);
	return { width: Math.max(1, Math.round(width * factor)), height: Math.max(1, Math.round(height * factor)) };
}
