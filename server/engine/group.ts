/**
 * The contract between the engine and the backends: what a group is, and what a backend must be able to do with one.
 * A group is plain data, so that it can be sent to a worker process on this machine or on another.
 */
import type { Kind, Medium, Metadata, MetadataOf, Params, Step } from '../../nodes/define.ts';
import type { Words } from '../../nodes/messages/words.ts';
import type { Rule } from '../../nodes/steps/rules.ts';

/** sha256 in hex: of a derivation (how a value is made) or of content (what it is). */
export type Hash = string;
export type BackendName = Exclude<Medium, 'source'>;

/** Where a part takes a value from: a part of the same group, or an input of the group. */
export type Ref = { readonly part: number; readonly port: string } | { readonly input: number };

/** One node's share of a group. */
export interface Part {
	/** The node on the canvas, for attribution. */
	readonly node: string;
	/** Id and version of the spec; only task runners are found by it. */
	readonly spec: string;
	readonly params: Params;
	/** Empty for tasks. */
	readonly steps: readonly Step[];
	/** By input port; a one-port has one entry. */
	readonly inputs: Readonly<Record<string, readonly Ref[]>>;
	/** What the engine expects to come out, by output port. */
	readonly expected: Readonly<Record<string, Metadata>>;
	/** Made alone: which elements of a many-output (tasks with `perElement` only). */
	readonly element?: number;
}

/** A value that a group reads. */
export type GroupInput = {
	readonly key: Hash;
	readonly metadata: Metadata;
} & (
	| { readonly from: 'file' /** Absolute; never opened by the HTTP process. */; readonly path: string /** Name that the user knows. */; readonly name: string }
	/** Made just before by another group of the same piece, and kept in the worker's memory. */
	| { readonly from: 'memory' }
);

/** A value that a group makes. */
export interface GroupOutput {
	readonly key: Hash;
	readonly part: number;
	readonly port: string;
	/** `memory`: only a later group of the same piece reads it. */
	readonly keep: 'file' | 'memory';
}

export interface Group {
	readonly backend: BackendName;
	/** In an order in which every part comes after the parts that it reads. */
	readonly parts: readonly Part[];
	readonly inputs: readonly GroupInput[];
	readonly outputs: readonly GroupOutput[];
}

/** Decoded pixels that stay in the worker: 8 or 16 bit sRGB or grey, interleaved; the frames of an animation below each other. */
export interface Pixels {
	readonly data: Buffer;
	readonly width: number;
	/** Of one frame. */
	readonly height: number;
	readonly channels: 1 | 2 | 3 | 4;
	readonly depth: 'uchar' | 'ushort';
	readonly frames: number;
	/** Milliseconds of each frame. */
	readonly delays?: readonly number[];
	readonly loop?: number;
}

/** One finished value. `path` lies in `context.folder` and belongs to the engine from now on. */
export type MadeValue = { readonly path: string; readonly metadata: Metadata } | { readonly pixels: Pixels; readonly metadata: MetadataOf<'image'> };

export type Made = { readonly key: Hash } & ({ readonly value: MadeValue } | { readonly values: readonly MadeValue[] });

export interface RunContext {
	/** A private, empty folder on the store's disk; whatever is left in it is removed. */
	readonly folder: string;
	/** Aborts on cancel and time-out; children must be dead soon after. */
	readonly signal: AbortSignal;
	/** Share done, 0…1. */
	readonly progress: (share: number) => void;
	/** Pixels kept in memory by earlier groups of the same piece, by key. */
	readonly memory: ReadonlyMap<Hash, Pixels>;
	/** Threads that this group may use. */
	readonly threads: number;
	/** Bytes that this group may hold, for what can keep to a limit; absent: as much as is usual on this machine. */
	readonly limit?: number;
}

/** The native half of a backend; lives in a worker. */
export interface Runner {
	/**
	 * Makes every output of the group.
	 * @throws RunError with a message for people, and `detail`; Cancelled when the signal aborted.
	 */
	run(group: Group, context: RunContext): Promise<readonly Made[]>;
}

