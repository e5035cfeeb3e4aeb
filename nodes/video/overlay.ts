import { field, videoOp, z } from '../define.ts';
import { changed, image, PLACES, video } from './ports.ts';

/** Lays a picture over a video: a logo, a watermark, a sticker. */
export default videoOp({
	id: 'video.overlay',
	version: 1,
	title: { en: 'Picture on video', zh: '视频贴图' },
	summary: { en: 'Lay a logo or another picture over a video.', zh: '在视频上叠加标志或其他图片。' },
	phrases: {
		en: [
			'overlay',
			'logo',
			'add a logo',
			'put my logo',
			'logo on the video',
			'watermark',
			'image watermark',
			'add the picture',
			'sticker',
			'put the image on top',
			'badge',
			'lay over',
			'brand it',
			'logo in the corner',
			'stamp with',
		],
		zh: ['叠加图片', '标志', '加标志', '贴图', '图片水印', '加logo', 'logo', '水印', '盖章', '贴纸', '角标', '台标'],
	},
	inputs: { ...video, ...image },
	outputs: video,
	params: z.object({
		width: field.number({
			title: { en: 'Width', zh: '宽度' },
			hint: { en: 'Of the width of the video', zh: '占视频宽度的比例' },
			unit: '%',
			min: 1,
			max: 100,
			default: 20,
		}),
		gravity: field.choice({ title: { en: 'Place', zh: '位置' }, choices: PLACES, default: 'southeast' }),
		margin: field.number({ title: { en: 'Margin', zh: '边距' }, unit: '%', min: 0, max: 50, default: 3 }),
		opacity: field.number({ title: { en: 'Opacity', zh: '不透明度' }, unit: '%', min: 1, max: 100, default: 100 }),
	}),
	describe: (_, { video }) => ({ video: changed(video) }),
	lower: ({ width, gravity, margin, opacity }, { video }) => [
		{
			op: 'overlay',
			input: 'image',
			width: Math.max(1, Math.round((video.width * width) / 100)),
			gravity,
			margin: Math.round((video.width * margin) / 100),
			opacity: opacity / 100,
		},
	],
	example: { params: {}, inputs: { video: 'clip', image: 'logo' } },
});
