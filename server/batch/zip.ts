/** Files of an archive, unpacked into a folder of ours. Links are skipped, names can't lead out, and bombs are stopped. */
import { createWriteStream } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { Transform } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { type Entry, openPromise, type ZipFile } from 'yauzl';
import { RunError } from '../../nodes/problems.ts';
import type { Found } from './walk.ts';

const MAX_ENTRIES = 50_000;
const MAX_TOTAL = 20 * 2 ** 30;
/** Unpacked bytes a packed byte; deflate reaches about 1,030. */
const MAX_RATIO = 200;
const MIN_SUSPECT = 50 * 2 ** 20;

/** @throws RunError `zip.*` for archives that are broken, encrypted, or out to do harm. */
export async function unzip(path: string, folder: string): Promise<Found[]> {
	const zip = await opened(path);
	const found: Found[] = [];
	const names = new Set<string>();
	let total = 0;
	try {
		for await (const entry of zip.eachEntry()) {
			const name = entry.fileName;
			if (found.length >= MAX_ENTRIES) throw new RunError('zip.too-many', { limit: MAX_ENTRIES });
			if (name.endsWith('/') || isLink(entry) || isHidden(name)) continue;
			total += entry.uncompressedSize;
			if (total > MAX_TOTAL || (entry.uncompressedSize > MIN_SUSPECT && entry.uncompressedSize > entry.compressedSize * MAX_RATIO))
				throw new RunError('zip.bomb', { name });
			if (names.has(name.toLowerCase())) throw new RunError('zip.twice', { name });
			names.add(name.toLowerCase());
			const target = join(folder, name);
			await mkdir(dirname(target), { recursive: true });
			await pipeline(await zip.openReadStreamPromise(entry), capped(entry), createWriteStream(target, { flags: 'wx', mode: 0o600 }));
			found.push({ path: target, item: name, listed: true });
		}
	} catch (error) {
		throw error instanceof RunError ? error : broken(path, error);
	} finally {
		zip.close();
	}
	return found;
}

async function opened(path: string): Promise<ZipFile> {
	try {
		return await openPromise(path, { strictFileNames: true, validateEntrySizes: true, lazyEntries: true, autoClose: false });
	} catch (error) {
		throw broken(path, error);
	}
}

function broken(path: string, error: unknown): RunError {
	return new RunError('input.broken', { name: path, format: 'zip', reason: error instanceof Error ? error.message : String(error) });
}

/** Never more than the entry said. */
function capped(entry: Entry): Transform {
	let seen = 0;
	return new Transform({
		transform(chunk: Buffer, _encoding, done) {
			seen += chunk.length;
			if (seen > entry.uncompressedSize) done(new RunError('zip.bomb', { name: entry.fileName }));
			else done(null, chunk);
		},
	});
}

/** Unix mode in the upper half of the external attributes. */
function isLink(entry: Entry): boolean {
	return ((entry.externalFileAttributes >>> 16) & 0o170000) === 0o120000;
}

function isHidden(name: string): boolean {
	return name.split('/').some((part) => part.startsWith('.') || part === '__MACOSX');
}
