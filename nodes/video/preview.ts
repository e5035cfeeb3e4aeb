import { videoOp, z } from '../define.ts';
import { fitted } from './fitted.ts';
import { savedFile, video } from './ports.ts';

/** Seconds of a longer film that are shown. */
const SHOWN = 6;

/** A small MP4 of the beginning that a browser plays, quick to make. */
export default videoOp({
	id: 'video.preview',
	version: 1,
	title: { en: 'Video preview', zh: '视频预览' },
	summary: { en: 'Make a small MP4 to look at.', zh: '生成用于预览的小 MP4。' },
	phrases: { en: [], zh: [] },
	inputs: video,
	outputs: savedFile,
	params: z.object({}),
	describe: (_, { video }) => {
		const duration = video.duration === null ? null : Math.min(video.duration, SHOWN);
		const content = {
			...video,
			duration,
			...fitted(video.width, video.height),
			codec: 'h264',
			audioCodec: video.audio === true ? 'aac' : null,
			format: 'mp4',
			sound: null,
		};
		return { file: { kind: 'file', format: 'mp4', bytes: null, content } };
	},
	lower: (_, { video }) => {
		const { width, height } = fitted(video.width, video.height);
		const small = width === video.width && height === video.height;
		return [
			...(video.duration > SHOWN ? [{ op: 'trim', start: 0, end: SHOWN } as const] : []),
			...(small ? [] : [{ op: 'scale', width: width ?? 2, height: height ?? 2, flags: 'bicubic' } as const]),
			{ op: 'encode', target: { format: 'mp4', codec: 'h264', quality: 60, copy: false, draft: true } },
		];
	},
	example: { params: {}, inputs: { video: 'clip' } },
	hidden: true,
});
