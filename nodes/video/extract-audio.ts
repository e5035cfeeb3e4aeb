import { videoOp, z } from '../define.ts';
import { audio, needsSound, video } from './ports.ts';

/** The sound of a video, untouched. */
export default videoOp({
	id: 'video.extract-audio',
	version: 1,
	title: { en: 'Sound of video', zh: '提取声音' },
	summary: { en: 'Take the sound out of a video.', zh: '从视频中取出声音。' },
	phrases: {
		en: [
			'extract audio',
			'extract the audio',
			'extract the sound',
			'get the audio',
			'only the audio',
			'just the sound',
			'audio only',
			'rip the audio',
			'the soundtrack',
			'the music from',
			'sound of the video',
			'to mp3',
			'video to mp3',
			'as mp3',
			'save the sound',
			'separate the audio',
			'pull the audio',
		],
		zh: ['提取音频', '提取声音', '只要声音', '只要音频', '视频转mp3', '转成mp3', '取出声音', '分离音频', '音轨', '导出音频', '视频转音频', '提取音乐'],
	},
	inputs: video,
	outputs: audio,
	params: z.object({}),
	describe: (_, { video }) => {
		needsSound(video);
		const { sampleRate = null, channels = null } = video.sound ?? {};
		return { audio: { kind: 'audio', duration: video.duration, sampleRate, channels, codec: null, format: null } };
	},
	lower: () => [{ op: 'sound-only' }],
	example: { params: {}, inputs: { video: 'clip' } },
	conversion: 3,
});
