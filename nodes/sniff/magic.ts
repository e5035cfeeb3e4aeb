/** Formats that a few bytes at a fixed place tell. Those that share a container are in `containers.ts`. */
import { ascii, byte, find, uint32 } from './bytes.ts';

interface Signature {
	readonly format: string;
	readonly matches: (bytes: Uint8Array) => boolean;
}

/** `text` may hold `?` for any byte. */
function at(format: string, text: string, start = 0): Signature {
	return {
		format,
		matches: (bytes) => bytes.length >= start + text.length && [...text].every((char, i) => char === '?' || char.charCodeAt(0) === bytes[start + i]),
	};
}

export const SIGNATURES: readonly Signature[] = [
	at('jpeg', '\xff\xd8\xff'),
	at('png', '\x89PNG\r\n\x1a\n'),
	at('gif', 'GIF87a'),
	at('gif', 'GIF89a'),
	at('tiff', 'II*\0'),
	at('tiff', 'MM\0*'),
	at('tiff', 'II+\0'),
	at('tiff', 'MM\0+'),
	at('jxl', '\xff\x0a'),
	at('jxl', '\0\0\0\x0cJXL \r\n\x87\n'),
	at('jp2', '\0\0\0\x0cjP  \r\n\x87\n'),
	at('jp2', '\xff\x4f\xff\x51'),
	{ format: 'bmp', matches: (bytes) => ascii(bytes, 0, 2) === 'BM' && [12, 40, 52, 56, 64, 108, 124].includes(byte(bytes, 14)) && byte(bytes, 15) === 0 },
	{ format: 'ico', matches: (bytes) => uint32(bytes, 0) === 0x100 && byte(bytes, 4) > 0 && byte(bytes, 5) === 0 && byte(bytes, 9) === 0 },
	at('psd', '8BPS\0'),
	at('hdr', '#?RADIANCE\n'),
	at('hdr', '#?RGBE\n'),
	at('exr', '\x76\x2f\x31\x01'),
	at('fits', 'SIMPLE  ='),
	at('qoi', 'qoif'),
	{ format: 'ppm', matches: (bytes) => /^P[1-7]\s(?:#[^\n]*\n|\s)*(?:\d+\s+\d+|WIDTH \d)/.test(ascii(bytes, 0, 256)) },
	{ format: 'pdf', matches: (bytes) => /%PDF-\d/.test(ascii(bytes, 0, 1024)) },
	at('flv', 'FLV\x01'),
	at('y4m', 'YUV4MPEG2 '),
	at('mxf', '\x06\x0e\x2b\x34\x02\x05\x01\x01'),
	at('mpeg', '\0\0\x01\xba'),
	at('mpeg', '\0\0\x01\xb3'),
	{ format: 'ts', matches: (bytes) => isTransportStream(bytes, 0, 188) || isTransportStream(bytes, 4, 192) },
	{ format: 'wmv', matches: (bytes) => ascii(bytes, 0, 8) === '\x30\x26\xb2\x75\x8e\x66\xcf\x11' },
	at('flac', 'fLaC'),
	at('aiff', 'FORM????AIFF'),
	at('aiff', 'FORM????AIFC'),
	at('amr', '#!AMR'),
	at('caf', 'caff\0\x01'),
	at('au', '.snd\0'),
	at('wv', 'wvpk'),
	at('mid', 'MThd\0\0\0\x06'),
	at('parquet', 'PAR1'),
	at('arrow', 'ARROW1'),
	at('sqlite', 'SQLite format 3\0'),
	at('gz', '\x1f\x8b\x08'),
	at('bz2', 'BZh?1AY&SY'),
	at('xz', '\xfd7zXZ\0'),
	at('zst', '\x28\xb5\x2f\xfd'),
	at('7z', '7z\xbc\xaf\x27\x1c'),
	at('rar', 'Rar!\x1a\x07'),
	at('tar', 'ustar', 257),
	at('ttf', '\0\x01\0\0\0'),
	at('ttf', 'true\0'),
	at('ttc', 'ttcf\0'),
	at('otf', 'OTTO\0'),
	at('woff', 'wOFF'),
	at('woff2', 'wOF2'),
	at('elf', '\x7fELF'),
	at('wasm', '\0asm'),
	{ format: 'exe', matches: (bytes) => ascii(bytes, 0, 2) === 'MZ' && find(bytes, 'PE\0\0', 64, 4096) !== -1 },
	{ format: 'xls', matches: (bytes) => isOle(bytes) && holdsWide(bytes, 'Workbook') },
	{ format: 'doc', matches: (bytes) => isOle(bytes) && holdsWide(bytes, 'WordDocument') },
	{ format: 'ole', matches: isOle },
	at('eps', '%!PS'),
	at('ac3', '\x0b\x77'),
];

/** Every packet of an MPEG transport stream starts with the same byte. */
function isTransportStream(bytes: Uint8Array, start: number, packet: number): boolean {
	const packets = Math.min(4, Math.floor((bytes.length - start) / packet));
	return packets >= 2 && Array.from({ length: packets }, (_, i) => byte(bytes, start + i * packet)).every((value) => value === 0x47);
}

function isOle(bytes: Uint8Array): boolean {
	return ascii(bytes, 0, 8) === '\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1';
}

function holdsWide(bytes: Uint8Array, text: string): boolean {
	return find(bytes, [...text].join('\0')) !== -1;
}

/** MP3 and AAC have no header of their own: a tag, or frames whose lengths add up. */
export function audioFrames(bytes: Uint8Array): string | null {
	if (ascii(bytes, 0, 3) === 'ID3' && byte(bytes, 3) < 0xff) {
		const length = [6, 7, 8, 9].reduce((sum, i) => sum * 128 + (byte(bytes, i) & 0x7f), 0) + 10;
		if (ascii(bytes, length, 4) === 'fLaC') return 'flac';
		return adtsLength(bytes, length) > 0 ? 'aac' : 'mp3';
	}
	const adts = adtsLength(bytes, 0);
	if (adts > 0 && (adts + 7 > bytes.length || adtsLength(bytes, adts) > 0)) return 'aac';
	const mpeg = mpegLength(bytes, 0);
	return mpeg > 0 && (mpeg + 4 > bytes.length || mpegLength(bytes, mpeg) > 0) ? 'mp3' : null;
}

function adtsLength(bytes: Uint8Array, start: number): number {
	if (byte(bytes, start) !== 0xff || (byte(bytes, start + 1) & 0xf6) !== 0xf0) return 0;
	const length = ((byte(bytes, start + 3) & 3) << 11) | (byte(bytes, start + 4) << 3) | (byte(bytes, start + 5) >> 5);
	return length > 7 ? length : 0;
}

const BITRATES = [0, 32, 40, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320, 0];
const LOW_BITRATES = [0, 8, 16, 24, 32, 40, 48, 56, 64, 80, 96, 112, 128, 144, 160, 0];
const RATES = [44_100, 48_000, 32_000, 0];

/** Length of a frame of MPEG audio, layer 3, in bytes; 0 where there is none. */
function mpegLength(bytes: Uint8Array, start: number): number {
	const second = byte(bytes, start + 1);
	if (byte(bytes, start) !== 0xff || (second & 0xe0) !== 0xe0 || (second & 0x06) !== 0x02) return 0;
	const version = (second >> 3) & 3;
	if (version === 1) return 0;
	const third = byte(bytes, start + 2);
	const bitrate = (version === 3 ? BITRATES : LOW_BITRATES)[third >> 4] ?? 0;
	const rate = (RATES[(third >> 2) & 3] ?? 0) / (version === 3 ? 1 : version === 2 ? 2 : 4);
	if (bitrate === 0 || rate === 0) return 0;
	return Math.floor(((version === 3 ? 144 : 72) * bitrate * 1000) / rate) + ((third >> 1) & 1);
}
