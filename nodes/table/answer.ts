import { field, task, z } from '../define.ts';
import { TABLE_IN } from './columns.ts';

/** Says a small table as a sentence: the answer to a question. */
export default task({
	id: 'table.answer',
	version: 1,
	title: { en: 'Answer in words', zh: '用一句话回答' },
	summary: { en: 'Say a table of one or a few rows as a sentence.', zh: '把一行或几行的表格说成一句话。' },
	phrases: {
		en: [
			'answer',
			'tell me',
			'which is',
			'which one',
			'which has',
			'which',
			'who has',
			'who is',
			'what is',
			'what is the',
			'say',
			'in words',
			'as a sentence',
			'in one sentence',
			'give me the answer',
			'just the number',
			'when was',
		],
		zh: ['回答', '告诉我', '哪个', '哪一个', '哪个最', '谁最', '谁', '是多少', '多少', '是什么', '用一句话', '说出', '什么时候'],
	},
	inputs: TABLE_IN,
	outputs: { text: { kind: 'text', title: { en: 'Answer', zh: '回答' } } },
	params: z.object({
		template: field.text({
			title: { en: 'Sentence', zh: '句子' },
			hint: { en: '{column} stands for its value; empty: "first column (other columns)"', zh: '{列名} 会换成该列的值；留空则为“第一列（其他列）”' },
			max: 1000,
			default: '',
		}),
		rows: field.number({ title: { en: 'Rows at most', zh: '最多行数' }, min: 1, max: 100, whole: true, default: 10 }),
	}),
	describe: () => ({ text: { kind: 'text', characters: null, lines: null } }),
	example: { params: { template: '{region}: {units} × {product}', rows: 2 }, inputs: { table: 'sales' } },
	answers: true,
});
