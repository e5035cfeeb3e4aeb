/** What the command knows of a value while it is being built. */
import type { Stream } from './streams.ts';

export interface Value {
	readonly picture: Stream | null;
	readonly sound: Stream | null;
	/** Pixels, seconds, frames a second; 0 where there is no picture. */
	readonly width: number;
	readonly height: number;
	readonly duration: number;
	readonly fps: number;
	readonly sampleRate: number;
	/** Codec of the file's streams, of use only while they are untouched. */
	readonly codec: string | null;
	readonly audioCodec: string | null;
	readonly format: string | null;
	/** Set by the last step, where it makes a file. */
	readonly end?: import('../../../../nodes/steps/video.ts').VideoStep & { op: 'encode' | 'frames' | 'frame' };
}

/** Texts that go into private files, because no user's text may become filter syntax. */
export interface TextFile {
	readonly name: string;
	readonly text: string;
}

export interface Scope {
	/** Values at an input port of the part. */
	readonly at: (port: string) => readonly Value[];
	/** Puts a text into a private file; gives its name. */
	readonly textFile: (text: string) => string;
	/** Family of the font for texts. */
	readonly font: string;
}
