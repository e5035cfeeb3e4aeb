/** What the user names (files, folders, globs, archives) → what each source node of a recipe gets. */
import { createHash } from 'node:crypto';
import { closeSync, mkdirSync, openSync, readSync, rmSync, statSync } from 'node:fs';
import { extname, join, resolve } from 'node:path';
import { checkGraph } from '../../nodes/check.ts';
import { KIND_TITLES, type Kind, wideningTo } from '../../nodes/define.ts';
import type { Recipe } from '../../nodes/graph.ts';
import { unknownOf } from '../../nodes/kinds.ts';
import { GraphError } from '../../nodes/problems.ts';
import { SNIFF_BYTES, sniff } from '../../nodes/sniff.ts';
import type { FileList, PassedOver } from './pair.ts';
import { type Found, filesOf, type WalkOptions } from './walk.ts';
import { unzip } from './zip.ts';

/** One input as it was named, with the files that it stands for. */
export interface Expanded {
	readonly input: string;
	/** Source node or exposed input that it was named for. */
	readonly name: string | null;
	readonly files: readonly Found[];
}

/** Source node → files; of them, those that are the items of a batch. */
export interface Bound {
	readonly files: Readonly<Record<string, readonly Found[]>>;
	/** Of the source nodes that get one file an item. None: a single run without a file of its own. */
	readonly lists: readonly FileList[];
	/** Files of a folder that are of another kind. */
	readonly passedOver: readonly PassedOver[];
}

/** Expands inputs; archives are unpacked into `folder`. */
export async function expand(
	inputs: readonly { readonly input: string; readonly name: string | null }[],
	folder: string,
	options: WalkOptions = {},
): Promise<Expanded[]> {
	return Promise.all(
		inputs.map(async ({ input, name }) => {
			const files = filesOf(input, options);
			const [only] = files;
			if (only === undefined || only.listed || extname(only.path).toLowerCase() !== '.zip') return { input, name, files };
			const target = join(folder, `zip-${createHash('sha256').update(resolve(only.path)).digest('hex').slice(0, 12)}`);
			rmSync(target, { recursive: true, force: true });
			mkdirSync(target, { recursive: true });
			return { input, name, files: await unzip(only.path, target) };
		}),
	);
}

export interface SourceNode {
	readonly id: string;
	readonly kind: Kind;
	readonly many: boolean;
	readonly names: readonly string[];
}

export function sourceNodes(recipe: Recipe): SourceNode[] {
	const { nodes } = checkGraph(recipe.graph);
	const exposed = Object.entries(recipe.inputs ?? {});
	const sources = nodes.filter((node) => node.spec.medium === 'source');
	/* The order in which the recipe exposes its inputs, then that of the graph. */
	const order = [...exposed.map(([, { node }]) => node), ...Object.keys(recipe.graph.nodes)];
	sources.sort((a, b) => order.indexOf(a.id) - order.indexOf(b.id));
	return sources.map((node) => {
		const port = Object.values(node.outputs)[0];
		return {
			id: node.id,
			kind: port?.kind ?? 'file',
			many: port?.many === true,
			names: exposed.flatMap(([name, { node: id }]) => (id === node.id ? [name] : [])),
		};
	});
}

/**
 * Binds inputs to source nodes: by name where one is given, else in order; what is left goes to the last node as further items.
 * @throws GraphError for names that don't exist, and for too many inputs.
 */
export function bind(recipe: Recipe, expanded: readonly Expanded[]): Bound {
	const sources = sourceNodes(recipe);
	const given = new Map<string, Found[]>();
	const free = [...sources];
	const take = (source: SourceNode, files: readonly Found[]) => given.set(source.id, [...(given.get(source.id) ?? []), ...files]);
	for (const one of expanded.filter(({ name }) => name !== null)) {
		const source = sources.find(({ id, names }) => id === one.name || names.includes(one.name ?? ''));
		if (source === undefined)
			throw new GraphError('batch.no-input', { input: one.name ?? '', choices: sources.flatMap(({ id, names }) => (names.length > 0 ? names : [id])) });
		take(source, one.files);
		if (free.includes(source)) free.splice(free.indexOf(source), 1);
	}
	let last: SourceNode | undefined = free[0];
	for (const one of expanded.filter(({ name }) => name === null)) {
		const source: SourceNode | undefined = free.shift() ?? (sources.length === 1 || last?.many === true ? last : undefined);
		if (source === undefined) throw new GraphError('batch.too-many-inputs', { expected: sources.length, got: expanded.length });
		take(source, one.files);
		last = source;
	}
	return settle(sources, given, expanded);
}

