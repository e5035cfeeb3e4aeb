import { field, videoOp, z } from '../define.ts';
import { audio, changed, video } from './ports.ts';

/** Puts a sound to a video, in place of its own or mixed with it; the pictures are not touched. */
export default videoOp({
	id: 'video.add-audio',
	version: 1,
	title: { en: 'Add sound to video', zh: '给视频配音' },
	summary: { en: 'Put a sound to a video: in place of its own, or mixed with it.', zh: '给视频加上声音：替换原声，或与原声混合。' },
	phrases: {
		en: [
			'add music',
			'add sound',
			'add audio',
			'background music',
			'put music under',
			'with music',
			'replace the sound',
			'replace the audio',
			'new soundtrack',
			'voice over',
			'voiceover',
			'narration',
			'mix the sound',
			'dub',
			'set to music',
			'score it',
			'change the music',
		],
		zh: ['加音乐', '配乐', '背景音乐', '加声音', '配音', '替换声音', '换音乐', '旁白', '混音', '加bgm', '换背景音', '加音频'],
	},
	inputs: { ...video, ...audio },
	outputs: video,
	params: z.object({
		mix: field.choice({
			title: { en: 'Sound of the video', zh: '视频原声' },
			choices: { replace: { en: 'Replace', zh: '替换' }, mix: { en: 'Keep, and mix', zh: '保留并混合' } },
			default: 'replace',
		}),
	}),
	describe: (_, { video }) => ({ video: changed(video, { audio: true, sound: null }) }),
	lower: ({ mix }, { video }) => [{ op: 'add-sound', input: 'audio', mix: mix === 'mix', duration: video.duration }],
	example: { params: {}, inputs: { video: 'silent-clip', audio: 'tone' } },
});
