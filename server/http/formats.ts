/** How files are served, by format: their media type, and what a browser may do with them. */
import type { Metadata } from '../../nodes/define.ts';

const TYPES: Readonly<Record<string, string>> = {
	png: 'image/png',
	jpeg: 'image/jpeg',
	jpg: 'image/jpeg',
	gif: 'image/gif',
	webp: 'image/webp',
	avif: 'image/avif',
	heic: 'image/heic',
	tiff: 'image/tiff',
	bmp: 'image/bmp',
	ico: 'image/x-icon',
	svg: 'image/svg+xml',
	mp4: 'video/mp4',
	mov: 'video/quicktime',
	webm: 'video/webm',
	mkv: 'video/matroska',
	ogv: 'video/ogg',
	mp3: 'audio/mpeg',
	m4a: 'audio/mp4',
	aac: 'audio/aac',
	wav: 'audio/wav',
	flac: 'audio/flac',
	ogg: 'audio/ogg',
	opus: 'audio/ogg',
	pdf: 'application/pdf',
	html: 'text/html; charset=utf-8',
	json: 'application/json',
	csv: 'text/csv; charset=utf-8',
	tsv: 'text/tab-separated-values; charset=utf-8',
	txt: 'text/plain; charset=utf-8',
	md: 'text/plain; charset=utf-8',
	srt: 'text/plain; charset=utf-8',
	vtt: 'text/vtt; charset=utf-8',
	zip: 'application/zip',
};

/** Formats that a browser may show; everything else is only ever downloaded. */
export function mediaType(format: string): string | null {
	return Object.hasOwn(TYPES, format) ? (TYPES[format] ?? null) : null;
}

const NOTHING = "default-src 'none'; frame-ancestors 'self'";
/** Everything that a self-contained page needs, and no way to the network or to this server: its origin is opaque. */
const PAGE = `sandbox allow-scripts; ${NOTHING}; script-src 'unsafe-inline'; style-src 'unsafe-inline'; img-src data: blob:; media-src data: blob:; font-src data:; worker-src blob:`;
/** An SVG opened by itself is a document that could carry scripts. */
const STILL = `sandbox; ${NOTHING}; style-src 'unsafe-inline'; img-src data:; media-src 'self'; font-src data:`;

/** The policy that a user's file is served with. Browsers show no PDF inside a sandbox, and run nothing of it in our origin. */
export function policyFor(format: string): string {
	if (format === 'html') return PAGE;
	return format === 'pdf' ? `${NOTHING}; style-src 'unsafe-inline'` : STILL;
}

/** The format that bytes with this metadata are in: what a file says, else what backends hand over. */
export function formatOf(metadata: Metadata): string {
	switch (metadata.kind) {
		case 'file':
			return metadata.format ?? 'bin';
		case 'image':
			return metadata.format ?? 'png';
		case 'video':
			return metadata.format ?? 'mkv';
		case 'audio':
			return metadata.format ?? 'flac';
		case 'document':
			return metadata.format ?? 'pdf';
		case 'table':
			return metadata.format ?? 'parquet';
		case 'text':
			return 'txt';
		case 'chart':
			return 'json';
		case 'page':
			return 'html';
	}
}
