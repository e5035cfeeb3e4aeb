/** Takes what a script wrote, as what it is and not as what it is called. */
import { constants } from 'node:fs';
import { open } from 'node:fs/promises';
import { KIND_TITLES, type Metadata } from '../../../nodes/define.ts';
import { RunError } from '../../../nodes/problems.ts';
import { decodeText, SNIFF_BYTES, sniff } from '../../../nodes/sniff.ts';
import type { MadeValue, TaskContext } from '../../engine/group.ts';
import { type Output, UNTOUCHED } from './stage.ts';

/** @throws RunError `code.no-output`, `code.wrong-output` */
export async function collect(output: Output, context: TaskContext): Promise<MadeValue> {
	const { name, kind, path } = output;
	const written = await look(path);
	if (written === null || (written.bytes === 0 && kind !== 'text')) throw new RunError('code.no-output', { name, kind: KIND_TITLES[kind].en });
	const { format, kinds } = sniff(written.head, path);
	if (kind === 'file') return { path, metadata: { kind, format, bytes: written.bytes, content: null } };
	if (kind === 'page' && kinds.includes('text')) return { path, metadata: { kind, title: titleOf(decodeText(written.head)) } };
	if (kind === 'chart') return { path, metadata: chart(written.head, output, format) };
	if (!kinds.includes(kind) && !(kind === 'text' && written.bytes === 0)) throw wrong(output, format);
	if (context.readAs === undefined) throw new Error('a script is run where files can be read as every kind');
	const readings = await context.readAs(path, format, kind, `outputs["${name}"]`);
	const metadata = readings.find((reading) => reading.kind === kind);
	if (metadata === undefined) throw wrong(output, format);
	return { path, metadata };
}

function wrong({ name, kind }: Output, format: string): RunError {
	return new RunError('code.wrong-output', { name, got: format, expected: KIND_TITLES[kind].en });
}

/** The start of a file, or null where nobody wrote to it. Nothing but a regular file is opened, and no link is followed. */
async function look(path: string): Promise<{ readonly head: Uint8Array; readonly bytes: number } | null> {
	const file = await open(path, constants.O_RDONLY | constants.O_NOFOLLOW | constants.O_NONBLOCK);
	try {
		const found = await file.stat();
		if (!found.isFile() || found.mtimeMs === UNTOUCHED.getTime()) return null;
		if (process.getuid?.() === 0) await file.chown(0, 0);
		await file.chmod(0o644);
		const { buffer, bytesRead } = await file.read(Buffer.alloc(SNIFF_BYTES), 0, SNIFF_BYTES, 0);
		return { head: buffer.subarray(0, bytesRead), bytes: found.size };
	} finally {
		await file.close();
	}
}

function titleOf(html: string): string | null {
	return /<title[^>]*>([^<]*)</i.exec(html)?.[1]?.trim() ?? null;
}

function chart(head: Uint8Array, output: Output, format: string): Metadata {
	const text = decodeText(head);
	if (format !== 'json' || !/"mark"|"layer"|"[hv]?concat"|"facet"|"repeat"/.test(text)) throw wrong(output, format);
	return { kind: 'chart', width: null, height: null, mark: /"mark"\s*:\s*(?:\{\s*"type"\s*:\s*)?"(\w+)"/.exec(text)?.[1] ?? null, title: null };
}
