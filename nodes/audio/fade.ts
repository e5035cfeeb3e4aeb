import { field, videoOp, z } from '../define.ts';
import { audio, changedSound } from '../video/ports.ts';

/** Fades a sound in and out. */
export default videoOp({
	id: 'audio.fade',
	version: 1,
	title: { en: 'Fade sound', zh: '声音淡入淡出' },
	summary: { en: 'Fade a sound in at its start and out at its end.', zh: '让声音开头淡入、结尾淡出。' },
	phrases: {
		en: [
			'fade',
			'fade in',
			'fade out',
			'fade in and out',
			'fade the music',
			'fade the sound',
			'gentle ending',
			'soft start',
			'fading',
			'let it fade',
			'music fades',
			'ease in',
		],
		zh: ['淡入', '淡出', '淡入淡出', '渐强', '渐弱', '声音渐入', '声音渐出', '音乐淡出', '渐隐'],
	},
	inputs: audio,
	outputs: audio,
	params: z.object({
		in: field.number({ title: { en: 'Fade in', zh: '淡入' }, unit: 's', min: 0, max: 60, step: 0.1, default: 1 }),
		out: field.number({ title: { en: 'Fade out', zh: '淡出' }, unit: 's', min: 0, max: 60, step: 0.1, default: 1 }),
	}),
	describe: (_, { audio }) => ({ audio: changedSound(audio) }),
	lower: (params, { audio }) => [{ op: 'fade', in: params.in, out: params.out, duration: audio.duration, picture: false, sound: true }],
	example: { params: { in: 0.5, out: 0.5 }, inputs: { audio: 'tone' } },
});
