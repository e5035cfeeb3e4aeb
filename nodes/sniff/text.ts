/** Formats of text: what a text is by what it says, and by its name only where it could be several. */
import type { Kind } from '../kinds.ts';
import { delimiterOf } from './delimiter.ts';
import { decodeText, encodingOf } from './encoding.ts';

interface TextFormat {
	readonly format: string;
	readonly kinds: readonly Kind[];
}

/** Endings that name a format of plain text; the text itself can't say so. */
const PLAIN = /^(?:md|log|py|js|mjs|css|yaml|yml|toml|ini|sql|tex|rst|sh|ics|vcf|xml)$/;

/** The format of a text, or null where the bytes are no text. */
export function textFormat(bytes: Uint8Array, ending: string): TextFormat | null {
	if (bytes.length === 0) return null;
	const encoding = encodingOf(bytes);
	if (encoding === null) return null;
	const text = decodeText(bytes, encoding);
	return markup(text) ?? json(text, ending) ?? subtitles(text) ?? table(text, ending) ?? plain(ending);
}

function plain(ending: string): TextFormat {
	return { format: PLAIN.test(ending) ? ending : 'txt', kinds: ['text'] };
}

function markup(text: string): TextFormat | null {
	const start = text.slice(0, 4096).trimStart();
	if (!start.startsWith('<')) return null;
	const bare = start.replace(/<!--[\s\S]*?-->|<\?[\s\S]*?\?>/g, '').trimStart();
	if (/^(?:<!doctype svg[^>]*(?:\[[\s\S]*?\]\s*)?>\s*)?<(?:\w+:)?svg[\s>/]/i.test(bare)) return { format: 'svg', kinds: ['image', 'text'] };
	if (/^<(?:!doctype html|html|head|body|title|script|div|table|p|h1)[\s>]/i.test(bare)) return { format: 'html', kinds: ['page', 'text'] };
	return start.startsWith('<?xml') ? { format: 'xml', kinds: ['text'] } : null;
}

function json(text: string, ending: string): TextFormat | null {
	const start = text.trimStart();
	if (!/^(?:\{\s*["}]|\[\s*[[{"\]\d\-tfn])/.test(start)) return null;
	const lines = start.split('\n').filter((line) => line.trim() !== '');
	// The last line may be cut.
	const whole = lines.length > 1 ? lines.slice(0, -1) : lines;
	if (start.startsWith('{') && lines.length > 1 && whole.every((line) => isJson(line))) return { format: 'ndjson', kinds: ['table', 'text'] };
	if (!isJson(start) && start.length < 60_000 && !looksCut(start, ending)) return null;
	if (/^\{[^{}]*"\$schema"\s*:\s*"[^"]*vega[^"]*"/.test(start) || /"\$schema"\s*:\s*"https:\/\/vega\.github\.io\/schema\/vega/.test(start))
		return { format: 'json', kinds: ['chart', 'text'] };
	return { format: ending === 'ndjson' || ending === 'jsonl' ? 'ndjson' : 'json', kinds: ['table', 'text'] };
}

function isJson(text: string): boolean {
	try {
		JSON.parse(text);
		return true;
	} catch {
		return false;
	}
}

/** Broken JSON that is named so is still JSON: its reader says what is wrong. */
function looksCut(text: string, ending: string): boolean {
	return /^(?:json|geojson|ndjson|jsonl)$/.test(ending) && /[:,]/.test(text);
}

function subtitles(text: string): TextFormat | null {
	if (/^WEBVTT(?:\s|$)/.test(text)) return { format: 'vtt', kinds: ['text'] };
	return /^\s*\d+\r?\n\d{1,2}:\d\d:\d\d[,.]\d{3} --> /.test(text) ? { format: 'srt', kinds: ['text'] } : null;
}

function table(text: string, ending: string): TextFormat | null {
	const named = ending === 'csv' || ending === 'tsv' || ending === 'tab';
	const delimiter = delimiterOf(text, named ? 'named' : PLAIN.test(ending) ? 'doubted' : 'open');
	if (delimiter !== null) return { format: delimiter === '\t' ? 'tsv' : 'csv', kinds: ['table', 'text'] };
	return named ? { format: ending === 'csv' ? 'csv' : 'tsv', kinds: ['table', 'text'] } : null;
}
