import { field, task, z } from '../define.ts';

/**
 * Counts exactly, by a stated rule: each Chinese, Japanese or Korean character is one word; of the rest, whatever stands between spaces
 * and has a letter or a digit is one word ("don't", "1,200.50" and "2026-01-31" are one each). Characters are Unicode code points without line ends.
 */
export default task({
	id: 'text.count',
	version: 1,
	title: { en: 'Count words', zh: '统计字数' },
	summary: { en: 'Count the words, characters and lines of a text.', zh: '统计文本的字数、字符数和行数。' },
	phrases: {
		en: [
			'count words',
			'word count',
			'how many words',
			'number of words',
			'count the words',
			'how long is the text',
			'how many characters',
			'character count',
			'count characters',
			'how many letters',
			'how many lines',
			'count lines',
			'line count',
			'number of lines',
			'number of characters',
			'words are in',
			'length of the text',
		],
		zh: [
			'字数',
			'统计字数',
			'多少字',
			'有多少字',
			'多少个字',
			'几个字',
			'数字数',
			'单词数',
			'多少单词',
			'字符数',
			'多少字符',
			'行数',
			'多少行',
			'数一数',
			'文本长度',
		],
	},
	inputs: { text: { kind: 'text', title: { en: 'Text', zh: '文本' } } },
	outputs: { text: { kind: 'text', title: { en: 'Answer', zh: '回答' } } },
	params: z.object({
		language: field.choice({
			title: { en: 'Language of the answer', zh: '回答的语言' },
			choices: { auto: { en: 'That of the text', zh: '与文本相同' }, en: { en: 'English', zh: '英语' }, zh: { en: 'Chinese', zh: '中文' } },
			default: 'auto',
		}),
	}),
	describe: () => ({ text: { kind: 'text', characters: null, lines: 1 } }),
	example: { params: {}, inputs: { text: 'text' } },
	answers: true,
});
