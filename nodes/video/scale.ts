import { field, videoOp, z } from '../define.ts';
import { changed, known, video } from './ports.ts';

/** Resizes the frames; one side alone keeps the proportions. */
export default videoOp({
	id: 'video.scale',
	version: 1,
	title: { en: 'Resize video', zh: '调整视频大小' },
	summary: { en: 'Resize a video to a width, a height or both, keeping its proportions.', zh: '按指定的宽、高或同时指定两者缩放视频，保持比例。' },
	phrases: {
		en: [
			'resize',
			'scale',
			'scale down',
			'shrink',
			'make smaller',
			'smaller',
			'downscale',
			'upscale',
			'enlarge',
			'make bigger',
			'reduce the size',
			'reduce resolution',
			'lower the resolution',
			'change the resolution',
			'change the size',
			'pixels wide',
			'wide',
			'pixels tall',
			'tall',
			'width',
			'height',
			'720p',
			'1080p',
			'480p',
			'360p',
			'4k',
			'half the size',
			'fit into',
			'fit inside',
			'dimensions',
			'thumbnail sized',
		],
		zh: [
			'缩放',
			'缩小',
			'放大',
			'调整大小',
			'调整尺寸',
			'改尺寸',
			'改分辨率',
			'降低分辨率',
			'分辨率',
			'变小',
			'变大',
			'宽度改为',
			'高度改为',
			'压到',
			'像素宽',
			'像素高',
			'改成720p',
		],
	},
	inputs: video,
	outputs: video,
	params: z.object({
		width: field.number({ title: { en: 'Width', zh: '宽度' }, unit: 'px', min: 2, max: 8192, whole: true, logarithmic: true, optional: true }),
		height: field.number({ title: { en: 'Height', zh: '高度' }, unit: 'px', min: 2, max: 8192, whole: true, logarithmic: true, optional: true }),
		fit: field.choice({
			title: { en: 'When both are given', zh: '同时指定宽高时' },
			choices: { inside: { en: 'Fit inside', zh: '完整放入' }, cover: { en: 'Fill and crop', zh: '填满并裁切' }, stretch: { en: 'Stretch', zh: '拉伸' } },
			default: 'inside',
		}),
		smooth: field.toggle({ title: { en: 'Smooth', zh: '平滑' }, hint: { en: 'Off: hard pixel edges', zh: '关闭：保留像素边缘' }, default: true }),
	}),
	describe: (params, { video }) => ({ video: changed(video, sizeOf(params, video.width, video.height)) }),
	lower: (params, { video }) => {
		const { width, height } = sizeOf(params, video.width, video.height);
		if (width === null || height === null || (width === video.width && height === video.height)) return [];
		const flags = params.smooth ? 'lanczos' : 'neighbor';
		if (params.fit !== 'cover' || params.width === undefined || params.height === undefined) return [{ op: 'scale', width, height, flags }];
		const factor = Math.max(width / video.width, height / video.height);
		const inner = { width: Math.max(width, Math.round(video.width * factor)), height: Math.max(height, Math.round(video.height * factor)) };
		const left = Math.floor((inner.width - width) / 2);
		const top = Math.floor((inner.height - height) / 2);
		return [
			{ op: 'scale', ...inner, flags },
			{ op: 'crop', left, top, width, height },
		];
	},
	example: { params: { width: 160 }, inputs: { video: 'clip' } },
});

interface Wanted {
	readonly width?: number | undefined;
	readonly height?: number | undefined;
	readonly fit: 'inside' | 'cover' | 'stretch';
}

/** Size of the result, in pixels. */
function sizeOf({ width, height, fit }: Wanted, fromWidth: number | null, fromHeight: number | null): { width: number | null; height: number | null } {
	if (width === undefined && height === undefined) return { width: fromWidth, height: fromHeight };
	if (width !== undefined && height !== undefined && fit !== 'inside') return { width, height };
	const factor = known([fromWidth, fromHeight], (w, h) => Math.min((width ?? Number.POSITIVE_INFINITY) / w, (height ?? Number.POSITIVE_INFINITY) / h));
	const at = (length: number | null) => known([length, factor], (one, by) => Math.max(1, Math.round(one * by)));
	if (factor === null && (width === undefined || height === undefined)) return { width: width ?? null, height: height ?? null };
	return { width: at(fromWidth), height: at(fromHeight) };
}
