/** Metadata as a short line: `800 × 600 · PNG`, `5.0 s · 24 fps`, `1,704 rows · 6 columns`. */
import { KIND_TITLES, type Metadata, type Seen } from '../../nodes/define.ts';
import type { Language } from '../../nodes/messages/index.ts';
import { bytesText, countText, durationText } from '../app/format.ts';

type Part = string | null;

/** The line; empty when nothing is known. */
export function describeMetadata(metadata: Metadata, language: Language): string {
	return partsOf(metadata, language)
		.filter((part) => part !== null)
		.join(' · ');
}

/** The line with the kind before it, and the count of a list. */
export function describeSeen(seen: Seen, language: Language): string {
	const metadata = seen.many ? seen.element : seen.metadata;
	const kind = KIND_TITLES[metadata.kind][language];
	const head = seen.many ? `${kind} × ${seen.count === null ? '?' : countText(seen.count)}` : kind;
	const rest = describeMetadata(metadata, language);
	return rest === '' ? head : `${head} · ${rest}`;
}

function partsOf(metadata: Metadata, language: Language): Part[] {
	const zh = language === 'zh';
	switch (metadata.kind) {
		case 'image':
			return [
				size(metadata.width, metadata.height),
				metadata.frames !== null && metadata.frames > 1 ? `${metadata.frames} ${zh ? '帧' : 'frames'}` : null,
				metadata.duration !== null && metadata.duration > 0 ? durationText(metadata.duration) : null,
				upper(metadata.format),
			];
		case 'video':
			return [
				size(metadata.width, metadata.height),
				metadata.duration === null ? null : durationText(metadata.duration),
				metadata.fps === null ? null : `${Number(metadata.fps.toFixed(2))} fps`,
				metadata.audio === false ? (zh ? '无声' : 'no sound') : null,
				upper(metadata.codec ?? metadata.format),
			];
		case 'audio':
			return [
				metadata.duration === null ? null : durationText(metadata.duration),
				metadata.sampleRate === null ? null : `${Number((metadata.sampleRate / 1000).toFixed(1))} kHz`,
				metadata.channels === null
					? null
					: metadata.channels === 1
						? zh
							? '单声道'
							: 'mono'
						: metadata.channels === 2
							? zh
								? '立体声'
								: 'stereo'
							: `${metadata.channels} ch`,
				upper(metadata.codec ?? metadata.format),
			];
		case 'document':
			return [count(metadata.pages, zh ? '页' : 'page', zh), upper(metadata.format)];
		case 'table':
			return [
				count(metadata.rows, zh ? '行' : 'row', zh),
				metadata.columns === null ? null : count(metadata.columns.length, zh ? '列' : 'column', zh),
				upper(metadata.format),
			];
		case 'text':
			return [count(metadata.characters, zh ? '字符' : 'character', zh), count(metadata.lines, zh ? '行' : 'line', zh)];
		case 'chart':
			return [metadata.title, metadata.mark, size(metadata.width, metadata.height)];
		case 'page':
			return [metadata.title];
		case 'file':
			return [
				upper(metadata.format),
				metadata.bytes === null ? null : bytesText(metadata.bytes),
				...(metadata.content === null ? [] : partsOf({ ...metadata.content, ...('format' in metadata.content ? { format: null } : {}) }, language)),
			];
	}
}

const size = (width: number | null, height: number | null): Part => (width === null && height === null ? null : `${width ?? '?'} × ${height ?? '?'}`);
const upper = (text: string | null): Part => (text === null ? null : text.toUpperCase());
const count = (value: number | null, word: string, zh: boolean): Part => (value === null ? null : `${countText(value)} ${word}${zh || value === 1 ? '' : 's'}`);
