import { field, videoOp, z } from '../define.ts';
import { changed, known, seconds, video } from './ports.ts';

/** Plays the whole thing several times in a row. */
export default videoOp({
	id: 'video.loop',
	version: 1,
	title: { en: 'Repeat video', zh: '重复播放' },
	summary: { en: 'Play a video several times in a row.', zh: '把视频连续播放多次。' },
	phrases: {
		en: [
			'loop',
			'repeat',
			'play twice',
			'play three times',
			'several times',
			'times in a row',
			'over and over',
			'repeat it',
			'loop it',
			'looped',
			'play again',
			'duplicate the clip',
		],
		zh: ['循环', '重复', '播放两遍', '播放三次', '多放几遍', '循环播放', '重复播放', '连续播放', '放几遍'],
	},
	inputs: video,
	outputs: video,
	params: z.object({ times: field.number({ title: { en: 'Times', zh: '次数' }, min: 1, max: 100, whole: true, default: 2 }) }),
	describe: ({ times }, { video }) => ({ video: changed(video, { duration: known([video.duration], (duration) => seconds(duration * times)) }) }),
	lower: ({ times }) => (times === 1 ? [] : [{ op: 'repeat', times }]),
	example: { params: { times: 2 }, inputs: { video: 'clip' } },
});
