/** Reads a user's text, in whatever encoding, and says what is known of one. */
import { readFile } from 'node:fs/promises';
import type { TextMetadata } from '../../../nodes/define.ts';
import { RunError } from '../../../nodes/problems.ts';
import type { TaskContext } from '../../engine/group.ts';
import { encodingOf } from './encoding.ts';

/** Texts above this size are not held in memory. */
const LARGEST = 256 * 2 ** 20;

/** The text at the port `text`. */
export async function readText(context: TaskContext): Promise<string> {
	const [input] = context.inputs.text ?? [];
	if (input === undefined) throw new Error('the port text has a value');
	const bytes = await readFile(input.path);
	if (bytes.length > LARGEST) throw new RunError('input.broken', { name: input.name, format: 'text', reason: 'it is larger than 256 MB' });
	return new TextDecoder(await encodingOf(input.path)).decode(bytes);
}

/** Characters and lines as everybody counts them: a line end at the very end starts no new line. */
export function textMetadata(text: string): TextMetadata {
	let characters = 0;
	for (const _ of text) characters++;
	return { kind: 'text', characters, lines: lineCount(text) };
}

export function lineCount(text: string): number {
	return text === '' ? 0 : text.replace(/\r?\n$/, '').split('\n').length;
}
