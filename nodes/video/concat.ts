import { field, GraphError, type ManyMetadata, videoOp, z } from '../define.ts';
import { known, seconds } from './ports.ts';

/** Plays several videos one after the other; each is brought into the first one's frame. */
export default videoOp({
	id: 'video.concat',
	version: 1,
	title: { en: 'Join videos', zh: '拼接视频' },
	summary: { en: 'Join several videos into one, one after the other.', zh: '把多个视频首尾相接拼成一个。' },
	phrases: {
		en: [
			'join',
			'concat',
			'concatenate',
			'merge',
			'merge the videos',
			'combine',
			'combine the clips',
			'stitch',
			'stitch together',
			'put together',
			'append',
			'one after the other',
			'string together',
			'glue together',
			'into one video',
			'back to back',
			'splice',
			'in sequence',
			'compile',
			'compilation',
			'montage',
			'add at the end',
			'followed by',
			'add an intro',
			'add an outro',
			'link the clips',
			'unite',
			'assemble',
			'all clips in one',
			'make one film of',
		],
		zh: [
			'拼接',
			'合并视频',
			'连接',
			'拼起来',
			'合成一个',
			'接在后面',
			'首尾相接',
			'合并',
			'串起来',
			'连在一起',
			'加片头',
			'加片尾',
			'合集',
			'剪在一起',
			'依次播放',
			'混剪',
		],
	},
	inputs: { videos: { kind: 'video', many: true, title: { en: 'Videos', zh: '视频' } } },
	outputs: { video: { kind: 'video', title: { en: 'Video', zh: '视频' } } },
	params: z.object({
		width: field.number({
			title: { en: 'Width', zh: '宽度' },
			hint: { en: "Empty: the first video's", zh: '留空：同第一个视频' },
			unit: 'px',
			min: 2,
			max: 8192,
			whole: true,
			logarithmic: true,
			optional: true,
		}),
		height: field.number({ title: { en: 'Height', zh: '高度' }, unit: 'px', min: 2, max: 8192, whole: true, logarithmic: true, optional: true }),
		fps: field.number({
			title: { en: 'Frames a second', zh: '每秒帧数' },
			hint: { en: "Empty: the first video's", zh: '留空：同第一个视频' },
			unit: 'fps',
			min: 1,
			max: 240,
			optional: true,
		}),
	}),
	describe: (params, { videos }) => {
		if (videos.count === 0) throw new GraphError('video.nothing-to-join', {}, { port: 'videos' });
		return { video: joinedOf(params, videos) };
	},
	lower: (params, { videos }) => {
		const { width, height, fps, audio } = joinedOf(params, videos);
		return [{ op: 'concat', input: 'videos', width: width ?? 1280, height: height ?? 720, fps: fps ?? 30, audio: audio ?? false }];
	},
	example: { params: {}, inputs: { videos: ['clip', 'silent-clip'] } },
});

interface Wanted {
	readonly width?: number | undefined;
	readonly height?: number | undefined;
	readonly fps?: number | undefined;
}

function joinedOf(wanted: Wanted, { count, element, elements }: ManyMetadata<'video'>) {
	const first = elements?.[0] ?? element;
	const all = elements?.map((one) => one.duration);
	const total =
		all === undefined
			? known([element.duration, count], (duration, times) => duration * times)
			: all.includes(null)
				? null
				: all.reduce<number>((sum, one) => sum + (one ?? 0), 0);
	const sounds = (elements ?? [element]).map((one) => one.audio);
	const audio = sounds.includes(true) ? true : sounds.includes(null) ? null : false;
	const even = (length: number | null) => (length === null ? null : Math.max(2, length - (length % 2)));
	return {
		kind: 'video',
		width: even(wanted.width ?? first.width),
		height: even(wanted.height ?? first.height),
		fps: wanted.fps ?? first.fps,
		duration: total === null ? null : seconds(total),
		audio,
		codec: null,
		audioCodec: null,
		format: null,
	} as const;
}
