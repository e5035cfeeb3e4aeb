/** Mirrors and turns by right angles, of pictures and of films: a group of eight, so that any sequence comes down to two at most. */

/** Mirrored left ↔ right or not, then turned clockwise by this many right angles. */
export interface Turn {
	readonly mirrored: boolean;
	readonly quarters: number;
}

export const SIDEWAYS: Turn = { mirrored: true, quarters: 0 };
/** Top ↔ bottom. */
export const UPSIDE_DOWN: Turn = { mirrored: true, quarters: 2 };

/** A turn by a multiple of 90 degrees. */
export function turnBy(angle: number): Turn {
	return { mirrored: false, quarters: (((angle / 90) % 4) + 4) % 4 };
}

/** The first turn, then the second. A mirror after a turn is the mirror before the opposite turn. */
export function turnedOn(first: Turn, second: Turn): Turn {
	const quarters = second.mirrored ? second.quarters - first.quarters : second.quarters + first.quarters;
	return { mirrored: first.mirrored !== second.mirrored, quarters: (quarters + 4) % 4 };
}
