/** The camera's moves: where it begins and where it ends. */
import type { Rectangle } from '../steps/video.ts';

export const ZOOMS = { in: { en: 'Zoom in', zh: '推近' }, out: { en: 'Zoom out', zh: '拉远' } } as const;
export const PANS = {
	right: { en: 'Left to right', zh: '从左到右' },
	left: { en: 'Right to left', zh: '从右到左' },
	up: { en: 'Upwards', zh: '从下到上' },
	down: { en: 'Downwards', zh: '从上到下' },
} as const;
export const EASES = { smooth: { en: 'Gentle start and end', zh: '缓入缓出' }, linear: { en: 'Even', zh: '匀速' } } as const;

export type Motion = keyof typeof ZOOMS | keyof typeof PANS;

/** Windows at the start and at the end; `amount` in percent is how much closer the camera comes, or how far it travels. */
export function moveOf(
	motion: Motion,
	amount: number,
	centre: { readonly x: number; readonly y: number } = { x: 0.5, y: 0.5 },
): { from: Rectangle; to: Rectangle } {
	const near = 1 / (1 + amount / 100);
	const whole: Rectangle = { x: 0.5, y: 0.5, size: 1 };
	const close: Rectangle = { ...centre, size: near };
	if (motion === 'in') return { from: whole, to: close };
	if (motion === 'out') return { from: close, to: whole };
	const at = (x: number, y: number): Rectangle => ({ x, y, size: near });
	if (motion === 'right') return { from: at(0, 0.5), to: at(1, 0.5) };
	if (motion === 'left') return { from: at(1, 0.5), to: at(0, 0.5) };
	return motion === 'up' ? { from: at(0.5, 1), to: at(0.5, 0) } : { from: at(0.5, 0), to: at(0.5, 1) };
}
