import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import sharp from 'sharp';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { decodeText, encodingOf, SNIFF_BYTES, sniff } from '../../nodes/sniff.ts';
import { fixture } from '../fixtures/index.ts';

let folder = '';
beforeAll(() => {
	folder = mkdtempSync(join(tmpdir(), 'sniff-'));
});
afterAll(() => rmSync(folder, { recursive: true }));

const head = (path: string) => readFileSync(path).subarray(0, SNIFF_BYTES);
const bytes = (text: string) => Buffer.from(text, 'latin1');
const of = (text: string, name = 'x') => sniff(Buffer.from(text), name);

describe('pictures', () => {
	const picture = sharp({ create: { width: 20, height: 10, channels: 3, background: '#369' } });
	it.each(['jpeg', 'png', 'webp', 'avif', 'tiff', 'gif'] as const)('names %s whatever the ending', async (format) => {
		expect(sniff(await picture.clone().toFormat(format).toBuffer(), 'film.mp4')).toEqual({ format, kinds: ['image'] });
	});

	it('reads an animated GIF or WebP as image and as video', async () => {
		expect(sniff(head(fixture('animation')), 'a.gif')).toEqual({ format: 'gif', kinds: ['image', 'video'] });
		const webp = await sharp(fixture('animation'), { animated: true }).webp().toBuffer();
		expect(sniff(webp, 'a')).toEqual({ format: 'webp', kinds: ['image', 'video'] });
	});

	it('knows an animated GIF by its repetition where the second frame is out of reach', () => {
		expect(sniff(head(fixture('animation')).subarray(0, 900), 'a.gif').kinds).toEqual(['image', 'video']);
	});

	it.each([
		['\0\0\0\x18ftypheic\0\0\0\0mif1heic', 'heic'],
		['\0\0\0\x18ftypmif1\0\0\0\0mif1avif', 'avif'],
		['\0\0\0\x18ftypmif1\0\0\0\0mif1heic', 'heic'],
		['\xff\x0a\xfa\x1f', 'jxl'],
		['BM\x36\0\0\0\0\0\0\0\x36\0\0\0\x28\0\0\0', 'bmp'],
		['\0\0\x01\0\x01\0\x10\x10\0\0\x01\0', 'ico'],
		['8BPS\0\x01', 'psd'],
		['P6\n# made by hand\n4 4\n255\n', 'ppm'],
	])('names %j', (start, format) => {
		expect(sniff(bytes(start), 'x')).toEqual({ format, kinds: ['image'] });
	});

	it('tells an animated PNG by its control chunk', () => {
		const start = '\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\0\x08\0\0\0\x08\x08\x06\0\0\0\0\0\0\0\0\0\0\x08acTL\0\0\0\x02\0\0\0\0\0\0\0\0';
		expect(sniff(bytes(start), 'x').kinds).toEqual(['image', 'video']);
	});
});

describe('film and sound', () => {
	const make = (name: string, ...options: string[]) => {
		const path = join(folder, name);
		const source = options.includes('-vn') ? fixture('tone') : fixture('clip');
		execFileSync('ffmpeg', ['-nostdin', '-v', 'error', '-y', '-i', source, '-t', '1', ...options, path]);
		return head(path);
	};

	it.each([
		['a.mp4', 'mp4', ['-c', 'copy']],
		['a.mov', 'mov', ['-c', 'copy']],
		['a.mkv', 'mkv', ['-c', 'copy']],
		['a.webm', 'webm', ['-c:v', 'libvpx', '-an']],
		['a.avi', 'avi', ['-c:v', 'mpeg4', '-an']],
		['a.flv', 'flv', ['-c', 'copy']],
		['a.ts', 'ts', ['-c', 'copy']],
		['a.mpg', 'mpeg', ['-c:v', 'mpeg2video', '-c:a', 'mp2']],
		['a.wmv', 'wmv', ['-c:v', 'wmv2', '-an']],
		['a.ogv', 'ogv', ['-c:v', 'libtheora', '-an']],
	])('names %s', (name, format, options) => {
		expect(sniff(make(name, ...options), 'notes.txt')).toEqual({ format, kinds: ['video'] });
	});

	it.each([
		['a.mp3', 'mp3', ['-c:a', 'libmp3lame']],
		['b.mp3', 'mp3', ['-c:a', 'libmp3lame', '-id3v2_version', '0', '-write_xing', '0']],
		['a.m4a', 'm4a', ['-c:a', 'aac']],
		['a.aac', 'aac', ['-c:a', 'aac']],
		['a.wav', 'wav', []],
		['a.flac', 'flac', []],
		['a.ogg', 'ogg', ['-c:a', 'libvorbis']],
		['a.opus', 'opus', ['-c:a', 'libopus']],
		['a.mka', 'mka', ['-c:a', 'flac']],
		['a.aiff', 'aiff', []],
	])('names %s', (name, format, options) => {
		expect(sniff(make(name, '-vn', ...options), 'x.bin')).toEqual({ format, kinds: ['audio'] });
	});

	it('reads an mp4 without a picture as sound', () => {
		expect(sniff(make('sound.mp4', '-vn', '-c:a', 'aac', '-movflags', '+faststart'), 'x').kinds).toEqual(['audio']);
	});
});

