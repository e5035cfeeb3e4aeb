import type { Words } from './words.ts';

/** Messages about video and sound. */
export const video = {
	'video.trim-past-end': {
		en: '{value} s lies past the end: it is {duration} s long. Choose a time between 0 and {duration} s.',
		zh: '{value} 秒超出了结尾：总长 {duration} 秒。请选择 0 到 {duration} 秒之间的时间。',
	},
	'video.trim-too-long': {
		en: 'Expected at most {duration} s, the whole length, got {value} s.',
		zh: '最多为全长 {duration} 秒，但得到的是 {value} 秒。',
	},
	'video.trim-nothing-left': {
		en: 'Dropping {value} s leaves nothing: it is {duration} s long. Drop less.',
		zh: '去掉 {value} 秒后什么都不剩：总长 {duration} 秒。请少去掉一些。',
	},
	'video.trim-order': {
		en: 'The end ({to} s) has to come after the start ({from} s).',
		zh: '结束时间（{to} 秒）必须晚于开始时间（{from} 秒）。',
	},
	'video.crop-outside': {
		en: 'Expected a part inside the picture of {width}×{height} px, got {value}.',
		zh: '裁剪区域必须在 {width}×{height} 像素的画面之内，但得到的是 {value}。',
	},
	'video.pad-smaller': {
		en: 'Expected a canvas of at least {width}×{height} px, the size of the picture, got {value}.',
		zh: '画布至少要有画面的大小 {width}×{height} 像素，但得到的是 {value}。',
	},
	'video.no-sound': { en: 'This video has no sound. Take another one, or remove this node.', zh: '这个视频没有声音。请换一个视频，或去掉这个节点。' },
	'video.still-image': {
		en: 'This picture does not move, so it can not be read as a video. Use "Slow zoom and pan" to make a video of it.',
		zh: '这张图片不是动图，不能当作视频读取。请用“缓慢缩放平移”把它做成视频。',
	},
	'video.nothing-to-join': { en: 'There is nothing to join. Connect at least one video.', zh: '没有可以拼接的内容，请至少接入一个视频。' },
	'video.no-stream': { en: 'There is no {media} in this file that could be used.', zh: '这个文件中没有可用的{media}。' },
	'video.broken': {
		en: 'The file is damaged or cut off: {reason}. Check whether it plays elsewhere.',
		zh: '文件已损坏或不完整：{reason}。请检查它在别处能否播放。',
	},
	'video.unsupported-codec': {
		en: 'This ffmpeg can not read or write {codec}. Install a full build of ffmpeg, or choose another format.',
		zh: '当前的 ffmpeg 不支持 {codec}。请安装完整版 ffmpeg，或选择其他格式。',
	},
	'video.no-font': {
		en: 'No font was found to draw the text with. Install a font (for example Noto Sans), and run again.',
		zh: '没有找到可用来绘制文字的字体。请安装字体（例如 Noto Sans）后重试。',
	},
	'video.no-ffmpeg': {
		en: 'ffmpeg is not installed. Install it (apt install ffmpeg, brew install ffmpeg), and run again.',
		zh: '没有安装 ffmpeg。请先安装（apt install ffmpeg 或 brew install ffmpeg），然后重试。',
	},
	'video.out-of-memory': {
		en: 'There was not enough memory. Make the video smaller or shorter first.',
		zh: '内存不足。请先把视频缩小或剪短。',
	},
	'video.failed': { en: 'ffmpeg stopped: {reason}', zh: 'ffmpeg 中止：{reason}' },
} as const satisfies Record<string, Words>;
