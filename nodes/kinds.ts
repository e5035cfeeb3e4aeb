/**
 * The kinds: what can travel along an edge, and what is known of a value without its bytes.
 *
 * A value is decoded meaning (an image, a table), not a file; formats live at the edge of a graph.
 * In metadata `null` means "not known before it is made", never "none".
 */
import type { Words } from './messages/words.ts';

export const KINDS = ['image', 'video', 'audio', 'document', 'table', 'text', 'chart', 'page', 'file'] as const;
export type Kind = (typeof KINDS)[number];

export interface ImageMetadata {
	readonly kind: 'image';
	/** Pixels, upright: after the EXIF orientation has been applied. */
	readonly width: number | null;
	readonly height: number | null;
	/** 1 for a still picture. */
	readonly frames: number | null;
	/** Seconds over all frames; 0 for a still picture. */
	readonly duration: number | null;
	readonly alpha: boolean | null;
	/** Format of the file it was read from (`jpeg`, `gif` …); null once an operation has changed it. */
	readonly format: string | null;
}

export interface VideoMetadata {
	readonly kind: 'video';
	readonly width: number | null;
	readonly height: number | null;
	/** Seconds. */
	readonly duration: number | null;
	/** Frames a second; the average where the rate varies. */
	readonly fps: number | null;
	readonly audio: boolean | null;
	/** Codec of the source's picture (`h264`), as ffprobe names it; null once frames have been touched. */
	readonly codec: string | null;
	readonly audioCodec: string | null;
	/** Container of the source (`mp4`, `matroska`, `gif`); null once touched. */
	readonly format: string | null;
	/** What its sound is like, where that is known: hertz, and how many channels. */
	readonly sound?: { readonly sampleRate: number; readonly channels: number } | null;
}

export interface AudioMetadata {
	readonly kind: 'audio';
	readonly duration: number | null;
	/** Hertz. */
	readonly sampleRate: number | null;
	readonly channels: number | null;
	readonly codec: string | null;
	readonly format: string | null;
}

export interface DocumentMetadata {
	readonly kind: 'document';
	readonly pages: number | null;
	/** First page, in points (1/72 inch). */
	readonly width: number | null;
	readonly height: number | null;
	/** Width and height of each page, in points; one entry where all are alike, absent where it isn't known. */
	readonly sizes?: readonly (readonly [number, number])[];
	/** Whether it can't be opened without a password. */
	readonly encrypted: boolean | null;
	readonly format: string | null;
}

export const COLUMN_TYPES = ['integer', 'number', 'text', 'boolean', 'date', 'time', 'other'] as const;
/** `time` is a date with a time of day. */
export type ColumnType = (typeof COLUMN_TYPES)[number];

export interface Column {
	readonly name: string;
	readonly type: ColumnType;
	/** Up to 50 different values of a text column, as seen in its first rows; planners match words against them. */
	readonly values?: readonly string[];
}

export interface TableMetadata {
	readonly kind: 'table';
	readonly columns: readonly Column[] | null;
	readonly rows: number | null;
	/** `csv`, `tsv`, `json`, `parquet`; null once an operation has changed it. */
	readonly format: string | null;
}

export interface TextMetadata {
	readonly kind: 'text';
	/** Unicode code points. */
	readonly characters: number | null;
	readonly lines: number | null;
}

export interface ChartMetadata {
	readonly kind: 'chart';
	/** CSS pixels. */
	readonly width: number | null;
	readonly height: number | null;
	/** What the marks are: `bar`, `line` … */
	readonly mark: string | null;
	readonly title: string | null;
}

export interface PageMetadata {
	readonly kind: 'page';
	readonly title: string | null;
}

export interface FileMetadata {
	readonly kind: 'file';
	/** Name of the format, as `sniff` gives it: `png`, `mp4`, `csv` … It is the file's ending, too. */
	readonly format: string | null;
	readonly bytes: number | null;
	/** What the file holds, when it is of another kind than `file`. */
	readonly content: Exclude<Metadata, FileMetadata> | null;
}

export type Metadata =
	| ImageMetadata
	| VideoMetadata
	| AudioMetadata
	| DocumentMetadata
	| TableMetadata
	| TextMetadata
	| ChartMetadata
	| PageMetadata
	| FileMetadata;

