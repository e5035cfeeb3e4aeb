/** How large the picture at hand is, where that is known. */
import type { Filling } from '../wish.ts';

/** Width and height of what a rule fills for; null where they are not known. */
export function sizeOf(filling: Filling): { readonly width: number; readonly height: number } | null {
	const input = filling.input;
	if (input === undefined || !('width' in input) || input.width === null || input.height === null) return null;
	return { width: input.width, height: input.height };
}
