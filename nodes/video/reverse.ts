import { videoOp, z } from '../define.ts';
import { changed, video } from './ports.ts';

/** Plays the video backwards; needs all its frames in memory. */
export default videoOp({
	id: 'video.reverse',
	version: 1,
	title: { en: 'Play backwards', zh: '倒放' },
	summary: { en: 'Play a video and its sound backwards.', zh: '把视频和声音倒着播放。' },
	phrases: {
		en: [
			'reverse',
			'backwards',
			'backward',
			'play backwards',
			'in reverse',
			'rewind',
			'reversed',
			'run it backwards',
			'from the end to the start',
			'time reversed',
			'play it in reverse',
			'go backwards',
		],
		zh: ['倒放', '反向播放', '倒着放', '倒着播', '逆向', '倒带', '反过来播放', '时间倒流', '倒播'],
	},
	inputs: video,
	outputs: video,
	params: z.object({}),
	describe: (_, { video }) => ({ video: changed(video) }),
	lower: () => [{ op: 'reverse' }],
	example: { params: {}, inputs: { video: 'silent-clip' } },
});
