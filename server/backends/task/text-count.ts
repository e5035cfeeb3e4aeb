import { writeFile } from 'node:fs/promises';
import { z } from 'zod';
import type { TaskContext, TaskResult } from '../../engine/group.ts';
import { lineCount, readText, textMetadata } from '../table/text.ts';

const paramsSchema = z.object({ language: z.enum(['auto', 'en', 'zh']) });
const SQUARE = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}]/gu;

/** Counts, and says so in a sentence. */
export default async function run(context: TaskContext): Promise<TaskResult> {
	const { language } = paramsSchema.parse(context.params);
	const counted = countText(await readText(context));
	const chinese = language === 'zh' || (language === 'auto' && counted.square * 2 > counted.words);
	const text = sentenceOf(counted, chinese);
	const path = `${context.folder}/count.txt`;
	await writeFile(path, text);
	return { text: { path, metadata: textMetadata(text) } };
}

export interface Counted {
	readonly words: number;
	/** Words that are one Chinese, Japanese or Korean character each. */
	readonly square: number;
	/** Without line ends. */
	readonly characters: number;
	readonly withoutSpaces: number;
	readonly lines: number;
}

/** Exact counts by the rule that text.count states. */
export function countText(text: string): Counted {
	const square = text.match(SQUARE)?.length ?? 0;
	const rest = text.replace(SQUARE, ' ').split(/\s+/u);
	const words = square + rest.filter((word) => /[\p{L}\p{N}]/u.test(word)).length;
	let characters = 0;
	let withoutSpaces = 0;
	for (const sign of text) {
		if (sign === '\n' || sign === '\r' || sign === '\uFEFF') continue;
		characters++;
		if (!/\s/u.test(sign)) withoutSpaces++;
	}
	return { words, square, characters, withoutSpaces, lines: lineCount(text) };
}

function sentenceOf({ words, square, characters, withoutSpaces, lines }: Counted, chinese: boolean): string {
	const n = (value: number) => value.toLocaleString('en-US');
	if (chinese) return `共 ${n(words)} 字（其中汉字等 ${n(square)} 个），${n(characters)} 个字符（不含空格 ${n(withoutSpaces)} 个），${n(lines)} 行。`;
	const s = (value: number, one: string) => `${n(value)} ${one}${value === 1 ? '' : 's'}`;
	return `${s(words, 'word')}, ${s(characters, 'character')} (${n(withoutSpaces)} without spaces), ${s(lines, 'line')}.`;
}
