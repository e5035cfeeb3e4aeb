import type { TextMetadata } from '../../../nodes/define.ts';
import type { TaskContext, TaskInput } from '../../engine/group.ts';

/** The one value at an input port. */
export function only(context: TaskContext, port: string): TaskInput {
	const input = context.inputs[port]?.[0];
	if (input === undefined) throw new Error(`the port ${port} has a value`);
	return input;
}

/** What is known of a text that was made. */
export function textMetadata(text: string): TextMetadata {
	const lines = text.split('\n').length - (text.endsWith('\n') ? 1 : 0);
	return { kind: 'text', characters: [...text].length, lines: text === '' ? 0 : lines };
}
