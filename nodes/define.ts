/**
 * How to write a node.
 *
 * A node is one file that says everything true of one operation: how people ask for it, what goes in and out, its parameters,
 * what comes out *without looking at bytes* (`describe`), and what a backend must do (`lower`). The canvas, the forms, the doc pages,
 * both planners, the command line and the conformance tests are all made from it. Here is a complete one:
 *
 *     // nodes/image/grow.ts
 *     import { field, imageOp, z } from '../define.ts';
 *
 *     // Enlarges a picture by a whole factor without smoothing, as pixel art wants it.
 *     export default imageOp({
 *       id: 'image.grow',                    // area.name, for ever; ids never change once a recipe may hold them
 *       version: 1,                          // +1 and a `migrate` whenever old parameters would mean something else
 *       title: { en: 'Enlarge pixels', zh: '放大像素' },
 *       summary: { en: 'Enlarge a picture by a whole factor, keeping hard pixel edges.', zh: '按整数倍放大图片，保留像素边缘。' },
 *       phrases: { en: ['enlarge pixels', 'upscale pixel art'], zh: ['放大像素', '像素画放大'] },
 *       inputs: { image: { kind: 'image', title: { en: 'Image', zh: '图片' } } },
 *       outputs: { image: { kind: 'image', title: { en: 'Image', zh: '图片' } } },
 *       params: z.object({
 *         factor: field.number({ title: { en: 'Factor', zh: '倍数' }, unit: '×', min: 1, max: 16, whole: true, default: 4 }),
 *       }),
 *       describe: ({ factor }, { image }) => ({ image: { ...image, format: null, width: times(image.width, factor), height: times(image.height, factor) } }),
 *       lower: ({ factor }, { image }) => [{ op: 'resize', width: image.width * factor, height: image.height * factor, fit: 'fill', kernel: 'nearest' }],
 *       example: { params: { factor: 2 }, inputs: { image: 'logo' } },
 *     });
 *     const times = (length: number | null, factor: number) => (length === null ? null : length * factor);
 *
 * then `npm run catalogue`. That is all. The rules:
 *
 * - **Pure.** No clock, no randomness but a `seed` parameter, no I/O: the same parameters and inputs are the same result, for ever.
 *   A node that can't promise this (a model, the network) declares `effects`.
 * - **`describe` is honest.** Metadata it can't know is `null`; what it states is tested against reality. It must also hold up when
 *   everything in `inputs` is null.
 * - **`lower` sees complete metadata.** The engine makes the input first where it isn't known, so `lower` may rely on `inputs`
 *   (its type says so). It returns plain data: steps of its medium, in order.
 * - **Throw `GraphError` from `describe`** where parameters and inputs can't go together (a column that isn't there, a trim past the end).
 * - **A one-port that gets many values maps the node over them.** Nobody writes loops. A port with `many: true` takes them whole.
 * - Four media: `imageOp` (one sharp pipeline), `videoOp` (one ffmpeg command; video and audio), `tableOp` (one SQL query) have exactly one
 *   output; a `task` is opaque and has a runner of the same name in `server/backends/task/`. A `source` has no inputs and is bound by the user.
 */
import { z } from 'zod';
import type { ParamsSchema } from './fields.ts';
import type { Kind, ManyMetadata, MetadataOf } from './kinds.ts';
import type { Words } from './messages/words.ts';
import type { ImageStep } from './steps/image.ts';
import type { TableStep } from './steps/table.ts';
import type { VideoStep } from './steps/video.ts';

export { type Field, field, fieldsOf, oneOf } from './fields.ts';
export * from './kinds.ts';
export type { Words } from './messages/words.ts';
export { GraphError } from './problems.ts';
export { z };

export interface Port<K extends Kind = Kind> {
	readonly kind: K;
	readonly title: Words;
	/** Takes or gives a list whole. */
	readonly many?: boolean;
	/** An input that may stay unconnected. */
	readonly optional?: boolean;
}
export type Ports = Readonly<Record<string, Port>>;
export type Params = Readonly<Record<string, unknown>>;

/** Every field known; `format` and codecs stay nullable, because a touched value has none, and so do rows, which only running a query tells. */
export type Complete<M> = {
	readonly [F in keyof M]: F extends 'format' | 'codec' | 'audioCodec' | 'content' | 'title' | 'mark' | 'rows' | 'sound' ? M[F] : NonNullable<M[F]>;
};

