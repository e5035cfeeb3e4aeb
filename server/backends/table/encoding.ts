/**
 * Which encoding a text file is in. UTF-8 is proven over the whole file; for the others strict decodes are tried on the first part and
 * scored by how usual the characters would be that they give.
 */
import { isUtf8 } from 'node:buffer';
import { once } from 'node:events';
import { createReadStream, createWriteStream } from 'node:fs';
import { open } from 'node:fs/promises';

export type Encoding = 'utf-8' | 'utf-16le' | 'utf-16be' | 'gb18030' | 'big5' | 'shift_jis' | 'windows-1252';

const SAMPLE = 256 * 1024;
/** Files above this are proven on parts only. */
const PROVE = 512 * 2 ** 20;
const CHUNK = 4 * 2 ** 20;

/** The encoding of a text file. */
export async function encodingOf(path: string): Promise<Encoding> {
	const file = await open(path);
	try {
		const { size } = await file.stat();
		const head = Buffer.alloc(Math.min(size, SAMPLE));
		await file.read(head, 0, head.length, 0);
		if (head[0] === 0xff && head[1] === 0xfe) return 'utf-16le';
		if (head[0] === 0xfe && head[1] === 0xff) return 'utf-16be';
		const wide = wideOf(head);
		if (wide !== undefined) return wide;
		const chunk = Buffer.alloc(Math.min(size, CHUNK));
		const sample: Buffer[] = [];
		for (let at = 0; at < size; at += size > PROVE ? Math.ceil(size / 16) : 0) {
			const { bytesRead } = await file.read(chunk, 0, chunk.length, at);
			if (bytesRead === 0) break;
			const end = at + bytesRead >= size ? bytesRead : lastLine(chunk, bytesRead);
			const part = chunk.subarray(size > PROVE && at > 0 ? chunk.indexOf(10) + 1 : 0, end);
			if (!isUtf8(part)) {
				sample.push(Buffer.from(firstBroken(part)));
				break;
			}
			if (size <= PROVE) at += end;
		}
		return sample.length === 0 ? 'utf-8' : guess(Buffer.concat(sample));
	} finally {
		await file.close();
	}
}

/** The end of the last whole line, so that no character is cut. */
function lastLine(chunk: Buffer, length: number): number {
	const end = chunk.subarray(0, length).lastIndexOf(10);
	return end <= 0 ? length : end + 1;
}

/** About 64 kB from the first line on that isn't UTF-8. */
function firstBroken(part: Buffer): Buffer {
	const step = 64 * 1024;
	for (let at = 0; at < part.length; ) {
		const limit = Math.min(part.length, at + step);
		const end = limit === part.length ? limit : at + lastLine(part.subarray(at, limit), limit - at);
		if (!isUtf8(part.subarray(at, end))) return part.subarray(at, end);
		at = end;
	}
	return part.subarray(0, step);
}

/** UTF-16 without its mark: zeros in every other place. */
function wideOf(head: Buffer): Encoding | undefined {
	const pairs = Math.floor(Math.min(head.length, 4096) / 2);
	if (pairs < 4) return undefined;
	let even = 0;
	let odd = 0;
	for (let i = 0; i < pairs; i++) {
		if (head[2 * i] === 0) even++;
		if (head[2 * i + 1] === 0) odd++;
	}
	if (odd > pairs * 0.3 && even < pairs * 0.05) return 'utf-16le';
	if (even > pairs * 0.3 && odd < pairs * 0.05) return 'utf-16be';
	return undefined;
}

type Pair = (lead: number, trail: number) => boolean;
const CANDIDATES: readonly { readonly encoding: Encoding; readonly usual: Pair }[] = [
	/* GB 2312 level 1 and its punctuation. */
	{ encoding: 'gb18030', usual: (lead, trail) => trail >= 0xa1 && ((lead >= 0xb0 && lead <= 0xd7) || (lead >= 0xa1 && lead <= 0xa3)) },
	/* Big5 level 1 and its punctuation; half of its trail bytes are ASCII. */
	{ encoding: 'big5', usual: (lead, trail) => (lead >= 0xa4 && lead <= 0xc6) || (lead === 0xa1 && trail >= 0x40) },
	/* Kana and JIS level 1. */
	{ encoding: 'shift_jis', usual: (lead) => lead === 0x82 || lead === 0x83 || lead === 0x81 || (lead >= 0x88 && lead <= 0x97) },
];

function guess(sample: Buffer): Encoding {
	let best: { encoding: Encoding; score: number } = { encoding: 'windows-1252', score: 0.6 };
	for (const { encoding, usual } of CANDIDATES) {
		if (!decodes(sample, encoding)) continue;
		const score = shareOf(sample, usual);
		if (score > best.score) best = { encoding, score };
	}
	return best.encoding;
}

function decodes(sample: Buffer, encoding: Encoding): boolean {
	try {
		new TextDecoder(encoding, { fatal: true }).decode(sample, { stream: true });
		return true;
	} catch {
		return false;
	}
}

/** Share of the double-byte characters that are usual ones. */
function shareOf(sample: Buffer, usual: Pair): number {
	let all = 0;
	let good = 0;
	for (let i = 0; i + 1 < sample.length; i++) {
		const lead = sample[i] ?? 0;
		if (lead < 0x80) continue;
		all++;
		i++;
		if (usual(lead, sample[i] ?? 0)) good++;
	}
	return all === 0 ? 0 : good / all;
}

/** Writes a text file as UTF-8, piece by piece; at most `limit` bytes of the source are read. */
export async function toUtf8(path: string, encoding: Encoding, target: string, limit = Number.POSITIVE_INFINITY): Promise<void> {
	const decoder = new TextDecoder(encoding);
	const out = createWriteStream(target, { flags: 'wx' });
	const failed = once(out, 'error').then(([error]) => {
		throw error;
	});
	failed.catch(() => undefined);
	const source = createReadStream(path, Number.isFinite(limit) ? { end: limit - 1, highWaterMark: CHUNK } : { highWaterMark: CHUNK });
	for await (const chunk of source) {
		if (!out.write(decoder.decode(chunk, { stream: true }))) await Promise.race([once(out, 'drain'), failed]);
	}
	out.end(Number.isFinite(limit) ? '' : decoder.decode());
	await Promise.race([once(out, 'finish'), failed]);
}
