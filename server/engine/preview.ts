/** Previews and trials: the same graph on smaller sources. Another source is another derivation, so a preview can't be taken for a result. */
import { specOf } from '../../nodes/catalogue.ts';
import type { CheckedNode } from '../../nodes/check.ts';
import { fieldsOf, type Metadata, type Params } from '../../nodes/define.ts';
import { EXCERPTS, PROXIES, VIEWERS } from '../../nodes/kinds.ts';
import { parseParams } from '../../nodes/params.ts';
import { call } from './derive.ts';
import { outputKey, type Slot, type Value } from './values.ts';

/** How much smaller (in pixels) a value is than the real one would be; by value key. */
export type Factors = Map<string, number>;

/** A source's proxy; the source itself where that is small enough already. */
export function proxied(slot: Slot, node: string, factors: Factors): Slot {
	if ('value' in slot) return { many: false, value: proxyOf(slot.value, node, factors) };
	if ('values' in slot) return { many: true, values: slot.values.map((value) => proxyOf(value, node, factors)) };
	return slot;
}

function proxyOf(value: Value, node: string, factors: Factors): Value {
	const proxy = through(PROXIES[value.metadata.kind], value, node);
	if (proxy === null || sameSize(proxy.metadata, value.metadata)) return value;
	const real = widthOf(value.metadata);
	const small = widthOf(proxy.metadata);
	if (real !== null && small !== null) factors.set(proxy.key, small / real);
	return proxy;
}

/** What a node that saves gets in a trial: of a long film only the beginning. */
export function excerpted(node: CheckedNode, value: Value): Value {
	const excerpt = node.spec.saves === true ? through(EXCERPTS[value.metadata.kind], value, node.id) : null;
	return excerpt === null || sameSize(excerpt.metadata, value.metadata) ? value : excerpt;
}

/** The value as a browser can show it. */
export function viewed(value: Value, node: string): Value {
	return through(VIEWERS[value.metadata.kind], value, node) ?? value;
}

function through(id: string | undefined, value: Value, node: string): Value | null {
	const spec = id === undefined ? undefined : specOf(id);
	const input = spec === undefined ? undefined : Object.keys(spec.inputs)[0];
	const output = spec === undefined ? undefined : Object.keys(spec.outputs)[0];
	if (spec === undefined || input === undefined || output === undefined) return null;
	const made = call(node, spec, parseParams(spec, {}), { [input]: [value] });
	const metadata = made.expected[output];
	return metadata === undefined ? null : { key: outputKey(made.key, output), metadata, origin: { type: 'made', call: made, port: output }, stem: value.stem };
}

function sameSize(one: Metadata, other: Metadata): boolean {
	const size = (metadata: Metadata) => JSON.stringify({ ...metadata, format: null, codec: null, audioCodec: null });
	return size(one) === size(other);
}

function widthOf(metadata: Metadata): number | null {
	return metadata.kind === 'image' || metadata.kind === 'video' ? metadata.width : null;
}

/** How much smaller the values that enter a node are. A node follows its first input. */
export function factorOf(value: Value | undefined, factors: Factors): number {
	if (value === undefined) return 1;
	const known = factors.get(value.key);
	if (known !== undefined) return known;
	const { origin } = value;
	const feeding = origin.type === 'made' ? Object.values(origin.call.inputs)[0]?.[0] : origin.type === 'element' ? origin.whole : undefined;
	const factor = origin.type === 'source' ? 1 : factorOf(feeding, factors);
	factors.set(value.key, factor);
	return factor;
}

/** Lengths in pixels shrink with the proxy; everything else stays. */
export function scaledParams(node: CheckedNode, inputs: Readonly<Record<string, readonly Value[]>>, factors: Factors): Params {
	const factor = factorOf(Object.values(inputs)[0]?.[0], factors);
	if (factor === 1) return node.params;
	const scaled = { ...node.params };
	for (const field of fieldsOf(node.spec.params, node.params)) {
		const value = scaled[field.name];
		if (field.unit !== 'px' || typeof value !== 'number') continue;
		const small = value * factor;
		scaled[field.name] = Math.max(field.min ?? 0, field.step === 1 ? Math.round(small) : small);
	}
	return scaled;
}
