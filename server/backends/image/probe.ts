import type { ImageMetadata } from '../../../nodes/define.ts';
import { openImage } from './open.ts';
import { imageMetadata } from './write.ts';

/**
 * What is known of a picture without decoding it: upright size, frames, duration, transparency.
 * @param format name of the format, as sniffed by content.
 * @throws RunError `input.broken`, `image.too-many-pixels`, `image.not-readable`.
 */
export async function probeImage(path: string, format: string, name: string): Promise<ImageMetadata> {
	const { width, height, alpha, frames, delays } = await openImage(path, name);
	return imageMetadata(width, height, alpha, { frames, delays, loop: 0 }, format);
}