describe('documents, archives, others', () => {
	const entry = (name: string, content = '') => {
		const header = Buffer.alloc(30);
		header.write('PK\x03\x04', 'latin1');
		header.writeUInt32LE(content.length, 18);
		header.writeUInt16LE(name.length, 26);
		return Buffer.concat([header, Buffer.from(name + content)]);
	};
	const types = entry('[Content_Types].xml', '<Types/>');

	it('names a PDF, also after some noise', () => {
		expect(sniff(head(fixture('pdf')), 'x.doc')).toEqual({ format: 'pdf', kinds: ['document'] });
		expect(of('\n\n  %PDF-1.7\n').format).toBe('pdf');
	});

	it('tells what a zip holds', () => {
		expect(sniff(Buffer.concat([types, entry('word/document.xml', 'x')]), 'a.zip').format).toBe('docx');
		expect(sniff(Buffer.concat([types, entry('_rels/.rels'), entry('xl/workbook.xml', 'x')]), 'a.zip')).toEqual({ format: 'xlsx', kinds: ['table'] });
		expect(sniff(Buffer.concat([types, entry('ppt/presentation.xml')]), 'a.zip').format).toBe('pptx');
		expect(sniff(entry('mimetype', 'application/epub+zip'), 'a').format).toBe('epub');
		expect(sniff(entry('word/readme.txt', 'hello'), 'a.docx')).toEqual({ format: 'zip', kinds: ['file'] });
	});

	it.each([
		['PAR1\x15\x04', 'parquet', 'table'],
		['\0\x01\0\0\0\x0f\0\x80', 'ttf', 'file'],
		['wOF2\0\x01', 'woff2', 'file'],
		['SQLite format 3\0', 'sqlite', 'file'],
		['\x1f\x8b\x08\0', 'gz', 'file'],
		['\x7fELF\x02\x01', 'elf', 'file'],
	])('names %j', (start, format, kind) => {
		expect(sniff(bytes(start), 'x.csv')).toEqual({ format, kinds: [kind] });
	});

	it('says when it does not know', () => {
		expect(sniff(new Uint8Array(), 'a.mp4')).toEqual({ format: 'bin', kinds: ['file'] });
		expect(
			sniff(
				Uint8Array.from({ length: 4096 }, (_, i) => (i * 7919 + i * i * 31) & 255),
				'a.txt',
			),
		).toEqual({ format: 'bin', kinds: ['file'] });
	});
});

