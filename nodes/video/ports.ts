/** Ports and small facts that the nodes of video and sound share. */
import { type AudioMetadata, GraphError, type VideoMetadata } from '../define.ts';
import type { Gravity } from '../steps/image.ts';

const VIDEO = { kind: 'video', title: { en: 'Video', zh: '视频' } } as const;
const AUDIO = { kind: 'audio', title: { en: 'Sound', zh: '声音' } } as const;
export const video = { video: VIDEO };
export const audio = { audio: AUDIO };
export const image = { image: { kind: 'image', title: { en: 'Image', zh: '图片' } } } as const;
export const savedFile = { file: { kind: 'file', title: { en: 'File', zh: '文件' } } } as const;

/** Nine places in a picture, as a choice field offers them. */
export const PLACES = {
	centre: { en: 'Centre', zh: '居中' },
	north: { en: 'Top', zh: '上' },
	northeast: { en: 'Top right', zh: '右上' },
	east: { en: 'Right', zh: '右' },
	southeast: { en: 'Bottom right', zh: '右下' },
	south: { en: 'Bottom', zh: '下' },
	southwest: { en: 'Bottom left', zh: '左下' },
	west: { en: 'Left', zh: '左' },
	northwest: { en: 'Top left', zh: '左上' },
} as const;

/** Left and top of a rectangle that stands at a place of a larger one; whole pixels. */
export function placed(gravity: Gravity, outer: { width: number; height: number }, inner: { width: number; height: number }): { left: number; top: number } {
	const right = outer.width - inner.width;
	const bottom = outer.height - inner.height;
	const left = gravity.endsWith('west') ? 0 : gravity.endsWith('east') ? right : Math.floor(right / 2);
	const top = gravity.startsWith('north') ? 0 : gravity.startsWith('south') ? bottom : Math.floor(bottom / 2);
	return { left, top };
}

/** `f` of values that are all known; null otherwise. */
export function known<T extends readonly (number | null)[], R>(values: T, f: (...values: { [K in keyof T]: number }) => R): R | null {
	return values.some((value) => value === null) ? null : f(...(values as { [K in keyof T]: number }));
}

/** Seconds without the noise of arithmetic: to the microsecond. */
export function seconds(value: number): number {
	return Math.round(value * 1e6) / 1e6;
}

/** Seconds as people read them. */
export function readable(value: number): number {
	return Math.round(value * 1000) / 1000;
}

/**
 * The sound of a video must be there.
 * @throws GraphError where it is known not to be.
 */
export function needsSound(metadata: VideoMetadata): void {
	if (metadata.audio === false) throw new GraphError('video.no-sound', {}, { port: 'video' });
}

/** Metadata after picture or sound were changed. Whether a stream can still be copied is for the backend to see: it knows the file. */
export function changed(metadata: VideoMetadata, fields: Partial<VideoMetadata> = {}): VideoMetadata {
	return { ...metadata, codec: null, audioCodec: null, format: null, ...fields };
}

/** Metadata of sound that was changed. */
export function changedSound(metadata: AudioMetadata, fields: Partial<AudioMetadata> = {}): AudioMetadata {
	return { ...metadata, codec: null, format: null, ...fields };
}
