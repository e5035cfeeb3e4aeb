import { field, imageOp, oneOf, touched } from '../define.ts';
import { IMAGE_IN, IMAGE_OUT } from './common.ts';

const SEPIA = '#704214';

/** Gives a picture one tone, keeping how light each part is. */
export default imageOp({
	id: 'image.tint',
	version: 1,
	title: { en: 'Tint', zh: '单色调' },
	summary: { en: 'Give a picture one tone: sepia, or any colour.', zh: '给图片一个统一的色调：怀旧棕褐色或任意颜色。' },
	phrases: {
		en: [
			'sepia',
			'sepia tone',
			'vintage',
			'vintage look',
			'old photo',
			'old-fashioned',
			'retro',
			'nostalgic',
			'tint',
			'tinted',
			'duotone',
			'colour wash',
			'color wash',
			'colourise with',
			'brownish',
			'tone it blue',
			'make it look old',
			'antique',
		],
		zh: ['怀旧', '复古', '老照片', '棕褐色', '着色', '染色', '色调', '单色调', '做旧', '泛黄', '旧照片效果'],
	},
	inputs: IMAGE_IN,
	outputs: IMAGE_OUT,
	params: oneOf(
		'tone',
		{ en: 'Tone', zh: '色调' },
		{
			sepia: { title: { en: 'Sepia', zh: '棕褐色' }, fields: {} },
			colour: {
				title: { en: 'A colour', zh: '某种颜色' },
				fields: { colour: field.colour({ title: { en: 'Colour', zh: '颜色' }, default: '#2a6fb0', phrases: { en: ['colour', 'color'], zh: ['颜色'] } }) },
			},
		},
	),
	describe: (_, { image }) => ({ image: touched(image) }),
	lower: (params) => [{ op: 'tint', colour: params.tone === 'sepia' ? SEPIA : params.colour }],
	example: { params: { tone: 'sepia' }, inputs: { image: 'photo' } },
});