describe('texts', () => {
	it('reads a text named .mp4 as a text', () => {
		expect(of('#EXTM3U\n#EXTINF:10,\nfile:///etc/passwd\n', 'film.mp4')).toEqual({ format: 'txt', kinds: ['text'] });
	});

	it.each([
		['a,b,c\n1,2,3\n4,5,6\n', 'x', 'csv'],
		['a;b;c\n1,5;2;3\n', 'x.txt', 'csv'],
		['a\tb\n1\t2\n', 'x.csv', 'tsv'],
		['name\nAda\nGrace\n', 'names.csv', 'csv'],
		['name,note\n"Ada, Countess","two\nlines"\n"Grace",x\nAlan,y\nLinus,z\n', 'x', 'csv'],
		['{"a":1}\n{"a":2}\n', 'x', 'ndjson'],
		['[{"a":1},{"a":2}]', 'x.txt', 'json'],
		['{"a": {"b": [1, 2]}}', 'x', 'json'],
	])('reads %j as a table', (text, name, format) => {
		expect(of(text, name)).toEqual({ format, kinds: ['table', 'text'] });
	});

	it('reads the fixtures as what they are', () => {
		for (const name of ['sales', 'people', 'numbers'] as const) expect(sniff(head(fixture(name)), 'x').format).toBe('csv');
		expect(sniff(head(fixture('text')), 'x')).toEqual({ format: 'txt', kinds: ['text'] });
		expect(sniff(head(fixture('chart')), 'x')).toEqual({ format: 'json', kinds: ['chart', 'text'] });
	});

	it.each([
		['Dear all,\n\nthanks, and see you on Monday, or Tuesday.\nAda\n', 'x', 'txt'],
		['# Title\n\nHello, world.\n', 'readme.md', 'md'],
		['import os, sys\nfrom a import b, c\n', 'x.py', 'py'],
		['1\n00:00:01,000 --> 00:00:02,000\nHi\n', 'x.txt', 'srt'],
		['WEBVTT\n\n00:01.000 --> 00:02.000\nHi\n', 'x', 'vtt'],
		['{not json at all}', 'x', 'txt'],
	])('reads %j as %s', (text, name, format) => {
		expect(of(text, name)).toEqual({ format, kinds: ['text'] });
	});

	it('tells SVG, HTML and XML apart', () => {
		expect(of('<?xml version="1.0"?>\n<!-- by hand -->\n<svg xmlns="http://www.w3.org/2000/svg"/>')).toEqual({ format: 'svg', kinds: ['image', 'text'] });
		expect(of('<!DOCTYPE html><html></html>')).toEqual({ format: 'html', kinds: ['page', 'text'] });
		expect(of('<?xml version="1.0"?><note/>')).toEqual({ format: 'xml', kinds: ['text'] });
	});

	it('keeps a table whose head is cut in the middle of a line or a character', () => {
		const long = Buffer.from(`城市,人口,面积\n${'苏州,12750000,8488\n'.repeat(4000)}`);
		for (const cut of [65_536, 65_535, 65_534, 65_533]) expect(sniff(long.subarray(0, cut), 'x').format).toBe('csv');
	});
});

describe('encodings', () => {
	const GB18030 = bytes('\xb3\xc7\xca\xd0,\xc8\xcb\xbf\xda,\xc3\xe6\xbb\xfd\n\xb1\xb1\xbe\xa9,1,2\n');
	const BIG5 = bytes('\xab\xb0\xa5\xab,\xa4H\xa4f,\xadn\xbf\xee\n\xa5x\xa5_,1,2\n');
	const SHIFT_JIS = bytes('\x93s\x8es,\x90l\x8c\xfb,\x83\x81\x83\x82\n\x93\x8c\x8b\x9e,1,\x82\xb1\x82\xea\x82\xcd\n');

	it.each([
		['gb18030', GB18030, '城市'],
		['big5', BIG5, '城市'],
		['shift_jis', SHIFT_JIS, '都市'],
		['utf-16le', Buffer.from('\ufeff城市,人口\n北京,1\n', 'utf16le'), '城市'],
		['utf-16le', Buffer.from('name,age\nAda,36\n', 'utf16le'), 'name'],
		['utf-16be', Buffer.from('\ufeffname,age\nAda,36\n', 'utf16le').swap16(), 'name'],
		['utf-8', Buffer.from('\ufeffname,age\n'), 'name'],
		['windows-1252', bytes('caf\xe9, na\xefve, r\xe9sum\xe9 and so on in a longer line\n'), 'café'],
	] as const)('reads %s', (encoding, content, start) => {
		expect(encodingOf(content)).toBe(encoding);
		expect(decodeText(content).startsWith(start)).toBe(true);
	});

	it('sees the table behind the encoding', () => {
		for (const content of [GB18030, BIG5, SHIFT_JIS]) expect(sniff(content, 'a.dat').format).toBe('csv');
		expect(sniff(Buffer.from('\ufeffa\tb\tc\n1\t2\t3\n', 'utf16le'), 'a').format).toBe('tsv');
	});
});
