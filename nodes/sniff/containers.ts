/** Formats that share a container: ISO media (mp4, mov, heic …), RIFF, Matroska, Ogg, zip. */
import type { Kind } from '../kinds.ts';
import { ascii, byte, find, uint16le, uint32, uint32le } from './bytes.ts';

const BRANDS: readonly (readonly [RegExp, string])[] = [
	[/^(?:avif|avis)$/, 'avif'],
	[/^(?:heic|heix|heim|heis|hevc|hevx|hevm|hevs)$/, 'heic'],
	[/^(?:M4A |M4B |M4P )$/, 'm4a'],
	[/^qt {2}$/, 'mov'],
	[/^3g/, '3gp'],
];

/** mp4 and its relatives: a size, `ftyp`, brands. Old QuickTime files start with another atom. */
export function isoFormat(bytes: Uint8Array): string | null {
	const atom = ascii(bytes, 4, 4);
	if (atom !== 'ftyp') return /^(?:moov|mdat|wide|free|skip|pnot)$/.test(atom) && isQuickTime(bytes) ? 'mov' : null;
	const major = ascii(bytes, 8, 4);
	const end = Math.min(uint32(bytes, 0), bytes.length, 512);
	const brands = [major];
	for (let at = 16; at + 4 <= end; at += 4) brands.push(ascii(bytes, at, 4));
	const named = BRANDS.find(([brand]) => brand.test(major));
	if (named !== undefined) return named[1];
	// mif1 and msf1 say "a picture in HEIF"; which codec is among the compatible brands.
	if (/^(?:mif1|msf1|miaf)$/.test(major)) return brands.some((brand) => /^avi[fs]$/.test(brand)) ? 'avif' : 'heic';
	return 'mp4';
}

function isQuickTime(bytes: Uint8Array): boolean {
	const size = uint32(bytes, 0);
	if (size < 8) return size === 1 || size === 0;
	return size >= bytes.length || /^[a-z]{4}$/.test(ascii(bytes, size + 4, 4));
}

/** An mp4 whose tracks are all within reach and none of which is a picture is a recording. */
export function isoKinds(bytes: Uint8Array): readonly Kind[] {
	const tracks: string[] = [];
	for (let at = find(bytes, 'hdlr'); at !== -1; at = find(bytes, 'hdlr', at + 4)) tracks.push(ascii(bytes, at + 12, 4));
	return tracks.includes('soun') && !tracks.includes('vide') ? ['audio'] : ['video'];
}

export function riffFormat(bytes: Uint8Array): string | null {
	const outer = ascii(bytes, 0, 4);
	if (outer !== 'RIFF' && outer !== 'RF64' && outer !== 'RIFX') return null;
	const form = ascii(bytes, 8, 4);
	if (form === 'WEBP') return 'webp';
	if (form === 'WAVE') return 'wav';
	return form === 'AVI ' ? 'avi' : null;
}

/** Matroska and WebM differ by a name in the header. */
export function ebmlFormat(bytes: Uint8Array): string | null {
	if (uint32(bytes, 0) !== 0x1a45dfa3) return null;
	if (find(bytes, 'webm', 4, 64) !== -1) return 'webm';
	// V_ and A_ start the names of codecs.
	return find(bytes, 'V_') === -1 && find(bytes, 'A_') !== -1 ? 'mka' : 'mkv';
}

export function oggFormat(bytes: Uint8Array): string | null {
	if (ascii(bytes, 0, 4) !== 'OggS') return null;
	if (find(bytes, 'theora', 0, 512) !== -1) return 'ogv';
	return find(bytes, 'OpusHead', 0, 128) === -1 ? 'ogg' : 'opus';
}

const OPEN_DOCUMENTS: Readonly<Record<string, string>> = {
	'application/epub+zip': 'epub',
	'application/vnd.oasis.opendocument.text': 'odt',
	'application/vnd.oasis.opendocument.spreadsheet': 'ods',
	'application/vnd.oasis.opendocument.presentation': 'odp',
};

/** Zip files, told apart by the names of their first entries. */
export function archiveFormat(bytes: Uint8Array): string | null {
	const mark = uint32(bytes, 0);
	if (mark === 0x504b0506) return 'zip';
	if (mark !== 0x504b0304) return null;
	const entries = entriesOf(bytes);
	const first = entries[0];
	if (first?.name === 'mimetype') return OPEN_DOCUMENTS[ascii(bytes, first.start, Math.min(first.size, 80))] ?? 'zip';
	const office = entries.some((entry) => entry.name === '[Content_Types].xml' || entry.name === '_rels/.rels');
	const starts = (folder: string) => entries.some((entry) => entry.name.startsWith(folder));
	if (office || starts('docProps/')) {
		const parts = (folder: string) => starts(folder) || find(bytes, folder) !== -1;
		if (parts('word/')) return 'docx';
		if (parts('xl/')) return 'xlsx';
		if (parts('ppt/')) return 'pptx';
	}
	if (starts('word/document')) return 'docx';
	return starts('xl/workbook') || starts('xl/worksheets') ? 'xlsx' : 'zip';
}

interface Entry {
	readonly name: string;
	readonly start: number;
	readonly size: number;
}

/** The entries whose headers lie within the bytes. One of unknown size hides where the next starts: it is searched for. */
function entriesOf(bytes: Uint8Array): Entry[] {
	const entries: Entry[] = [];
	let at = 0;
	while (at !== -1 && at + 30 < bytes.length && entries.length < 200) {
		const size = uint32le(bytes, at + 18);
		const start = at + 30 + uint16le(bytes, at + 26) + uint16le(bytes, at + 28);
		entries.push({ name: ascii(bytes, at + 30, uint16le(bytes, at + 26)), start, size });
		const streamed = (byte(bytes, at + 6) & 8) !== 0 && size === 0;
		at = streamed ? find(bytes, 'PK\x03\x04', start) : find(bytes, 'PK\x03\x04', start + size, start + size + 4);
	}
	return entries;
}
