import { field, videoOp, z } from '../define.ts';
import { audio, changedSound, known, seconds } from '../video/ports.ts';

/** Plays a sound faster or slower at the same pitch. */
export default videoOp({
	id: 'audio.speed',
	version: 1,
	title: { en: 'Speed of sound', zh: '声音速度' },
	summary: { en: 'Play a sound faster or slower, at the same pitch.', zh: '加快或放慢声音，音调不变。' },
	phrases: {
		en: [
			'speed',
			'speed up',
			'faster',
			'twice as fast',
			'double speed',
			'1.5x',
			'slow down',
			'slower',
			'half speed',
			'tempo',
			'listen faster',
			'playback speed',
			'sped up',
			'slowed',
		],
		zh: ['加速', '变快', '倍速', '减速', '变慢', '放慢', '速度', '节奏快一点', '两倍速'],
	},
	inputs: audio,
	outputs: audio,
	params: z.object({
		factor: field.number({ title: { en: 'Factor', zh: '倍数' }, unit: '×', min: 0.1, max: 20, step: 0.05, logarithmic: true, default: 1.5 }),
	}),
	describe: ({ factor }, { audio }) => ({ audio: changedSound(audio, { duration: known([audio.duration], (duration) => seconds(duration / factor)) }) }),
	lower: ({ factor }) => (factor === 1 ? [] : [{ op: 'speed', factor }]),
	example: { params: { factor: 2 }, inputs: { audio: 'tone' } },
});