/** The pure half of a backend; the engine plans with it. No native import. */
export interface Planner {
	/** Whether parts may form a graph with several inputs and outputs (one ffmpeg command, one query), or only a chain (one pipeline). */
	readonly shape: 'graph' | 'chain';
	/**
	 * Whether this part can be the next of the group: in a chain, it reads the last part's output; in a graph, any part's.
	 * Otherwise the reason, which `explain` says ("resizing comes before greyscale in sharp's order").
	 */
	canJoin(group: readonly Part[], part: Part): true | Words;
	/** Whether a part can stand beside these because it reads a file that one of them reads, so that the file is read once. Without it: never. */
	shares?(group: readonly Part[], part: Part): boolean;
	/** What will run, as people would type it: command lines, SQL, a chain of sharp calls. */
	explain(group: Group): readonly string[];
	/** The same as a part of a script that needs no Millwright; where that can't be, why not: the end of a sentence that begins with the node. */
	script(group: Group): ScriptPart | string;
	/** Rough seconds on one core, for ETA and for the budget of cores. */
	estimate(group: Group): number;
	/** Threads that are of use to this group, up to `cores`. */
	threads(group: Group, cores: number): number;
	/** Rough bytes that this group will hold at most with so many threads, its process and those that it starts included: rather too many than too few. */
	memory(group: Group, threads: number): number;
	/** What the engine may do to a chain of its steps, in the order in which it tries. */
	readonly rules: readonly Rule[];
	/** What a step makes of a value, as far as the rules ask; never a guess: what isn't known is null. */
	after(step: Step, entering: Metadata): Metadata;
}

/** A group as JavaScript. Texts of users are in it as literals only. */
export interface ScriptPart {
	/**
	 * Statements of an `async (inputs, folder, element)` function. `inputs`: the group's inputs in order, each `{ path, name }`, `{ pixels }` or
	 * (a table of the user's) `{ path, name, select }`. It returns a list: for each output of the group in order a value like these, or a list of them.
	 */
	readonly code: string;
	/** Modules that the statements call into. */
	readonly uses: readonly ScriptModule[];
	/** npm packages that the statements themselves name; modules name their own. */
	readonly packages: readonly string[];
	/** Programs that must be installed. */
	readonly programs: readonly string[];
	/** For a group that makes one element of a list: an expression of how many there are, from `inputs`. */
	readonly count?: string;
	/** The group for a POSIX shell, or why not: the end of a sentence that begins with the node. */
	readonly shell?: ShellPart | string;
}

/** A module of ours whose text goes into the script, and what is called of it. */
export interface ScriptModule {
	readonly module: URL;
	readonly names: readonly string[];
}

/** One command of a shell. */
export interface ShellPart {
	/** Private files that it reads, in the folder that it runs in. */
	readonly texts: readonly { readonly name: string; readonly text: string }[];
	/** `{input N}` stands for the path of an input, `{output N}` for that of an output, `{font}` for a font that has Chinese. */
	readonly words: readonly string[];
	/** Of the outputs, in order. */
	readonly endings: readonly string[];
	readonly programs: readonly string[];
}

export interface TaskInput {
	readonly metadata: Metadata;
	readonly path: string;
	readonly name: string;
}

/** What a task runner gets. */
export interface TaskContext extends Omit<RunContext, 'memory'> {
	readonly params: Params;
	/** By port; a many-port has several. Images come as files that sharp, ffmpeg and Python can read (PNG where a group made them). */
	readonly inputs: Readonly<Record<string, readonly TaskInput[]>>;
	readonly expected: Readonly<Record<string, Metadata>>;
	/** For specs with `perElement`: the one to make. */
	readonly element?: number;
	/** What a file is when it is read as a kind: for tasks that can't know what they made. */
	readonly readAs?: (path: string, format: string, kind: Kind, name: string) => Promise<readonly Metadata[]>;
}

/** By output port. A many-port gives a list, but for a `perElement` task that was asked for one element. */
export type TaskResult = Readonly<Record<string, MadeValue | readonly MadeValue[]>>;

/** Default export of `server/backends/task/<name>.ts`. */
export type TaskRunner = (context: TaskContext) => Promise<TaskResult>;

/** What a look at a file gave: everything that is known before anything runs. */
export interface Reading {
	/** Named by content: `png`, `mp4`, `csv` … */
	readonly format: string;
	/** The first kind is the one that people mean; the others are possible, too (a GIF reads as image and as video). */
	readonly readings: readonly Metadata[];
}