export type MetadataOf<K extends Kind> = Extract<Metadata, { kind: K }>;

/** Several values of one kind on one edge: pages of a PDF, frames of a video. */
export interface ManyMetadata<K extends Kind = Kind> {
	/** null: not known before it is made. */
	readonly count: number | null;
	/** What holds for every element; a field that differs between them is null. */
	readonly element: MetadataOf<K>;
	/** Each element's own metadata, where it is known. */
	readonly elements?: readonly MetadataOf<K>[];
}

/** What is known of the value on an edge. */
export type Seen = { readonly many: false; readonly metadata: Metadata } | ({ readonly many: true } & ManyMetadata);

const UNKNOWN: { readonly [K in Kind]: MetadataOf<K> } = {
	image: { kind: 'image', width: null, height: null, frames: null, duration: null, alpha: null, format: null },
	video: { kind: 'video', width: null, height: null, duration: null, fps: null, audio: null, codec: null, audioCodec: null, format: null },
	audio: { kind: 'audio', duration: null, sampleRate: null, channels: null, codec: null, format: null },
	document: { kind: 'document', pages: null, width: null, height: null, encrypted: null, format: null },
	table: { kind: 'table', columns: null, rows: null, format: null },
	text: { kind: 'text', characters: null, lines: null },
	chart: { kind: 'chart', width: null, height: null, mark: null, title: null },
	page: { kind: 'page', title: null },
	file: { kind: 'file', format: null, bytes: null, content: null },
};

/** Metadata of a value of which nothing is known but its kind. */
export function unknownOf<K extends Kind>(kind: K): MetadataOf<K> {
	return UNKNOWN[kind];
}

export const KIND_TITLES: { readonly [K in Kind]: Words } = {
	image: { en: 'Image', zh: '图片' },
	video: { en: 'Video', zh: '视频' },
	audio: { en: 'Audio', zh: '音频' },
	document: { en: 'Document', zh: '文档' },
	table: { en: 'Table', zh: '表格' },
	text: { en: 'Text', zh: '文本' },
	chart: { en: 'Chart', zh: '图表' },
	page: { en: 'Page', zh: '网页' },
	file: { en: 'File', zh: '文件' },
};

export interface Widening {
	readonly from: Kind;
	readonly to: Kind;
	/** The spec that reads the one as the other: one input, one output. */
	readonly spec: string;
	/** Whether a value with this metadata can be read so; unknown metadata gets the benefit of the doubt. */
	readonly when: (metadata: Metadata) => boolean;
}

/** The implicit, lossless ways to read a value as another kind. Everything else is a node of its own. */
export const WIDENINGS: readonly Widening[] = [
	{
		from: 'image',
		to: 'video',
		spec: 'video.from-animation',
		when: (metadata) => metadata.kind === 'image' && (metadata.frames === null || metadata.frames > 1),
	},
];

/** The widening that lets a value with this metadata enter a port of kind `to`, if there is one. */
export function wideningTo(metadata: Metadata, to: Kind): Widening | undefined {
	return WIDENINGS.find((widening) => widening.from === metadata.kind && widening.to === to && widening.when(metadata));
}

/**
 * How a value of a kind is shown small: the hidden spec that turns it into a file which a browser can show.
 * Kinds that are not listed are shown as they are.
 */
export const VIEWERS: { readonly [K in Kind]?: string } = {
	image: 'image.preview',
	video: 'video.preview',
	audio: 'audio.preview',
	chart: 'chart.preview',
	document: 'document.preview',
};

/** The hidden spec that makes a proxy of a source: smaller, shorter, fewer rows, and otherwise alike. */
export const PROXIES: { readonly [K in Kind]?: string } = {
	image: 'image.proxy',
	video: 'video.proxy',
	table: 'table.proxy',
};

/** The hidden spec through which a value goes before it is saved when a graph is only tried: encoding all of a long film would show no more. */
export const EXCERPTS: { readonly [K in Kind]?: string } = { video: 'video.excerpt' };

/** Longest side of an image proxy, in pixels. */
export const PROXY_SIDE = 1024;
