/**
 * From a group to one ffmpeg command: pure, and shared by `explain` and by the runner, so that what is shown is what runs.
 */
import type { Group, GroupInput, GroupOutput, Part, Ref } from '../../../engine/group.ts';
import { type Encoding, encoded, intermediate, pictures } from './encode.ts';
import { open, type Preparation, preparationOf, seeksExactly } from './inputs.ts';
import { EARLY } from './picture.ts';
import { apply, stepsOf } from './steps.ts';
import { type OpenFile, type Stream, write } from './streams.ts';
import type { TextFile, Value } from './value.ts';

export interface CommandOutput {
	readonly output: GroupOutput;
	/** File name in the working folder; a pattern for pictures. */
	readonly name: string;
	readonly many: boolean;
	readonly duration: number;
}

export interface Command {
	/** All arguments; names of outputs and prepared files are relative to the working folder. */
	readonly args: readonly string[];
	readonly texts: readonly TextFile[];
	readonly prepare: readonly Preparation[];
	readonly outputs: readonly CommandOutput[];
	/** Seconds of the longest output, for progress. */
	readonly duration: number;
}

export interface CommandOptions {
	/** Fewer threads than ffmpeg would take by itself. */
	readonly threads?: number;
	/** Family of the font for texts; the usual one on Linux unless told. */
	readonly font?: string;
}

/** The command that makes every output of a group. */
export function commandOf(group: Group, options: CommandOptions = {}): Command {
	const texts: TextFile[] = [];
	const textFile = (text: string) => {
		const name = `text-${texts.length}.txt`;
		texts.push({ name, text });
		return name;
	};
	const values: Value[] = [];
	const sources = new Sources(group);
	for (const part of group.parts) {
		const read = (ref: Ref): Value => ('input' in ref ? sources.read(ref.input, part) : (values[ref.part] ?? EMPTY));
		const scope = { at: (port: string) => (part.inputs[port] ?? []).map(read), textFile, font: options.font ?? FONT };
		const main = Object.values(part.inputs)[0]?.[0];
		const steps = stepsOf(part).slice(sources.isSeek(part) ? 1 : 0);
		const concat = part.steps[0]?.op === 'concat';
		values.push(steps.reduce((value, step) => apply(value, step, scope), main === undefined || concat ? EMPTY : read(main)));
	}
	return finish(group, values, texts, sources, options);
}

const FONT = 'Noto Sans CJK SC';
const EMPTY: Value = { picture: null, sound: null, width: 0, height: 0, duration: 0, fps: 0, sampleRate: 48_000, codec: null, audioCodec: null, format: null };

function finish(group: Group, values: readonly Value[], texts: readonly TextFile[], sources: Sources, options: CommandOptions): Command {
	const made = group.outputs.map((output, i) => {
		const value = values[output.part] ?? EMPTY;
		const encoding = endOf(value);
		const many = value.end?.op === 'frames';
		return { output, encoding, value, many, name: many ? `out-${i}/%06d.png` : `out-${i}.${encoding.ending}` };
	});
	const sinks = made.flatMap(({ encoding }) => [encoding.picture, encoding.sound]).filter((stream): stream is Stream => stream !== null);
	const written = write(sinks);
	const maps = [...written.maps];
	const threads = options.threads === undefined ? [] : ['-threads', String(options.threads)];
	const inputs = written.files.flatMap((file) => [...threads, ...file.args, '-i', `file:${file.path}`]);
	const outputs = made.flatMap(({ encoding, name }) => [
		...[encoding.picture, encoding.sound].flatMap((stream) => (stream === null ? [] : ['-map', maps.shift() ?? ''])),
		...threads,
		...encoding.args,
		...['-map_chapters', '-1', '-fflags', '+bitexact'],
		`file:${name}`,
	]);
	const graph = written.graph === '' ? [] : ['-filter_complex', written.graph];
	const filterThreads = options.threads === undefined || written.graph === '' ? [] : ['-filter_complex_threads', String(options.threads)];
	return {
		args: ['-nostdin', '-hide_banner', '-y', ...filterThreads, ...inputs, ...graph, ...outputs],
		texts,
		prepare: sources.prepared(written.files),
		outputs: made.map(({ output, name, many, value }) => ({ output, name, many, duration: value.duration })),
		duration: Math.max(0, ...made.map(({ value }) => value.duration)),
	};
}

function endOf(value: Value): Encoding {
	if (value.end === undefined) return intermediate(value);
	return value.end.op === 'encode' ? encoded(value, value.end.target) : pictures(value, value.end);
}

