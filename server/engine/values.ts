/** Lazy values: each is described by how it is made, and identified by the hash of that description. */
import type { Metadata, Params, Spec } from '../../nodes/define.ts';
import { hashOf } from './canonical.ts';
import type { Source } from './engine.ts';
import type { Hash } from './group.ts';

/** One use of a spec on given values; what it gives is one value for each output port. */
export interface Call {
	readonly key: Hash;
	/** The node on the canvas that it belongs to. */
	readonly node: string;
	readonly spec: Spec;
	readonly params: Params;
	readonly inputs: Readonly<Record<string, readonly Value[]>>;
	/** Makes this element of its many-output only. */
	readonly element?: number;
	/** What `describe` says of the outputs; of a list, what it says of an element. */
	readonly expected: Readonly<Record<string, Metadata>>;
}

export interface Value {
	readonly key: Hash;
	readonly metadata: Metadata;
	readonly origin:
		| { readonly type: 'source'; readonly source: Source }
		| { readonly type: 'made'; readonly call: Call; readonly port: string }
		/** One of a list that is made whole. */
		| { readonly type: 'element'; readonly whole: Value; readonly index: number };
	/** Name of the source that it was made from, without ending; what `{name}` stands for. */
	readonly stem: string;
}

/** What an edge carries in a given run. `pending`: a list whose length is known only once it has been made. */
export type Slot =
	| { readonly many: false; readonly value: Value }
	| { readonly many: true; readonly values: readonly Value[] }
	| { readonly many: true; readonly pending: readonly Value[] };

export function callKey(spec: Spec, params: Params, inputs: Readonly<Record<string, readonly { readonly key: Hash }[]>>, element?: number): Hash {
	const keys = Object.fromEntries(Object.entries(inputs).map(([port, values]) => [port, values.map((value) => value.key)]));
	return hashOf({ spec: spec.id, version: spec.version, revision: spec.revision, params, inputs: keys, element });
}

export function outputKey(call: Hash, port: string): Hash {
	return hashOf({ call, port });
}

/** A source is identified by its content and by how it is read, never by its name. */
export function sourceValue(source: Source, metadata: Metadata): Value {
	const dot = source.name.lastIndexOf('.');
	return {
		key: contentKey(source.content, metadata.kind),
		metadata,
		origin: { type: 'source', source },
		stem: dot > 0 ? source.name.slice(0, dot) : source.name,
	};
}

/** Identity of bytes read as a kind; the same whoever made them. */
export function contentKey(content: Hash, kind: Metadata['kind']): Hash {
	return hashOf({ content, kind });
}

export function elementKey(whole: Hash, index: number): Hash {
	return hashOf({ whole, index });
}

/**
 * The key that a value would have if these values had been sources of the content that they turned out to have:
 * two derivations that agree from here on share what follows (early cut-off).
 */
export function keyByContent(value: Value, contents: ReadonlyMap<Hash, Hash>): Hash {
	const content = contents.get(value.key);
	if (content !== undefined) return contentKey(content, value.metadata.kind);
	const { origin } = value;
	if (origin.type === 'source') return value.key;
	if (origin.type === 'element') return elementKey(keyByContent(origin.whole, contents), origin.index);
	const inputs = Object.fromEntries(
		Object.entries(origin.call.inputs).map(([port, values]) => [port, values.map((one) => ({ key: keyByContent(one, contents) }))]),
	);
	return outputKey(callKey(origin.call.spec, origin.call.params, inputs, origin.call.element), origin.port);
}
