/** A look at a user's file: what it is by its content, and what is known of it. */
import { open, stat } from 'node:fs/promises';
import type { Metadata } from '../../nodes/define.ts';
import { RunError } from '../../nodes/problems.ts';
import { SNIFF_BYTES, sniff } from '../../nodes/sniff.ts';
import type { Reading } from '../engine/group.ts';
import type { LookReply } from '../engine/workers.ts';
import { hashFile } from '../stores/artifacts.ts';
import { readAs } from './read-as.ts';

/** @throws RunError `input.not-found`, `input.empty`, `input.broken`, `input.changed`. */
export async function look(path: string, name: string, thorough = false): Promise<LookReply> {
	const before = await stat(path, { bigint: true }).catch(() => null);
	if (before === null || !before.isFile()) throw new RunError('input.not-found', { path: name });
	if (before.size === 0n) throw new RunError('input.empty', { name });
	const [content, reading] = await Promise.all([hashFile(path), readingOf(path, name, thorough)]);
	const after = await stat(path, { bigint: true });
	if (after.mtimeNs !== before.mtimeNs || after.size !== before.size) throw new RunError('input.changed', { name });
	return { ...reading, content, bytes: Number(before.size) };
}

/** The readings of a file, the likeliest first. */
export async function readingOf(path: string, name: string, thorough = false): Promise<Reading> {
	const { format, kinds } = sniff(await headOf(path), name);
	const readings: Metadata[] = [];
	for (const kind of kinds) {
		for (const metadata of await readAs(path, format, kind, name, thorough)) {
			if (!readings.some((one) => one.kind === metadata.kind)) readings.push(metadata);
		}
	}
	return { format, readings };
}

async function headOf(path: string): Promise<Uint8Array> {
	const file = await open(path, 'r');
	try {
		const { buffer, bytesRead } = await file.read(Buffer.alloc(SNIFF_BYTES), 0, SNIFF_BYTES, 0);
		return buffer.subarray(0, bytesRead);
	} finally {
		await file.close();
	}
}