function settle(sources: readonly SourceNode[], given: ReadonlyMap<string, readonly Found[]>, expanded: readonly Expanded[]): Bound {
	const files: Record<string, readonly Found[]> = {};
	const passedOver: PassedOver[] = [];
	for (const source of sources) {
		const all = given.get(source.id);
		if (all === undefined) continue;
		const fitting = all.filter((found) => !found.listed || suits(found, source.kind));
		passedOver.push(...all.filter((found) => !fitting.includes(found)).map((found) => ({ found, input: labelOf(source), reason: 'kind' }) as const));
		if (fitting.length === 0) throw new GraphError('batch.nothing', { path: placeOf(all, expanded), kind: KIND_TITLES[source.kind].en }, { node: source.id });
		files[source.id] = fitting;
	}
	return { files, lists: listsOf(sources, files), passedOver };
}

/** What the user called the place where nothing fits. */
function placeOf([first]: readonly Found[], expanded: readonly Expanded[]): string {
	const named = expanded.find(({ files }) => (first === undefined ? files.length === 0 : files.includes(first)));
	return named?.input ?? first?.path ?? '';
}

/** The files that make the items: those of folders, or else of the first node of one value. */
export function listsOf(sources: readonly SourceNode[], files: Readonly<Record<string, readonly Found[]>>): FileList[] {
	const single = sources.filter(({ id, many }) => !many && (files[id] ?? []).length > 0);
	const several = single.filter(({ id }) => files[id]?.some((found, i) => found.listed || i > 0));
	return (several.length > 0 ? several : single.slice(0, 1)).map((source) => ({ node: source.id, label: labelOf(source), files: files[source.id] ?? [] }));
}

/** What people call a source node: the name that the recipe exposes it under. */
export function labelOf({ id, names }: SourceNode): string {
	return names[0] ?? id;
}

const ENDINGS: { readonly [K in Kind]?: RegExp } = {
	image: /\.(jpe?g|png|gif|webp|avif|heic|heif|tiff?|svg|bmp|jp2|jxl)$/i,
	video: /\.(mp4|m4v|mov|mkv|webm|avi|mpe?g|ts|flv|wmv|gif|webp)$/i,
	audio: /\.(mp3|m4a|aac|wav|flac|ogg|opus|wma|aiff?|mp4|mov|mkv|webm)$/i,
	document: /\.pdf$/i,
	table: /\.(csv|tsv|json|jsonl|ndjson|parquet|xlsx)$/i,
	text: /\.(txt|md|log|html?|csv)$/i,
};

/** Whether a file of a folder is meant as this kind: by its content or by its name. A broken one is meant, and will say why it fails. */
export function suits(found: Found, kind: Kind): boolean {
	if (kind === 'file' || ENDINGS[kind]?.test(found.path) === true) return true;
	const head = headOf(found.path);
	if (head === null) return true;
	const { kinds } = sniff(head, found.path);
	return kinds.some((one) => one === kind || wideningTo(unknownOf(one), kind) !== undefined);
}

/** Null: it can't be read. */
function headOf(path: string): Uint8Array | null {
	try {
		return firstBytes(path);
	} catch {
		return null;
	}
}

function firstBytes(path: string): Uint8Array {
	const head = Buffer.alloc(Math.min(SNIFF_BYTES, statSync(path).size));
	const file = openSync(path, 'r');
	try {
		return head.subarray(0, readSync(file, head, 0, head.length, 0));
	} finally {
		closeSync(file);
	}
}
