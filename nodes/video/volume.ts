import { field, videoOp, z } from '../define.ts';
import { changed, needsSound, video } from './ports.ts';

/** Makes the sound of a video louder or quieter; the pictures are not touched. */
export default videoOp({
	id: 'video.volume',
	version: 1,
	title: { en: 'Volume of video', zh: '视频音量' },
	summary: { en: 'Make the sound of a video louder or quieter.', zh: '把视频的声音调大或调小。' },
	phrases: {
		en: [
			'volume',
			'louder',
			'quieter',
			'turn up',
			'turn down',
			'turn up the volume',
			'turn it down',
			'boost the sound',
			'amplify',
			'lower the volume',
			'raise the volume',
			'softer sound',
			'decibels',
			'too quiet',
			'too loud',
		],
		zh: ['音量', '调大声音', '调小声音', '大声', '小声', '提高音量', '降低音量', '声音大一点', '声音小一点', '分贝'],
	},
	inputs: video,
	outputs: video,
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
	describe: (_, { video }) => {
		needsSound(video);
		return { video: changed(video) };
	},
	lower: ({ decibels }) => (decibels === 0 ? [] : [{ op: 'volume', decibels }]),
	example: { params: { decibels: -6 }, inputs: { video: 'clip' } },
});
