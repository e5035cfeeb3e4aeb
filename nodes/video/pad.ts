import { field, GraphError, oneOf, videoOp } from '../define.ts';
import { changed, known, PLACES, placed, video } from './ports.ts';

const background = field.colour({ title: { en: 'Background', zh: '背景' }, default: '#000000' });
const gravity = field.choice({ title: { en: 'Place', zh: '位置' }, choices: PLACES, default: 'centre' });
const size = (en: string, zh: string) => field.number({ title: { en, zh }, unit: 'px', min: 2, max: 16_384, whole: true, logarithmic: true });

const params = oneOf(
	'to',
	{ en: 'Fill up to', zh: '补足为' },
	{
		aspect: {
			title: { en: 'A shape', zh: '画面比例' },
			fields: {
				across: field.number({ title: { en: 'Across', zh: '横' }, min: 1, max: 100, default: 16 }),
				down: field.number({ title: { en: 'Down', zh: '纵' }, min: 1, max: 100, default: 9 }),
				gravity,
				background,
			},
		},
		size: { title: { en: 'A size', zh: '尺寸' }, fields: { width: size('Width', '宽度'), height: size('Height', '高度'), gravity, background } },
	},
);

/** Adds bars around the frames. */
export default videoOp({
	id: 'video.pad',
	version: 1,
	title: { en: 'Add bars to video', zh: '视频加边' },
	summary: { en: 'Add bars of a colour around a video, to fill a shape or a size.', zh: '在视频四周加上色边，补足到某个比例或尺寸。' },
	phrases: {
		en: [
			'pad',
			'padding',
			'letterbox',
			'pillarbox',
			'black bars',
			'add bars',
			'add borders',
			'add a border',
			'fit into 16:9',
			'without cropping',
			'fill up',
			'enlarge the canvas',
			'frame the video',
		],
		zh: ['加黑边', '黑边', '加边框', '补边', '填充', '不裁剪', '扩展画布', '上下黑边', '左右黑边'],
	},
	inputs: video,
	outputs: video,
	params,
	describe: (params, { video }) => {
		if (params.to === 'aspect')
			return { video: changed(video, known([video.width, video.height], (w, h) => canvasOf(params, w, h)) ?? { width: null, height: null }) };
		const { width, height } = params;
		if (width < (video.width ?? 0) || height < (video.height ?? 0))
			throw new GraphError(
				'video.pad-smaller',
				{ width: video.width ?? '?', height: video.height ?? '?', value: `${width}×${height}` },
				{ param: width < (video.width ?? 0) ? 'width' : 'height' },
			);
		return { video: changed(video, { width, height }) };
	},
	lower: (params, { video }) => {
		const size = params.to === 'aspect' ? canvasOf(params, video.width, video.height) : { width: params.width, height: params.height };
		if (size.width === video.width && size.height === video.height) return [];
		return [{ op: 'pad', ...placed(params.gravity, size, video), ...size, background: params.background }];
	},
	example: { params: { to: 'aspect', across: 1, down: 1 }, inputs: { video: 'clip' } },
});

/** The smallest canvas of a shape around a picture. */
function canvasOf({ across, down }: { readonly across: number; readonly down: number }, width: number, height: number): { width: number; height: number } {
	const shape = across / down;
	return { width: Math.max(width, Math.round(height * shape)), height: Math.max(height, Math.round(width / shape)) };
}
