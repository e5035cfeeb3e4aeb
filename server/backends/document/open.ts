/** Opens documents and keeps the last few open, because the pages of one are drawn one after the other. */
import { readFile, stat } from 'node:fs/promises';
import { basename } from 'node:path';
import type { PDFDocumentProxy } from 'pdfjs-dist/types/src/display/api.d.ts';
import { RunError } from '../../../nodes/problems.ts';
import './fonts.ts';
import { openingOf, pdfjs } from './library.ts';

const KEPT = 3;
const open = new Map<string, Promise<PDFDocumentProxy>>();

/**
 * The document in a file. It stays open until others have taken its place: don't close it.
 * @throws RunError `document.encrypted`, `document.broken`
 */
export async function openDocument(path: string, name: string = basename(path)): Promise<PDFDocumentProxy> {
	const { mtimeMs, size, ino } = await stat(path);
	const key = `${path}\0${ino}\0${size}\0${mtimeMs}`;
	const opening = open.get(key) ?? read(path);
	open.delete(key);
	open.set(key, opening);
	for (const [other, document] of [...open].slice(0, -KEPT)) {
		open.delete(other);
		void document.then((one) => one.loadingTask.destroy()).catch(() => undefined);
	}
	try {
		return await opening;
	} catch (error) {
		open.delete(key);
		throw problem(error, name);
	}
}

async function read(path: string): Promise<PDFDocumentProxy> {
	// A copy of its own: pdf.js takes the memory over.
	return pdfjs.getDocument(openingOf(new Uint8Array(await readFile(path)))).promise;
}

function problem(error: unknown, name: string): RunError {
	if (error instanceof Error && error.name === 'PasswordException') return new RunError('document.encrypted', { name }, {}, error);
	return new RunError('document.broken', { name, reason: reasonOf(error) }, {}, error);
}

/** What pdf.js says, as a sentence. */
export function reasonOf(error: unknown): string {
	const reason = error instanceof Error ? error.message : String(error);
	return /[.!]$/.test(reason) ? reason : `${reason}.`;
}
