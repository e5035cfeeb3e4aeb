import { field, imageOp, oneOf, touched } from '../define.ts';
import { IMAGE_IN, IMAGE_OUT, translucent } from './common.ts';

/** Turns a picture: by right angles exactly, by any other angle on a larger canvas. */
export default imageOp({
	id: 'image.rotate',
	version: 1,
	title: { en: 'Rotate image', zh: '旋转图片' },
	summary: { en: 'Turn a picture by 90, 180 or 270 degrees, or by any angle.', zh: '把图片旋转 90、180、270 度或任意角度。' },
	phrases: {
		en: [
			'rotate',
			'turn',
			'rotate right',
			'rotate left',
			'rotate clockwise',
			'rotate counterclockwise',
			'rotate anticlockwise',
			'turn right',
			'turn left',
			'turn upside down',
			'upside down',
			'quarter turn',
			'half turn',
			'turn around',
			'spin',
			'tilt',
			'slant',
			'straighten',
			'level the horizon',
			'by 90 degrees',
			'rotate by 90',
			'rotate by 180',
			'sideways',
			'make it upright',
			'on its side',
			'portrait to landscape',
			'turn the picture',
			'turn the photo',
			'rotated',
			'degrees',
		],
		zh: ['旋转', '转', '顺时针', '逆时针', '向右转', '向左转', '倒过来', '上下颠倒', '转90度', '旋转90度', '旋转180度', '转正', '摆正', '倾斜', '拉直'],
	},
	inputs: IMAGE_IN,
	outputs: IMAGE_OUT,
	params: oneOf(
		'turn',
		{ en: 'Turn', zh: '旋转' },
		{
			right: { title: { en: '90° to the right', zh: '向右 90°' }, fields: {} },
			left: { title: { en: '90° to the left', zh: '向左 90°' }, fields: {} },
			around: { title: { en: '180°', zh: '180°' }, fields: {} },
			by: {
				title: { en: 'By an angle', zh: '按角度' },
				fields: {
					angle: field.number({
						title: { en: 'Angle (clockwise)', zh: '角度（顺时针）' },
						unit: '°',
						min: -360,
						max: 360,
						step: 1,
						phrases: { en: ['degrees', 'angle', 'clockwise'], zh: ['度', '角度', '顺时针'] },
					}),
					background: field.colour({ title: { en: 'Background', zh: '背景' }, default: '#ffffff' }),
				},
			},
		},
	),
	describe: (params, { image }) => {
		const angle = angleOf(params);
		const alpha = angle % 90 !== 0 && params.turn === 'by' && translucent(params.background) ? true : image.alpha;
		if (image.width === null || image.height === null) return { image: { ...touched(image), width: null, height: null, alpha } };
		return { image: { ...touched(image), ...turned(image.width, image.height, angle), alpha } };
	},
	lower: (params) => {
		const angle = angleOf(params);
		return angle === 0 ? [] : [{ op: 'rotate', angle, background: params.turn === 'by' ? params.background : '#ffffff' }];
	},
	example: { params: { turn: 'by', angle: 20, background: '#00000000' }, inputs: { image: 'photo' } },
});

type Wanted = { turn: 'right' | 'left' | 'around' } | { turn: 'by'; angle: number };

/** Clockwise, from 0 up to 360. */
function angleOf(wanted: Wanted): number {
	const angle = wanted.turn === 'by' ? wanted.angle : { right: 90, left: 270, around: 180 }[wanted.turn];
	return ((angle % 360) + 360) % 360;
}

/** Size of the upright box around a picture turned by `angle` degrees. */
export function turned(width: number, height: number, angle: number): { width: number; height: number } {
	if (angle % 180 === 0) return { width, height };
	if (angle % 90 === 0) return { width: height, height: width };
	const [cos, sin] = [Math.abs(Math.cos((angle * Math.PI) / 180)), Math.abs(Math.sin((angle * Math.PI) / 180))];
	return { width: Math.round(width * cos + height * sin), height: Math.round(width * sin + height * cos) };
}