/** The files of a group, opened as few times as is right. */
class Sources {
	readonly #group: Group;
	readonly #open = new Map<string, { file: OpenFile; input: number }>();
	readonly #seeks: ReadonlyMap<number, number>;
	/* A concat takes its second input when the first has ended: from one decoder, all of the second's frames would wait in memory. */
	readonly #apart: boolean;

	constructor(group: Group) {
		this.#group = group;
		this.#apart = group.parts.some((part) => part.steps.some((step) => step.op === 'concat'));
		this.#seeks = seeksOf(group);
	}

	/** Whether this part's first step, a trim, is done by opening its file later. */
	isSeek(part: Part): boolean {
		return [...this.#seeks.values()].includes(this.#group.parts.indexOf(part));
	}

	read(index: number, part: Part): Value {
		const input = this.#group.inputs[index];
		if (input === undefined) return EMPTY;
		const first = this.isSeek(part) ? stepsOf(part)[0] : undefined;
		const trim = first?.op === 'trim' && this.#group.parts[this.#seeks.get(index) ?? -1] === part ? first : null;
		const key = this.#apart ? `${index}:${this.#open.size}` : `${index}:${trim === null ? 'whole' : 'cut'}`;
		const opened = this.#open.get(key) ?? { file: open(input, index, trim), input: index };
		this.#open.set(key, opened);
		const value = valueFrom(input, opened.file);
		if (trim === null) return value;
		/* The seek begins a millisecond early and ends late; what is exact is the cut after it. */
		const start = trim.start > 0 ? EARLY : 0;
		const end = trim.end === null ? null : trim.end - trim.start + start;
		const cut = apply(value, { op: 'trim', start, end }, { at: () => [], textFile: () => '', font: FONT });
		return { ...cut, duration: (trim.end ?? value.duration) - trim.start };
	}

	prepared(files: readonly OpenFile[]): readonly Preparation[] {
		const used = new Set([...this.#open.values()].filter(({ file }) => files.includes(file)).map(({ input }) => input));
		return this.#group.inputs.flatMap((input, i) => {
			const preparation = used.has(i) ? preparationOf(input, i) : null;
			return preparation === null ? [] : [preparation];
		});
	}
}

/** Input → the one part that reads it and begins with a cut. */
function seeksOf(group: Group): ReadonlyMap<number, number> {
	const readers = new Map<number, number[]>();
	for (const [i, part] of group.parts.entries())
		for (const ref of Object.values(part.inputs).flat()) if ('input' in ref) readers.set(ref.input, [...(readers.get(ref.input) ?? []), i]);
	const seeks = new Map<number, number>();
	for (const [input, parts] of readers) {
		const [only, ...others] = parts;
		const source = group.inputs[input];
		if (only === undefined || others.length > 0 || source === undefined || !seeksExactly(source)) continue;
		const part = group.parts[only];
		const main = part === undefined ? undefined : Object.values(part.inputs)[0]?.[0];
		const first = part?.steps[0];
		if (main !== undefined && 'input' in main && main.input === input && first?.op === 'trim') seeks.set(input, only);
	}
	return seeks;
}

function valueFrom(input: GroupInput, file: OpenFile): Value {
	const { metadata } = input;
	const picture: Stream = { from: 'file', file, media: 'v' };
	const sound: Stream = { from: 'file', file, media: 'a' };
	const base = {
		...EMPTY,
		duration: 'duration' in metadata ? (metadata.duration ?? 0) : 0,
		format: metadata.kind === 'file' ? null : 'format' in metadata ? metadata.format : null,
	};
	if (metadata.kind === 'audio') return { ...base, sound, sampleRate: metadata.sampleRate ?? 48_000, audioCodec: metadata.codec };
	if (metadata.kind === 'image') {
		const fps = (metadata.frames ?? 1) > 1 && base.duration > 0 ? (metadata.frames ?? 1) / base.duration : 0;
		return { ...base, picture, width: metadata.width ?? 0, height: metadata.height ?? 0, fps };
	}
	if (metadata.kind !== 'video') return EMPTY;
	const { width, height, fps, audio, codec, audioCodec } = metadata;
	const sampleRate = metadata.sound?.sampleRate ?? base.sampleRate;
	return { ...base, picture, sound: audio === true ? sound : null, width: width ?? 0, height: height ?? 0, fps: fps ?? 25, sampleRate, codec, audioCodec };
}
