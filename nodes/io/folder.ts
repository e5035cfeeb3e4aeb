import { field, KIND_TITLES, source, unknownOf, z } from '../define.ts';

/** Several files of the user's as one list: for contact sheets, joins, unions. Which files they are stays outside the graph. */
export default source({
	id: 'io.folder',
	version: 1,
	title: { en: 'Folder', zh: '文件夹' },
	summary: { en: 'Take all files of a folder, or several files, as one list.', zh: '把文件夹里的所有文件（或多个文件）作为一个列表输入。' },
	phrases: {
		en: [
			'folder',
			'directory',
			'all files',
			'these files',
			'my files',
			'several files',
			'many files',
			'every file in the folder',
			'all pictures in the folder',
			'all of them together',
			'files as a list',
			'load a folder',
		],
		zh: ['文件夹', '目录', '所有文件', '这些文件', '多个文件', '整个文件夹', '文件夹里的图片', '一批文件'],
	},
	outputs: { values: { kind: 'image', many: true, title: { en: 'Contents', zh: '内容' } } },
	portsOf: ({ kind }) => ({ inputs: {}, outputs: { values: { kind, many: true, title: KIND_TITLES[kind] } } }),
	params: z.object({
		kind: field.choice({ title: { en: 'Read as', zh: '读取为' }, choices: KIND_TITLES, default: 'image' }),
	}),
	// The port's kind depends on a parameter, which the type of `outputs` can't say.
	describe: ({ kind }) => ({ values: { count: null, element: unknownOf(kind) } as never }),
	example: { params: { kind: 'image' }, inputs: {} },
});
