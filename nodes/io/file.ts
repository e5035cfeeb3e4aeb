import { field, KIND_TITLES, source, unknownOf, z } from '../define.ts';

/** A file of the user's, read as one of the kinds. Which file it is stays outside the graph. */
export default source({
	id: 'io.file',
	version: 1,
	title: { en: 'File', zh: '文件' },
	summary: { en: 'Take a file as input.', zh: '以一个文件作为输入。' },
	phrases: {
		en: ['file', 'input', 'this file', 'my file', 'open', 'load', 'read', 'import', 'upload', 'from a file', 'take a file', 'source file'],
		zh: ['文件', '输入', '这个文件', '打开', '导入', '读取', '上传', '源文件'],
	},
	outputs: { value: { kind: 'image', title: { en: 'Content', zh: '内容' } } },
	portsOf: ({ kind }) => ({ inputs: {}, outputs: { value: { kind, title: KIND_TITLES[kind] } } }),
	params: z.object({
		kind: field.choice({ title: { en: 'Read as', zh: '读取为' }, choices: KIND_TITLES, default: 'image' }),
	}),
	// The port's kind depends on a parameter, which the type of `outputs` can't say.
	describe: ({ kind }) => ({ value: unknownOf(kind) as never }),
	example: { params: { kind: 'image' }, inputs: {} },
});
