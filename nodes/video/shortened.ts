import type { CompleteInputs, Inputs } from '../define.ts';
import type { VideoStep } from '../steps/video.ts';
import { fitted } from './fitted.ts';
import { changed, known, type video as videoPorts } from './ports.ts';

/** What is known of a video made small and at most `longest` seconds long. */
export function shortened({ video }: Inputs<typeof videoPorts>, longest: number) {
	const duration = known([video.duration], (seconds) => Math.min(seconds, longest));
	return { video: changed(video, { ...fitted(video.width, video.height), duration }) };
}

/** The steps that make it so. */
export function shortening({ video }: CompleteInputs<typeof videoPorts>, longest: number): readonly VideoStep[] {
	const { width, height } = fitted(video.width, video.height);
	return [
		...(video.duration > longest ? [{ op: 'trim', start: 0, end: longest } as const] : []),
		...(width === video.width && height === video.height ? [] : [{ op: 'scale', width: width ?? 2, height: height ?? 2, flags: 'bicubic' } as const]),
	];
}
