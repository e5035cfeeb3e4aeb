import { imageOp, z } from '../define.ts';
import { IMAGE_IN } from './common.ts';
import { shrunk } from './proxy.ts';

const SIDE = 512;

/** A small file that every browser shows; animations stay animations. */
export default imageOp({
	id: 'image.preview',
	version: 1,
	hidden: true,
	title: { en: 'Preview', zh: '预览' },
	summary: { en: 'Make a small picture to look at.', zh: '生成用于查看的小图。' },
	phrases: { en: [], zh: [] },
	inputs: IMAGE_IN,
	outputs: { file: { kind: 'file', title: { en: 'File', zh: '文件' } } },
	params: z.object({}),
	describe: (_, { image }) => ({
		file: {
			kind: 'file',
			format: 'webp',
			bytes: null,
			content: { ...image, ...shrunk(image, SIDE), format: 'webp', alpha: image.frames === 1 ? image.alpha : null },
		},
	}),
	lower: (_, { image }) => {
		const { width, height } = shrunk(image, SIDE);
		const resize = width === image.width && height === image.height ? [] : [{ op: 'resize' as const, width, height, fit: 'fill' as const }];
		return [...resize, { op: 'encode', format: 'webp', quality: 80, lossless: false, keepMetadata: false, background: '#ffffff', loop: 0 }];
	},
	example: { params: {}, inputs: { image: 'photo' } },
});
