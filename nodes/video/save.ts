import { type FileMetadata, field, oneOf, type VideoMetadata, videoOp } from '../define.ts';
import type { VideoStep } from '../steps/video.ts';
import { known, savedFile, video } from './ports.ts';

const name = field.text({
	title: { en: 'File name', zh: '文件名' },
	hint: { en: '{name} is the name of the source; without ending', zh: '{name} 是源文件名；不带扩展名' },
	default: '{name}',
	min: 1,
	max: 200,
});
const qualityTitle = { en: 'Quality', zh: '质量' };
const quality = field.number({
	title: qualityTitle,
	hint: { en: 'Empty: good, and without re-encoding where nothing changed', zh: '留空：质量良好；未改动的画面不重新编码' },
	min: 1,
	max: 100,
	whole: true,
	optional: true,
	phrases: { en: ['quality', 'compression'], zh: ['质量', '画质', '压缩'] },
});
const codec = field.choice({
	title: { en: 'Codec', zh: '编码' },
	choices: { h264: { en: 'H.264 (plays anywhere)', zh: 'H.264（随处可播）' }, h265: { en: 'H.265 (smaller)', zh: 'H.265（更小）' } },
	default: 'h264',
});
const film = { quality, codec, name };
const fps = field.number({
	title: { en: 'Frames a second', zh: '每秒帧数' },
	hint: { en: 'Empty: as the video has, at most 15', zh: '留空：与视频相同，最多 15' },
	unit: 'fps',
	min: 1,
	max: 50,
	optional: true,
});
const loop = field.number({
	title: { en: 'Repetitions', zh: '循环次数' },
	hint: { en: '0: for ever', zh: '0：无限循环' },
	min: 0,
	max: 1000,
	whole: true,
	default: 0,
});

const params = oneOf(
	'format',
	{ en: 'Format', zh: '格式' },
	{
		mp4: { title: { en: 'MP4', zh: 'MP4' }, fields: film },
		mov: { title: { en: 'MOV (QuickTime)', zh: 'MOV（QuickTime）' }, fields: film },
		mkv: { title: { en: 'MKV (Matroska)', zh: 'MKV（Matroska）' }, fields: film },
		webm: {
			title: { en: 'WebM', zh: 'WebM' },
			fields: {
				quality,
				codec: field.choice({
					title: { en: 'Codec', zh: '编码' },
					choices: { vp9: { en: 'VP9', zh: 'VP9' }, av1: { en: 'AV1 (smaller, newer)', zh: 'AV1（更小、较新）' } },
					default: 'vp9',
				}),
				name,
			},
		},
		gif: {
			title: { en: 'GIF', zh: 'GIF 动图' },
			fields: {
				fps,
				colours: field.number({ title: { en: 'Colours', zh: '颜色数' }, min: 4, max: 256, whole: true, default: 256 }),
				dither: field.toggle({ title: { en: 'Dither', zh: '抖动' }, hint: { en: 'Softer shades, larger file', zh: '过渡更柔和，文件更大' }, default: true }),
				loop,
				name,
			},
		},
		webp: {
			title: { en: 'Animated WebP', zh: 'WebP 动图' },
			fields: { fps, quality: field.number({ title: qualityTitle, min: 1, max: 100, whole: true, default: 75 }), loop, name },
		},
	},
);

/**
 * Writes a video into a file. H.264, H.265, VP9 and AV1 files have even sides: an odd one loses its last line or column,
 * because a padded line of another colour would be seen.
 */
export default videoOp({
	id: 'video.save',
	version: 1,
	title: { en: 'Save video', zh: '保存视频' },
	summary: { en: 'Save as MP4, MOV, MKV, WebM, GIF or animated WebP.', zh: '保存为 MP4、MOV、MKV、WebM、GIF 或 WebP 动图。' },
	phrases: {
		en: [
			'save as mp4',
			'save as video',
			'save the video',
			'turn into an mp4',
			'turn into a video',
			'convert to mp4',
			'convert to video',
			'convert the video',
			'make an mp4',
			'make a video',
			'make it a video',
			'an ordinary video',
			'normal video',
			'export',
			'export as mp4',
			'as mp4',
			'to mp4',
			'to mov',
			'as mov',
			'to mkv',
			'to webm',
			'as webm',
			'to gif',
			'as a gif',
			'turn into a gif',
			'make a gif',
			'animated gif',
			'gif from video',
			'video to gif',
			'gif to mp4',
			'gif to video',
			'gif into a movie',
			'for whatsapp',
			'plays everywhere',
			'encode',
			'compress the video',
			'h264',
			'h265',
			'hevc',
			'vp9',
			'av1',
			'animated webp',
		],
		zh: [
			'保存视频',
			'存为视频',
			'转成mp4',
			'转mp4',
			'转为mp4',
			'变成视频',
			'转成视频',
			'动图转视频',
			'gif转视频',
			'gif转mp4',
			'视频转gif',
			'视频转动图',
			'做成动图',
			'做成gif',
			'转换格式',
			'视频格式',
			'导出视频',
			'导出',
			'输出mp4',
			'压缩视频',
			'普通视频',
			'转mov',
			'转webm',
			'表情包',
		],
	},
	inputs: video,
	outputs: savedFile,
	params,
	describe: (params, { video }) => ({ file: fileOf(params, video) }),
	lower: (params, { video }): readonly VideoStep[] => {
		if (params.format === 'gif') {
			const { colours, dither, loop } = params;
			return [{ op: 'encode', target: { format: 'gif', fps: animationRate(params.fps, video.fps), colours, dither, loop } }];
		}
		if (params.format === 'webp')
			return [{ op: 'encode', target: { format: 'webp', fps: animationRate(params.fps, video.fps), quality: params.quality, loop: params.loop } }];
		const common = { quality: params.quality ?? GOOD, copy: params.quality === undefined };
		if (params.format === 'webm') return [{ op: 'encode', target: { format: 'webm', codec: params.codec, ...common } }];
		return [{ op: 'encode', target: { format: params.format, codec: params.codec, ...common } }];
	},
	saves: true,
	example: { params: { format: 'mp4' }, inputs: { video: 'clip' } },
});

const GOOD = 75;
const CODECS = { h264: 'h264', h265: 'hevc', vp9: 'vp9', av1: 'av1' } as const;

type Saved =
	| { readonly format: 'mp4' | 'mov' | 'mkv' | 'webm'; readonly codec: keyof typeof CODECS }
	| { readonly format: 'gif' | 'webp'; readonly fps?: number | undefined };

/** A GIF's delays are hundredths of a second; 15 a second is as smooth as most people can tell, at half the size of 30. */
function animationRate(wanted: number | undefined, fps: number): number {
	return wanted ?? Math.min(fps, 15);
}

function fileOf(saved: Saved, video: VideoMetadata): FileMetadata {
	if (!('codec' in saved)) {
		const frames = known([video.duration, video.fps], (duration, fps) => Math.max(1, Math.round(duration * animationRate(saved.fps, fps))));
		const { width, height, duration } = video;
		return { kind: 'file', format: saved.format, bytes: null, content: { kind: 'image', width, height, frames, duration, alpha: null, format: saved.format } };
	}
	const even = (length: number | null) => (length === null ? null : Math.max(2, length - (length % 2)));
	const audioCodec = video.audio === true ? (saved.format === 'webm' ? null : 'aac') : null;
	const content = { ...video, width: even(video.width), height: even(video.height), codec: CODECS[saved.codec], audioCodec, format: saved.format, sound: null };
	return { kind: 'file', format: saved.format, bytes: null, content };
}
