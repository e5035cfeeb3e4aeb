/** How metadata flows through lists: a node over a list is described element by element. */
import type { AnyMetadata, Ports } from './define.ts';
import type { ManyMetadata, Metadata, Seen } from './kinds.ts';
import { unknownOf, wideningTo } from './kinds.ts';
import { GraphError } from './problems.ts';

/** Above this count elements are described as one, to keep checking quick. */
const DESCRIBED_EACH = 200;

/** Metadata of the value, or of an element of the list. */
export function elementOf(seen: Seen): Metadata {
	return seen.many ? seen.element : seen.metadata;
}

export function isMany(metadata: AnyMetadata): metadata is ManyMetadata {
	return 'element' in metadata;
}

export function seenOf(metadata: AnyMetadata): Seen {
	return isMany(metadata) ? { many: true, ...metadata } : { many: false, metadata };
}

/** A list of these elements; fields in which they differ are null. */
export function listOf(elements: readonly Metadata[], kind: Metadata['kind']): ManyMetadata {
	const first = elements[0];
	if (first === undefined) return { count: 0, element: unknownOf(kind), elements: [] };
	return { count: elements.length, element: elements.slice(1).reduce(common, first), elements };
}

function common(one: Metadata, other: Metadata): Metadata {
	const entries = Object.entries(one).map(([key, value]) => {
		const same = JSON.stringify(value) === JSON.stringify((other as unknown as Record<string, unknown>)[key]);
		return [key, same || key === 'kind' ? value : null];
	});
	return Object.fromEntries(entries) as Metadata;
}

interface Mapping {
	readonly inputs: Ports;
	readonly outputs: Ports;
	readonly mapsOver: readonly string[];
}

type Describe = (inputs: Readonly<Record<string, AnyMetadata | undefined>>) => Readonly<Record<string, AnyMetadata>>;

/**
 * Describes a node: once, or once for each element where lists arrive at one-ports.
 * @throws GraphError `graph.zip-lengths` where lists of different lengths meet.
 */
export function mapped(node: Mapping, arriving: Readonly<Record<string, readonly Seen[]>>, describe: Describe): Readonly<Record<string, Seen>> {
	if (node.mapsOver.length === 0) return mapValues(describe(inputsAt(node, arriving, null)), seenOf);
	const counts = node.mapsOver.map((port) => countOf(arriving[port]?.[0]));
	const known = [...new Set(counts.filter((count) => count !== null))];
	if (known.length > 1) throw new GraphError('graph.zip-lengths', { counts: known.map(String) });
	const count = known[0] ?? null;
	const each = count !== null && count <= DESCRIBED_EACH && node.mapsOver.some((port) => hasElements(arriving[port]?.[0]));
	const all = each ? Array.from({ length: count }, (_, i) => describe(inputsAt(node, arriving, i))) : [describe(inputsAt(node, arriving, null))];
	const names = Object.keys(node.outputs);
	return Object.fromEntries(names.map((name) => [name, joined(all, name, each ? null : count)]));
}

/** The list that a mapped node gives at an output: lists of lists are laid flat. */
function joined(all: readonly Readonly<Record<string, AnyMetadata>>[], name: string, count: number | null): Seen {
	const values = all.map((one) => one[name]).filter((value) => value !== undefined);
	const first = values[0];
	if (first === undefined) return { many: true, count: 0, element: unknownOf('file') };
	if (values.length === 1 && count !== null) {
		const inner = isMany(first) ? first.count : 1;
		return { many: true, count: inner === null ? null : count * inner, element: isMany(first) ? first.element : first };
	}
	if (values.length === 1) return { many: true, count: isMany(first) ? null : count, element: isMany(first) ? first.element : first };
	const flat = values.map((value) => (isMany(value) ? value : { count: 1, element: value, elements: [value] }));
	const elements = flat.every((one) => one.elements !== undefined) ? flat.flatMap((one) => one.elements ?? []) : undefined;
	const total = flat.reduce<number | null>((sum, one) => (sum === null || one.count === null ? null : sum + one.count), 0);
	const element = flat.map((one) => one.element).reduce(common);
	return { many: true, count: total, element, ...(elements === undefined ? {} : { elements }) };
}

function inputsAt(node: Mapping, arriving: Readonly<Record<string, readonly Seen[]>>, index: number | null): Record<string, AnyMetadata | undefined> {
	const inputs: Record<string, AnyMetadata | undefined> = {};
	for (const [name, port] of Object.entries(node.inputs)) {
		const values = arriving[name];
		if (values === undefined || values.length === 0) inputs[name] = undefined;
		else if (port.many === true) inputs[name] = whole(values, port.kind);
		else inputs[name] = widened(at(values[0], index), port.kind);
	}
	return inputs;
}

function at(seen: Seen | undefined, index: number | null): Metadata {
	if (seen === undefined) return unknownOf('file');
	if (!seen.many) return seen.metadata;
	return (index === null ? undefined : seen.elements?.[index]) ?? seen.element;
}

/** Everything that arrives at a many-port, as one list. */
function whole(values: readonly Seen[], kind: Metadata['kind']): ManyMetadata {
	const lists = values.map((value) => (value.many ? value : { count: 1, element: value.metadata, elements: [value.metadata] }));
	const elements = lists.every((one) => one.elements !== undefined) ? lists.flatMap((one) => one.elements ?? []).map((one) => widened(one, kind)) : undefined;
	const count = lists.reduce<number | null>((sum, one) => (sum === null || one.count === null ? null : sum + one.count), 0);
	const element = lists.map((one) => widened(one.element, kind)).reduce(common);
	return { count, element, ...(elements === undefined ? {} : { elements }) };
}

/** What is known of a value once it has entered a port of this kind. */
export function widened(metadata: Metadata, kind: Metadata['kind']): Metadata {
	if (metadata.kind === kind) return metadata;
	if (metadata.kind === 'image' && wideningTo(metadata, kind) !== undefined) {
		const fps = metadata.frames !== null && metadata.duration !== null && metadata.duration > 0 ? metadata.frames / metadata.duration : null;
		return { ...unknownOf('video'), width: metadata.width, height: metadata.height, duration: metadata.duration, fps, audio: false };
	}
	return kind === 'file' && metadata.kind !== 'file' ? { ...unknownOf('file'), content: metadata } : unknownOf(kind);
}

function countOf(seen: Seen | undefined): number | null {
	return seen?.many === true ? seen.count : null;
}

function hasElements(seen: Seen | undefined): boolean {
	return seen?.many === true && seen.elements !== undefined;
}

function mapValues<A, B>(record: Readonly<Record<string, A>>, change: (value: A) => B): Record<string, B> {
	return Object.fromEntries(Object.entries(record).map(([key, value]) => [key, change(value)]));
}
