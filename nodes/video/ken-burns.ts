import { field, videoOp, z } from '../define.ts';
import type { VideoStep } from '../steps/video.ts';
import { animationRate } from './animation-rate.ts';
import { EASES, moveOf, PANS, ZOOMS } from './moves.ts';
import { image, known, video } from './ports.ts';

/** A video of a picture, over which the camera moves slowly. An animated picture keeps playing, again and again. */
export default videoOp({
	id: 'video.ken-burns',
	version: 1,
	title: { en: 'Slow zoom and pan', zh: '缓慢缩放平移' },
	summary: { en: 'Make a video of a photo or GIF in which the camera slowly zooms or moves.', zh: '用照片或动图做成镜头缓慢缩放或平移的视频。' },
	phrases: {
		en: [
			'ken burns',
			'ken burns effect',
			'slow zoom',
			'slow, storytelling zoom',
			'storytelling zoom',
			'slowly zoom',
			'zoom in',
			'zoom out',
			'zoom into the photo',
			'photo to video',
			'picture to video',
			'image to video',
			'make a video of this photo',
			'turn the photo into a video',
			'animate the photo',
			'animate the picture',
			'bring the photo to life',
			'moving photo',
			'pan',
			'pan across',
			'moves from left to right',
			'move from left to right',
			'from right to left',
			'camera move',
			'camera slowly moves',
			'slide across the picture',
			'cinematic zoom',
			'still to video',
			'zooming video',
			'documentary style',
			'slow push in',
			'gradually zoom',
		],
		zh: [
			'缓慢缩放',
			'缓慢推近',
			'慢慢放大',
			'慢慢推近',
			'讲故事的缩放',
			'照片变视频',
			'照片做成视频',
			'图片转视频',
			'图片变视频',
			'让照片动起来',
			'让图片动起来',
			'从左到右移动',
			'从右到左',
			'平移',
			'镜头平移',
			'镜头推进',
			'肯伯恩斯',
			'缩放动画',
			'动态照片',
			'推镜头',
			'拉远',
		],
	},
	inputs: image,
	outputs: video,
	params: z.object({
		motion: field.choice({ title: { en: 'Motion', zh: '运动' }, choices: { ...ZOOMS, ...PANS }, default: 'in' }),
		duration: field.number({ title: { en: 'Duration', zh: '时长' }, unit: 's', min: 0.1, max: 600, step: 0.5, default: 5 }),
		amount: field.number({ title: { en: 'Amount', zh: '幅度' }, unit: '%', min: 1, max: 300, logarithmic: true, default: 20 }),
		fps: field.number({ title: { en: 'Frames a second', zh: '每秒帧数' }, unit: 'fps', min: 5, max: 60, default: 30 }),
		width: field.number({
			title: { en: 'Width', zh: '宽度' },
			hint: { en: "Empty: the picture's, at most full HD", zh: '留空：同图片，最大全高清' },
			unit: 'px',
			min: 16,
			max: 3840,
			whole: true,
			logarithmic: true,
			optional: true,
		}),
		height: field.number({ title: { en: 'Height', zh: '高度' }, unit: 'px', min: 16, max: 3840, whole: true, logarithmic: true, optional: true }),
		ease: field.choice({ title: { en: 'Pace', zh: '节奏' }, choices: EASES, default: 'smooth' }),
	}),
	describe: ({ duration, fps, ...wanted }, { image }) => {
		const frames = Math.max(1, Math.round(duration * fps));
		return {
			video: {
				kind: 'video',
				...sizeOf(wanted, image.width, image.height),
				duration: Math.round((frames / fps) * 1e6) / 1e6,
				fps,
				audio: false,
				codec: null,
				audioCodec: null,
				format: null,
			},
		};
	},
	lower: ({ motion, amount, duration, fps, ease, ...wanted }, { image }): readonly VideoStep[] => {
		const size = sizeOf(wanted, image.width, image.height);
		const moving = image.frames > 1;
		return [
			...(moving ? [{ op: 'animation', fps: animationRate(image.frames, image.duration, image.format) } as const] : []),
			{ op: 'camera', ...moveOf(motion, amount), ease, duration, width: size.width ?? 1280, height: size.height ?? 720, fps, still: !moving },
		];
	},
	example: { params: { duration: 1, width: 160 }, inputs: { image: 'photo' } },
	conversion: 6,
});

interface Wanted {
	readonly width?: number | undefined;
	readonly height?: number | undefined;
}

/** The picture's own shape within full HD, unless a size is asked for; always even, as videos are. */
function sizeOf(wanted: Wanted, width: number | null, height: number | null): { width: number | null; height: number | null } {
	const even = (length: number | null) => (length === null ? null : Math.max(2, 2 * Math.round(length / 2)));
	if (wanted.width !== undefined && wanted.height !== undefined) return { width: even(wanted.width), height: even(wanted.height) };
	const factor = known([width, height], (w, h) => {
		if (wanted.width !== undefined) return wanted.width / w;
		if (wanted.height !== undefined) return wanted.height / h;
		return Math.min(1, 1920 / Math.max(w, h), 1080 / Math.min(w, h));
	});
	return { width: even(known([width, factor], (w, f) => w * f)), height: even(known([height, factor], (h, f) => h * f)) };
}
