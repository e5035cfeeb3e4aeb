import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { pagesOf } from '../../../nodes/document/range.ts';
import { Cancelled } from '../../../nodes/problems.ts';
import type { TaskContext, TaskResult } from '../../engine/group.ts';
import { only, textMetadata } from '../document/inputs.ts';
import { openDocument } from '../document/open.ts';
import { textOfPage } from '../document/text.ts';

const paramsSchema = z.object({ pages: z.string().optional() });

/** Takes the text out of the pages asked for; a form feed stands between pages. */
export default async function run(context: TaskContext): Promise<TaskResult> {
	const input = only(context, 'document');
	const document = await openDocument(input.path, input.name);
	const wanted = pagesOf(paramsSchema.parse(context.params).pages, document.numPages) ?? [];
	const texts: string[] = [];
	for (const page of wanted) {
		if (context.signal.aborted) throw new Cancelled();
		texts.push(await textOfPage(document, page));
		context.progress(texts.length / wanted.length);
	}
	const text = `${texts.join('\n\f\n')}\n`;
	const path = join(context.folder, 'text.txt');
	await writeFile(path, text);
	return { text: { path, metadata: textMetadata(text) } };
}
