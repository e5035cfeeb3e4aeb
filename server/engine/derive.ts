/** Graph and sources → lazy values. Nothing is made here; what was made before is only looked up. */
import { specOf } from '../../nodes/catalogue.ts';
import type { Checked, CheckedNode } from '../../nodes/check.ts';
import { type AnyMetadata, type Metadata, type Params, portsOf, type Spec } from '../../nodes/define.ts';
import { isMany, listOf, widened } from '../../nodes/inference.ts';
import { unknownOf, wideningTo } from '../../nodes/kinds.ts';
import { parseParams } from '../../nodes/params.ts';
import { GraphError, type Problem, problemOf } from '../../nodes/problems.ts';
import type { Hash } from './group.ts';
import type { Result } from './stores.ts';
import { type Call, callKey, elementKey, outputKey, type Slot, type Value } from './values.ts';

export interface Derived {
	/** `node.port` → the values there. Nodes that wait for a list of unknown length are absent. */
	readonly slots: ReadonlyMap<string, Slot>;
	/** Lists and values that must be made before the rest can be described. */
	readonly blockedBy: readonly Value[];
	readonly problems: readonly Problem[];
}

export interface Deriving {
	readonly checked: Checked;
	/** Source node → its values. */
	readonly sources: ReadonlyMap<string, Slot>;
	/** What is in the store. */
	readonly known: (key: Hash) => Result | null;
	/** Puts another value in place of one that enters a node (excerpts in trials); absent: none. */
	readonly entering?: (node: CheckedNode, value: Value) => Value;
	/** Changes parameters before they count (previews on smaller sources); absent: as they are. */
	readonly adjust?: (node: CheckedNode, inputs: Readonly<Record<string, readonly Value[]>>) => Params;
}

export function derive(deriving: Deriving): Derived {
	const slots = new Map<string, Slot>();
	const blockedBy = new Map<Hash, Value>();
	const problems: Problem[] = [];
	for (const node of deriving.checked.nodes) {
		try {
			const source = deriving.sources.get(node.id);
			if (source !== undefined) slots.set(`${node.id}.${Object.keys(node.outputs)[0]}`, source);
			else if (node.spec.medium === 'source') throw new GraphError('input.missing', { input: node.id }, { node: node.id });
			else deriveNode(node, deriving, slots, blockedBy);
		} catch (error) {
			problems.push({ ...problemOf(error), node: node.id });
		}
	}
	return { slots, blockedBy: [...blockedBy.values()], problems };
}

function deriveNode(node: CheckedNode, deriving: Deriving, slots: Map<string, Slot>, blockedBy: Map<Hash, Value>): void {
	const arriving = arrivingAt(node, deriving, slots, blockedBy);
	if (arriving === null) return;
	const lists = Object.entries(node.inputs).flatMap(([port, { many }]) => (many === true ? [] : (arriving[port] ?? []).filter((slot) => slot.many)));
	const lengths = [...new Set(lists.map((slot) => slot.values.length))];
	if (lengths.length > 1) throw new GraphError('graph.zip-lengths', { counts: lengths.map(String) });
	const calls: Call[] = [];
	for (let i = 0; i < (lengths[0] ?? 1); i++) {
		const inputs = inputsOf(node, arriving, lists.length === 0 ? null : i);
		if (mustWait(node.spec, inputs, blockedBy)) return;
		calls.push(call(node.id, node.spec, deriving.adjust?.(node, inputs) ?? node.params, inputs));
	}
	for (const port of Object.keys(node.outputs)) {
		const outputs = calls.map((one) => outputOf(one, port, deriving.known));
		slots.set(`${node.id}.${port}`, lists.length === 0 && outputs[0] !== undefined ? outputs[0] : flat(outputs));
	}
}

type Ready = { readonly many: boolean; readonly values: readonly Value[] };

/** Null: something that feeds this node isn't known yet. */
function arrivingAt(
	node: CheckedNode,
	deriving: Deriving,
	slots: ReadonlyMap<string, Slot>,
	blockedBy: Map<Hash, Value>,
): Readonly<Record<string, readonly Ready[]>> | null {
	const arriving: Record<string, Ready[]> = {};
	let complete = true;
	for (const [port, from] of Object.entries(node.feeds)) {
		const kind = node.inputs[port]?.kind ?? 'file';
		arriving[port] = [];
		for (const end of from) {
			const slot = slots.get(`${end.node}.${end.port}`);
			if (slot === undefined) complete = false;
			else if ('pending' in slot) {
				complete = false;
				for (const value of slot.pending) blockedBy.set(value.key, value);
			} else {
				const values = (slot.many ? slot.values : [slot.value]).map((value) => entered(node, widen(node.id, value, kind, deriving.known), deriving));
				arriving[port].push({ many: slot.many, values });
			}
		}
	}
	return complete ? arriving : null;
}

function entered(node: CheckedNode, value: Value, { entering }: Deriving): Value {
	return entering === undefined ? value : entering(node, value);
}

