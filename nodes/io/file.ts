import { field, KIND_TITLES, KINDS, source, unknownOf, z } from '../define.ts';

const { file: _, ...kinds } = KIND_TITLES;

/** A file of the user's, read as one of the kinds. Which file it is stays outside the graph. */
export default source({
	id: 'io.file',
	version: 1,
	title: { en: 'File', zh: '文件' },
	summary: { en: 'Take a file as input.', zh: '以一个文件作为输入。' },
	phrases: { en: [], zh: [] },
	outputs: { value: { kind: 'image', title: { en: 'Content', zh: '内容' } } },
	portsOf: ({ kind }) => ({ inputs: {}, outputs: { value: { kind, title: KIND_TITLES[kind] } } }),
	params: z.object({
		kind: field.choice({ title: { en: 'Read as', zh: '读取为' }, choices: { ...kinds, file: KIND_TITLES.file }, default: 'image' }),
	}),
	describe: ({ kind }) => ({ value: unknownOf(kind) as never }),
	example: { params: { kind: 'image' }, inputs: {} },
});
void KINDS;