type AtPort<P extends Port, Full extends boolean> = P extends { many: true }
	? ManyMetadata<P['kind']>
	: (Full extends true ? Complete<MetadataOf<P['kind']>> : MetadataOf<P['kind']>) | (P extends { optional: true } ? undefined : never);

/** Metadata by port, as `describe` gets it. */
export type Inputs<I extends Ports> = { readonly [N in keyof I]: AtPort<I[N], false> };
/** Metadata by port with nothing unknown, as `lower` gets it. */
export type CompleteInputs<I extends Ports> = { readonly [N in keyof I]: AtPort<I[N], true> };
export type Outputs<O extends Ports> = { readonly [N in keyof O]: O[N] extends { many: true } ? ManyMetadata<O[N]['kind']> : MetadataOf<O[N]['kind']> };

/** Small files that the tests make; an example names the one for each input port. */
export const FIXTURES = [
	'photo',
	'portrait',
	'logo',
	'animation',
	'clip',
	'silent-clip',
	'tone',
	'pdf',
	'sales',
	'people',
	'numbers',
	'text',
	'chart',
] as const;
export type Fixture = (typeof FIXTURES)[number];

interface Definition<I extends Ports, O extends Ports, S extends ParamsSchema> {
	/** `area.name`; never changes. */
	readonly id: `${string}.${string}`;
	readonly version: number;
	/** Raised when the same parameters give other bytes since a fix: what was made before is then not taken from the store. */
	readonly revision?: number;
	readonly title: Words;
	/** One imperative sentence. The palette, the docs and the language model all read this text. */
	readonly summary: Words;
	/** How people ask for it: the offline planner's words. */
	readonly phrases: { readonly en: readonly string[]; readonly zh: readonly string[] };
	readonly inputs: I;
	readonly outputs: O;
	/** Ports that depend on the parameters (the Python node's); `inputs` and `outputs` are then what a fresh node has. */
	readonly portsOf?: (params: z.output<S>) => { readonly inputs: Ports; readonly outputs: Ports };
	readonly params: S;
	/**
	 * What comes out, without bytes.
	 * @throws GraphError where parameters and inputs can't go together.
	 */
	describe(params: z.output<S>, inputs: Inputs<I>): Outputs<O>;
	/** Run by the conformance tests and shown in the docs. Fixtures by port; several for a many-port. */
	readonly example: { readonly params: z.input<S>; readonly inputs: { readonly [N in keyof I]?: Fixture | readonly Fixture[] } };
	/** Parameters of an earlier version, brought to this one. */
	migrate?(params: Params, fromVersion: number): Params;
	/** Default: pure. `impure` results are never taken from the store; `network` nodes say so before they run. */
	readonly effects?: 'pure' | 'impure' | 'network';
	/** Writes the value into a file: format, codec and quality live here. Its output kind is `file`. */
	readonly saves?: boolean;
	/** Its value is wanted again and again, so that it goes into the store also where only other nodes read it. */
	readonly lasting?: boolean;
	/** Inserted by the engine only; not offered in the palette or to planners. */
	readonly hidden?: boolean;
	/** Cost for the gap filler: 1 is a cheap lossless conversion; lossy or slow ones cost more. Only conversions have it. */
	readonly conversion?: number;
	/** The sentence in which this node's small result is an answer (a count, a name). Its text or table output is shown when nothing saves it. */
	readonly answers?: boolean;
}

interface Lowering<I extends Ports, S extends ParamsSchema, Step> {
	/** Plain-data steps for its medium. */
	lower(params: z.output<S>, inputs: CompleteInputs<I>): readonly Step[];
}

interface TaskFacts {
	/** Every element of its many-output can be made alone; the runner gets `element`. */
	readonly perElement?: boolean;
	/** Programs or sandboxes it needs, as `doctor` names them. */
	readonly needs?: readonly Need[];
	/** Seconds before it is stopped; 600 unless told. */
	readonly timeout?: number;
}
export type Need = 'ffmpeg' | 'tesseract' | 'python' | 'sandbox';

