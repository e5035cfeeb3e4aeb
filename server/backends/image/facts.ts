/** What a script may ask of a picture before it works on it. */
import { openImage } from './open.ts';

/** Sizes in pixels of one upright frame, seconds over all frames. */
export async function imageFacts(path: string, name: string): Promise<Readonly<Record<string, string | number | boolean | null>>> {
	const { width, height, frames, delays, alpha, header } = await openImage(path, name);
	const format = header.format === 'heif' ? 'avif' : header.format;
	return { width, height, frames, duration: frames > 1 ? delays.reduce((sum, delay) => sum + delay, 0) / 1000 : 0, alpha, format };
}
