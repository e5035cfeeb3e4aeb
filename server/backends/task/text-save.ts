import { writeFile } from 'node:fs/promises';
import { z } from 'zod';
import type { TaskContext, TaskResult } from '../../engine/group.ts';
import { readText, textMetadata } from '../table/text.ts';

const paramsSchema = z.object({ format: z.enum(['txt', 'md']) });

/** Writes a text as UTF-8. */
export default async function run(context: TaskContext): Promise<TaskResult> {
	const { format } = paramsSchema.parse(context.params);
	const text = await readText(context);
	const path = `${context.folder}/text.${format}`;
	await writeFile(path, text);
	return { file: { path, metadata: { kind: 'file', format, bytes: Buffer.byteLength(text), content: textMetadata(text) } } };
}
