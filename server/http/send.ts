/** Sends a file of the user's or of the store, or a part of it, without ever looking into it. */
import { constants } from 'node:fs';
import { open } from 'node:fs/promises';
import { pipeline } from 'node:stream/promises';
import type { Request, Response } from 'express';
import { mediaType, policyFor } from './formats.ts';
import { Refusal } from './problems.ts';

export interface Sending {
	readonly path: string;
	readonly format: string;
	/** Content hash: the reply's ETag. */
	readonly content: string;
	/** The name to save it under; absent: shown in place, where that is safe. */
	readonly attachment?: string;
	/** The address will give the same bytes for ever. */
	readonly immutable?: boolean;
	/** When the file is gone. */
	readonly missing: Refusal;
}

/** Answers with the bytes, or with the range of them that was asked for, so that players can seek. */
export async function sendBytes(request: Request, response: Response, what: Sending): Promise<void> {
	// Not through a link, and not waiting for ever on a pipe.
	const flags = constants.O_RDONLY | (constants.O_NOFOLLOW ?? 0) | (constants.O_NONBLOCK ?? 0);
	const file = await open(what.path, flags).catch(() => {
		throw what.missing;
	});
	try {
		const stats = await file.stat();
		if (!stats.isFile()) throw what.missing;
		setHeaders(response, what);
		if (request.fresh) {
			response.status(304).end();
			return;
		}
		const range = rangeOf(request, response, stats.size);
		response.set('Content-Length', String(range.end - range.start + 1));
		if (request.method === 'HEAD' || stats.size === 0) {
			response.end();
			return;
		}
		// The reader went away: nothing to say to nobody.
		await pipeline(file.createReadStream({ ...range, autoClose: false }), response).catch(() => response.destroy());
	} finally {
		await file.close();
	}
}

function setHeaders(response: Response, what: Sending): void {
	const type = mediaType(what.format);
	response.set({
		'Content-Type': type ?? 'application/octet-stream',
		'Content-Security-Policy': policyFor(what.format),
		'Accept-Ranges': 'bytes',
		ETag: `"${what.content}"`,
		'Cache-Control': what.immutable === true ? 'private, max-age=31536000, immutable' : 'private, no-cache',
	});
	if (what.attachment !== undefined) response.set('Content-Disposition', disposition(what.attachment));
	else if (type === null) response.set('Content-Disposition', 'attachment');
}

/** First and last byte to send. Several ranges at once are answered with everything, as the standard allows. */
function rangeOf(request: Request, response: Response, size: number): { readonly start: number; readonly end: number } {
	const whole = { start: 0, end: size - 1 };
	const wanted = request.headers['if-range'] === undefined || request.headers['if-range'] === response.get('ETag') ? request.range(size) : undefined;
	if (wanted === -1) {
		response.set('Content-Range', `bytes */${size}`);
		throw new Refusal(416, 'http.range', { bytes: size, range: request.headers.range ?? '' });
	}
	const first = typeof wanted === 'object' && wanted.type === 'bytes' && wanted.length === 1 ? wanted[0] : undefined;
	if (first === undefined) return whole;
	response.status(206).set('Content-Range', `bytes ${first.start}-${first.end}/${size}`);
	return first;
}

/** `Content-Disposition` for any name (RFC 6266, RFC 5987): a plain one for old readers, the true one beside it. */
export function disposition(name: string): string {
	const plain = name.replace(/[^\x20-\x7e]|["\\%]/g, '_');
	const full = encodeURIComponent(name.toWellFormed()).replace(/['()*]/g, (letter) => `%${letter.charCodeAt(0).toString(16).toUpperCase()}`);
	return `attachment; filename="${plain}"; filename*=UTF-8''${full}`;
}
