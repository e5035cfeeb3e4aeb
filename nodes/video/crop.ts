import { field, GraphError, oneOf, videoOp } from '../define.ts';
import { changed, known, PLACES, placed, video } from './ports.ts';

const ASPECTS = {
	'1:1': 1,
	'4:3': 4 / 3,
	'3:4': 3 / 4,
	'3:2': 3 / 2,
	'2:3': 2 / 3,
	'16:9': 16 / 9,
	'9:16': 9 / 16,
	'4:5': 4 / 5,
	'5:4': 5 / 4,
	'21:9': 21 / 9,
} as const;
const named = (name: string) => ({ en: name, zh: name });
const size = (en: string, zh: string) => field.number({ title: { en, zh }, unit: 'px', min: 1, max: 16_384, whole: true, logarithmic: true });
const offset = (en: string, zh: string) => field.number({ title: { en, zh }, unit: 'px', min: 0, max: 16_384, whole: true, default: 0 });

const params = oneOf(
	'to',
	{ en: 'Crop to', zh: '裁剪为' },
	{
		aspect: {
			title: { en: 'A shape', zh: '画面比例' },
			fields: {
				aspect: field.choice({
					title: { en: 'Shape', zh: '比例' },
					choices: {
						'1:1': { en: '1:1 (square)', zh: '1:1（方形）' },
						'16:9': named('16:9'),
						'9:16': { en: '9:16 (phone)', zh: '9:16（竖屏）' },
						'4:3': named('4:3'),
						'3:4': named('3:4'),
						'3:2': named('3:2'),
						'2:3': named('2:3'),
						'4:5': named('4:5'),
						'5:4': named('5:4'),
						'21:9': named('21:9'),
					},
					default: '1:1',
				}),
				gravity: field.choice({ title: { en: 'Keep', zh: '保留部分' }, choices: PLACES, default: 'centre' }),
			},
		},
		size: {
			title: { en: 'A size', zh: '尺寸' },
			fields: {
				width: size('Width', '宽度'),
				height: size('Height', '高度'),
				gravity: field.choice({ title: { en: 'Keep', zh: '保留部分' }, choices: PLACES, default: 'centre' }),
			},
		},
		box: {
			title: { en: 'A rectangle', zh: '矩形区域' },
			fields: { left: offset('Left', '左'), top: offset('Top', '上'), width: size('Width', '宽度'), height: size('Height', '高度') },
		},
	},
);

/** Cuts the frames to a shape, a size or a rectangle. */
export default videoOp({
	id: 'video.crop',
	version: 1,
	title: { en: 'Crop video', zh: '裁剪画面' },
	summary: { en: 'Crop the frames of a video to a shape, a size or a rectangle.', zh: '把视频画面裁剪为某个比例、尺寸或矩形区域。' },
	phrases: {
		en: [
			'crop',
			'crop to',
			'square',
			'make it square',
			'crop to a square',
			'cut to a square',
			'vertical video',
			'portrait format',
			'for tiktok',
			'for reels',
			'for shorts',
			'for instagram',
			'widescreen',
			'aspect ratio',
			'16:9',
			'9:16',
			'1:1',
			'4:5',
			'cut off the sides',
			'cut off the edges',
			'remove the borders',
			'remove black bars',
			'only the centre',
			'only the middle',
		],
		zh: [
			'裁剪',
			'裁切画面',
			'裁成方形',
			'方形',
			'正方形',
			'竖屏',
			'横屏',
			'宽高比',
			'画面比例',
			'抖音尺寸',
			'去黑边',
			'裁掉边缘',
			'裁掉两边',
			'只要中间',
			'竖版',
		],
	},
	inputs: video,
	outputs: video,
	params,
	describe: (params, { video }) => {
		if (params.to === 'aspect')
			return { video: changed(video, known([video.width, video.height], (w, h) => shapeOf(params.aspect, w, h)) ?? { width: null, height: null }) };
		const { width, height } = params;
		const right = width + (params.to === 'box' ? params.left : 0);
		const bottom = height + (params.to === 'box' ? params.top : 0);
		if (right > (video.width ?? right) || bottom > (video.height ?? bottom))
			throw new GraphError(
				'video.crop-outside',
				{ width: video.width ?? '?', height: video.height ?? '?', value: `${width}×${height}` },
				{ param: right > (video.width ?? right) ? 'width' : 'height' },
			);
		return { video: changed(video, { width, height }) };
	},
	lower: (params, { video }) => {
		if (params.to === 'box') return [{ op: 'crop', left: params.left, top: params.top, width: params.width, height: params.height }];
		const size = params.to === 'aspect' ? shapeOf(params.aspect, video.width, video.height) : { width: params.width, height: params.height };
		if (size.width === video.width && size.height === video.height) return [];
		return [{ op: 'crop', ...placed(params.gravity, video, size), ...size }];
	},
	example: { params: { to: 'aspect', aspect: '1:1' }, inputs: { video: 'clip' } },
});

/** The largest rectangle of a shape. */
function shapeOf(aspect: keyof typeof ASPECTS, width: number, height: number): { width: number; height: number } {
	const shape = ASPECTS[aspect];
	return { width: Math.min(width, Math.max(1, Math.round(height * shape))), height: Math.min(height, Math.max(1, Math.round(width / shape))) };
}
