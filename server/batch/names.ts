/** Names of results: templates, what they may hold, and which of them collide. */
import { basename, dirname, extname, join } from 'node:path';
import type { Metadata } from '../../nodes/define.ts';

/** What a template's places stand for. `index` counts the results of one item from 1; null where there is only one. */
export interface NameFacts {
	readonly stem: string;
	readonly item: string;
	/** Position of the item in the batch, from 1. */
	readonly number: number;
	readonly index: number | null;
	/** Results of the item: as many digits are used as that needs. */
	readonly count: number;
	readonly extension: string;
	readonly metadata: Metadata | null;
	readonly date: Date;
	/** Values of its row of a table, by column. */
	readonly columns?: Readonly<Record<string, string>>;
	/** Tells it apart from another item's result of the same name; empty where that isn't needed. */
	readonly suffix?: string;
}

/** Characters that some file system refuses, and control characters. */
const UNSAFE = /[/\\:*?"<>|\p{Cc}]/gu;
const MAX_BYTES = 240;
/** Formats whose files usually end otherwise. */
const ENDINGS: Readonly<Record<string, string>> = { jpeg: 'jpg' };

/**
 * The file name for a result. `{name} {ext} {index} {number} {width} {height} {date} {parent} {column:NAME}`; a template without `{ext}` gets the
 * ending unless it has it, one without `{index}` gets it before the ending where an item has several results.
 */
export function fileName(template: string, facts: NameFacts): string {
	const content = facts.metadata?.kind === 'file' ? facts.metadata.content : facts.metadata;
	const size = content !== null && (content.kind === 'image' || content.kind === 'video') ? content : null;
	const index = facts.index === null ? '1' : String(facts.index).padStart(Math.max(String(facts.count).length, 2), '0');
	const extension = ENDINGS[facts.extension] ?? facts.extension;
	const places: Record<string, string> = {
		name: facts.stem,
		ext: extension,
		index,
		number: String(facts.number),
		width: String(size?.width ?? '{width}'),
		height: String(size?.height ?? '{height}'),
		date: facts.date.toISOString().slice(0, 10),
		parent: basename(dirname(facts.item)) === '.' ? '' : basename(dirname(facts.item)),
	};
	const filled = template.replace(PLACE, (place, column: string | undefined, name: string) =>
		column === undefined ? (places[name] ?? place) : cellText(column, facts) || facts.stem,
	);
	const complete = template.includes('{ext}') || template.toLowerCase().endsWith(`.${extension}`);
	const withEnding = complete ? filled : `${filled}.${extension}`;
	const numbered = facts.index === null || template.includes('{index}') ? withEnding : beforeEnding(withEnding, `-${index}`);
	return safe(facts.suffix === undefined || facts.suffix === '' ? numbered : beforeEnding(numbered, facts.suffix));
}

const PLACE = /\{column:([^{}]*)\}|\{(\w+)\}/g;

/** A row's value as a part of a name: one line without blanks around it. */
function cellText(column: string, { columns }: NameFacts): string {
	return (columns?.[column] ?? '').replace(/\s+/gu, ' ').trim();
}

/** The name without anything that could lead elsewhere or that a file system refuses. */
export function safe(name: string): string {
	const clean = name
		.replace(UNSAFE, '_')
		.replace(/^\.+/, '_')
		.replace(/[. ]+$/, '');
	return shortened(clean === '' ? '_' : clean);
}

const SHORT = 40;

/** A recipe's name as a file is called: `QR code` → `qr-code`; of a long one (a whole sentence) its first words, without addresses. */
export function shortName(name: string): string {
	const words = name
		.normalize('NFC')
		.toLowerCase()
		.replace(/[a-z]+:\/\/\S*/gu, ' ')
		.split(/[^\p{L}\p{N}]+/u)
		.filter((word) => word !== '');
	while (words.length > 1 && LEADING.has(words[0] ?? '')) words.shift();
	let short = '';
	for (const word of words) if (short.length + word.length < SHORT) short += short === '' ? word : `-${word}`;
	while (words.length > 1 && TRAILING.test(short)) short = short.replace(TRAILING, '');
	return short === '' ? [...(words[0] ?? 'result')].slice(0, SHORT).join('') : short;
}

/** Words that a sentence begins with before it says what is made. */
const LEADING = new Set(['please', 'make', 'create', 'generate', 'draw', 'give', 'me', 'a', 'an', 'the']);
const TRAILING = /-(of|for|with|to|from|the|a|an|that|says|in|on)$/;

function shortened(name: string): string {
	const ending = extname(name);
	let stem = name.slice(0, name.length - ending.length);
	while (Buffer.byteLength(stem + ending) > MAX_BYTES) stem = [...stem].slice(0, -1).join('');
	return stem + ending;
}

function beforeEnding(name: string, text: string): string {
	const ending = extname(name);
	return `${name.slice(0, name.length - ending.length)}${text}${ending}`;
}

/** Where an item's results go: the same sub-folder as the item has. */
export function folderFor(out: string, item: string, keepFolders: boolean): string {
	const below = dirname(item);
	return keepFolders && below !== '.' ? join(out, ...below.split(/[/\\]/).map(safe)) : out;
}
