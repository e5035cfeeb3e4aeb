import { videoOp } from '../define.ts';
import { audio, changedSound } from '../video/ports.ts';
import { trimmedDuration, trimParams, trimSteps } from '../video/timing.ts';

/** Keeps a piece of a sound, exact to the sample. */
export default videoOp({
	id: 'audio.trim',
	version: 1,
	title: { en: 'Trim sound', zh: '剪短声音' },
	summary: { en: 'Keep a piece of a sound: the first or last seconds, or from one time to another.', zh: '保留声音的一段：开头、结尾，或从某时到某时。' },
	phrases: {
		en: [
			'trim',
			'cut',
			'shorten',
			'keep only',
			'first seconds',
			'last seconds',
			'ringtone',
			'from … to',
			'drop the first',
			'drop the last',
			'cut off the end',
			'cut off the start',
			'remove the intro',
			'snippet',
			'sample of the song',
		],
		zh: ['剪短', '截取', '剪辑音频', '前几秒', '最后几秒', '铃声', '去掉开头', '去掉结尾', '从…到…', '截一段', '只保留'],
	},
	inputs: audio,
	outputs: audio,
	params: trimParams,
	describe: (params, { audio }) => ({ audio: changedSound(audio, { duration: trimmedDuration(params, audio.duration) }) }),
	lower: (params, { audio }) => trimSteps(params, audio.duration),
	example: { params: { keep: 'first', seconds: 1 }, inputs: { audio: 'tone' } },
});
