import { videoOp, z } from '../define.ts';
import { audio, savedFile } from '../video/ports.ts';

/** A small M4A that a browser plays. */
export default videoOp({
	id: 'audio.preview',
	version: 1,
	title: { en: 'Sound preview', zh: '声音预览' },
	summary: { en: 'Make a small M4A to listen to.', zh: '生成用于试听的小 M4A。' },
	phrases: { en: [], zh: [] },
	inputs: audio,
	outputs: savedFile,
	params: z.object({}),
	describe: (_, { audio }) => ({ file: { kind: 'file', format: 'm4a', bytes: null, content: { ...audio, codec: 'aac', format: 'm4a' } } }),
	lower: () => [{ op: 'encode', target: { format: 'm4a', bitrate: 96, copy: false } }],
	example: { params: {}, inputs: { audio: 'tone' } },
	hidden: true,
});