function inputsOf(node: CheckedNode, arriving: Readonly<Record<string, readonly Ready[]>>, index: number | null): Readonly<Record<string, readonly Value[]>> {
	const inputs: Record<string, readonly Value[]> = {};
	for (const [port, slots] of Object.entries(arriving)) {
		if (node.inputs[port]?.many === true) inputs[port] = slots.flatMap((slot) => slot.values);
		else inputs[port] = slots.flatMap((slot) => (slot.many ? slot.values.slice(index ?? 0, (index ?? 0) + 1) : slot.values));
	}
	return inputs;
}

/** Reads a value as another kind where that is implicit: a call of the widening's spec. */
function widen(node: string, value: Value, kind: Metadata['kind'], known: Deriving['known']): Value {
	const spec = value.metadata.kind === kind ? undefined : specOf(wideningTo(value.metadata, kind)?.spec ?? '');
	if (spec === undefined) return value;
	const input = Object.keys(spec.inputs)[0] ?? '';
	const made = call(node, spec, parseParams(spec, {}), { [input]: [value] });
	const slot = outputOf(made, Object.keys(spec.outputs)[0] ?? '', known);
	if (slot.many) throw new Error(`the widening ${spec.id} gives a list`);
	return slot.value;
}

/** Operations are lowered with complete metadata; what isn't known must be made first. */
function mustWait(spec: Spec, inputs: Readonly<Record<string, readonly Value[]>>, blockedBy: Map<Hash, Value>): boolean {
	if (spec.medium === 'source' || (spec.medium === 'task' && spec.perElement !== true)) return false;
	const unclear = Object.values(inputs).flatMap((values) => values.filter((value) => !isComplete(value.metadata)));
	const source = unclear.find((value) => value.origin.type === 'source');
	if (source !== undefined) throw new GraphError('input.missing', { input: source.stem });
	for (const value of unclear) blockedBy.set(value.key, value);
	return unclear.length > 0;
}

const MAY_BE_NULL = new Set(['format', 'codec', 'audioCodec', 'content', 'title', 'mark', 'rows', 'sound']);

function isComplete(metadata: Metadata): boolean {
	return Object.entries(metadata).every(([field, value]) => value !== null || MAY_BE_NULL.has(field));
}

/** A call, described. */
export function call(node: string, spec: Spec, params: Params, inputs: Readonly<Record<string, readonly Value[]>>): Call {
	const { inputs: ports } = portsOf(spec, params);
	const metadata: Record<string, AnyMetadata | undefined> = {};
	for (const [port, { kind, many }] of Object.entries(ports)) {
		const values = inputs[port] ?? [];
		metadata[port] =
			many === true
				? listOf(
						values.map((value) => widened(value.metadata, kind)),
						kind,
					)
				: values[0]?.metadata;
	}
	const described = spec.describe(params, metadata);
	const expected = Object.fromEntries(Object.entries(described).map(([port, one]) => [port, isMany(one) ? one.element : one]));
	return { key: callKey(spec, params, inputs), node, spec, params, inputs, expected };
}

function outputOf(made: Call, port: string, known: Deriving['known']): Slot {
	const many = portsOf(made.spec, made.params).outputs[port]?.many === true;
	if (many && made.spec.medium === 'task' && made.spec.perElement === true)
		return { many: true, values: elementCalls(made, port).map((one) => madeValue(one, port, known)) };
	const whole = madeValue(made, port, known);
	if (!many) return { many: false, value: whole };
	const result = known(whole.key);
	if (result === null || !('values' in result)) return { many: true, pending: [whole] };
	const values = result.values.map((stored, index) => ({
		key: elementKey(whole.key, index),
		metadata: stored.metadata,
		origin: { type: 'element' as const, whole, index },
		stem: whole.stem,
	}));
	return { many: true, values };
}

/** One call an element of a list that can be made piecemeal. */
function elementCalls(made: Call, port: string): Call[] {
	const metadata = Object.fromEntries(Object.entries(made.inputs).map(([name, values]) => [name, values[0]?.metadata]));
	const described = made.spec.describe(made.params, metadata)[port];
	const list = described !== undefined && isMany(described) ? described : { count: 0, element: unknownOf('file') };
	if (list.count === null) throw new Error(`${made.spec.id} makes elements alone but does not say how many there are`);
	return Array.from({ length: list.count }, (_, element) => ({
		...made,
		key: callKey(made.spec, made.params, made.inputs, element),
		element,
		expected: { ...made.expected, [port]: ('elements' in list ? list.elements?.[element] : undefined) ?? list.element },
	}));
}

function madeValue(made: Call, port: string, known: Deriving['known']): Value {
	const key = outputKey(made.key, port);
	const result = known(key);
	const metadata = result !== null && 'value' in result ? result.value.metadata : made.expected[port];
	if (metadata === undefined) throw new Error(`${made.spec.id} does not describe its output ${port}`);
	return { key, metadata, origin: { type: 'made', call: made, port }, stem: Object.values(made.inputs).flat()[0]?.stem ?? made.node };
}

function flat(slots: readonly Slot[]): Slot {
	const pending = slots.flatMap((slot) => ('pending' in slot ? slot.pending : []));
	if (pending.length > 0) return { many: true, pending };
	return { many: true, values: slots.flatMap((slot) => ('values' in slot ? slot.values : 'value' in slot ? [slot.value] : [])) };
}
