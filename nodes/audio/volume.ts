import { field, videoOp, z } from '../define.ts';
import { audio, changedSound } from '../video/ports.ts';

/** Makes a sound louder or quieter. */
export default videoOp({
	id: 'audio.volume',
	version: 1,
	title: { en: 'Volume', zh: '音量' },
	summary: { en: 'Make a sound louder or quieter.', zh: '把声音调大或调小。' },
	phrases: {
		en: [
			'volume',
			'louder',
			'quieter',
			'turn up',
			'turn down',
			'boost',
			'amplify',
			'lower the volume',
			'raise the volume',
			'softer',
			'decibels',
			'gain',
			'too quiet',
			'too loud',
		],
		zh: ['音量', '大声', '小声', '调大音量', '调小音量', '提高音量', '降低音量', '增益', '分贝', '声音太小'],
	},
	inputs: audio,
	outputs: audio,
	params: z.object({
		decibels: field.number({
			title: { en: 'Change', zh: '变化' },
			hint: { en: '6 dB: twice as strong', zh: '6 dB：强一倍' },
			unit: 'dB',
			min: -60,
			max: 30,
			step: 0.5,
			default: 6,
		}),
	}),
	describe: (_, { audio }) => ({ audio: changedSound(audio) }),
	lower: ({ decibels }) => (decibels === 0 ? [] : [{ op: 'volume', decibels }]),
	example: { params: { decibels: -6 }, inputs: { audio: 'tone' } },
});
