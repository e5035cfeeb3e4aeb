import { field, task, z } from '../define.ts';

/** Writes a text into a file, as UTF-8. */
export default task({
	id: 'text.save',
	version: 1,
	title: { en: 'Save text', zh: '保存文本' },
	summary: { en: 'Save a text as a plain text or Markdown file.', zh: '把文本保存为纯文本或 Markdown 文件。' },
	phrases: {
		en: [
			'save text',
			'save the text',
			'as a text file',
			'to a text file',
			'into a text file',
			'text file',
			'as txt',
			'to txt',
			'txt',
			'as markdown',
			'to markdown',
			'markdown',
			'as md',
			'plain text',
			'write the text',
			'download the text',
			'save as text',
			'export text',
		],
		zh: ['保存文本', '存为文本', '文本文件', '保存为txt', '转成txt', 'txt', '保存为 markdown', 'markdown', '导出文本', '下载文本', '纯文本', '存成文本文件'],
	},
	inputs: { text: { kind: 'text', title: { en: 'Text', zh: '文本' } } },
	outputs: { file: { kind: 'file', title: { en: 'File', zh: '文件' } } },
	params: z.object({
		format: field.choice({
			title: { en: 'Format', zh: '格式' },
			choices: { txt: { en: 'Plain text', zh: '纯文本' }, md: { en: 'Markdown', zh: 'Markdown' } },
			default: 'txt',
			phrases: { en: ['as', 'format'], zh: ['格式', '存为'] },
		}),
		name: field.text({
			title: { en: 'File name', zh: '文件名' },
			hint: { en: '{name} is the name of the source', zh: '{name} 是来源文件名' },
			max: 200,
			default: '{name}',
			phrases: { en: ['named', 'called'], zh: ['文件名', '命名为'] },
		}),
	}),
	describe: ({ format }, { text }) => ({ file: { kind: 'file', format, bytes: null, content: text } }),
	example: { params: {}, inputs: { text: 'text' } },
	saves: true,
});