/* A spec with its types erased: what the engine, the planners and the client handle. Methods, not function fields, so that a spec of exact types is assignable. */
interface Base {
	readonly id: string;
	readonly version: number;
	readonly revision?: number;
	readonly title: Words;
	readonly summary: Words;
	readonly phrases: { readonly en: readonly string[]; readonly zh: readonly string[] };
	readonly inputs: Ports;
	readonly outputs: Ports;
	portsOf?(params: Params): { readonly inputs: Ports; readonly outputs: Ports };
	readonly params: ParamsSchema;
	describe(params: Params, inputs: Readonly<Record<string, AnyMetadata | undefined>>): Readonly<Record<string, AnyMetadata>>;
	readonly example: { readonly params: Params; readonly inputs: Readonly<Record<string, Fixture | readonly Fixture[] | undefined>> };
	migrate?(params: Params, fromVersion: number): Params;
	readonly effects?: 'pure' | 'impure' | 'network';
	readonly saves?: boolean;
	readonly lasting?: boolean;
	readonly hidden?: boolean;
	readonly conversion?: number;
	readonly answers?: boolean;
}
export type AnyMetadata = MetadataOf<Kind> | ManyMetadata;
type Lower<Step> = { lower(params: Params, inputs: Readonly<Record<string, AnyMetadata | undefined>>): readonly Step[] };

export type ImageSpec = Base & Lower<ImageStep> & { readonly medium: 'image' };
export type VideoSpec = Base & Lower<VideoStep> & { readonly medium: 'video' };
export type TableSpec = Base & Lower<TableStep> & { readonly medium: 'table' };
export type TaskSpec = Base & TaskFacts & { readonly medium: 'task' };
export type SourceSpec = Base & { readonly medium: 'source' };
export type Spec = ImageSpec | VideoSpec | TableSpec | TaskSpec | SourceSpec;
export type Medium = Spec['medium'];
export type Step = ImageStep | VideoStep | TableStep;

type Sealed = Readonly<Record<string, Port>>;

/** A node of the image medium: its steps join one sharp pipeline with its neighbours'. */
export function imageOp<const I extends Sealed, const O extends Sealed, S extends ParamsSchema>(
	definition: Definition<I, O, S> & Lowering<I, S, ImageStep>,
): ImageSpec {
	return erase<ImageSpec>({ ...definition, medium: 'image' });
}

/** A node of the video medium (video and audio): its steps join one ffmpeg command with its neighbours'. */
export function videoOp<const I extends Sealed, const O extends Sealed, S extends ParamsSchema>(
	definition: Definition<I, O, S> & Lowering<I, S, VideoStep>,
): VideoSpec {
	return erase<VideoSpec>({ ...definition, medium: 'video' });
}

/** A node of the table medium: its steps join one SQL query with its neighbours'. */
export function tableOp<const I extends Sealed, const O extends Sealed, S extends ParamsSchema>(
	definition: Definition<I, O, S> & Lowering<I, S, TableStep>,
): TableSpec {
	return erase<TableSpec>({ ...definition, medium: 'table' });
}

/** An opaque node: files in, files out, by the runner `server/backends/task/<name>.ts`, where name is the id with `.` as `-`. */
export function task<const I extends Sealed, const O extends Sealed, S extends ParamsSchema>(definition: Definition<I, O, S> & TaskFacts): TaskSpec {
	return erase<TaskSpec>({ ...definition, medium: 'task' });
}

/** A node without inputs, bound to the user's files when the graph runs. */
export function source<const O extends Sealed, S extends ParamsSchema>(definition: Omit<Definition<Record<never, never>, O, S>, 'inputs'>): SourceSpec {
	return erase<SourceSpec>({ ...definition, inputs: {}, medium: 'source' });
}

/** The one place where a spec's exact types are given up; `check` and the engine uphold them at run time by parsing. */
function erase<T extends Spec>(definition: object): T {
	return definition as T;
}

/** The ports that a node with these (parsed) parameters has. */
export function portsOf(spec: Spec, params: Params): { readonly inputs: Ports; readonly outputs: Ports } {
	return spec.portsOf?.(params) ?? { inputs: spec.inputs, outputs: spec.outputs };
}

/** Metadata with the fields that touching the bytes makes untrue taken out. */
export function touched<M extends MetadataOf<Kind>>(metadata: M): M {
	return {
		...metadata,
		...('format' in metadata ? { format: null } : {}),
		...('codec' in metadata ? { codec: null } : {}),
		...('audioCodec' in metadata ? { audioCodec: null } : {}),
	};
}
