/** A recipe as a program: its groups in the order in which they run, and which value each takes from where. Nothing runs; what only a run could tell is supposed. */
import type { Metadata, Spec } from '../../nodes/define.ts';
import type { Recipe } from '../../nodes/graph.ts';
import { GraphError } from '../../nodes/problems.ts';
import type { Bindings } from './engine.ts';
import type { Planners } from './fuse.ts';
import type { Group, Hash } from './group.ts';
import { groupOf, type PlannedGroup } from './pieces.ts';
import { inputOf, type Planned, planned } from './planned.ts';
import type { Result } from './stores.ts';
import type { Value } from './values.ts';

/** Where a program takes a value from. */
export type ProgramRef =
	| { readonly from: 'source'; readonly node: string; readonly index: number }
	/** `element`: of an output that is a list. */
	| { readonly from: 'group'; readonly group: number; readonly output: number; readonly element: number | null };

export interface ProgramGroup {
	readonly nodes: readonly string[];
	/** The spec of its last node, for what is said of it. */
	readonly spec: Spec;
	readonly group: Group;
	/** For each input of the group. */
	readonly reads: readonly ProgramRef[];
}

export interface ProgramResult {
	readonly node: string;
	readonly port: string;
	/** It is a list. */
	readonly many: boolean;
	readonly metadata: Metadata | null;
	readonly values: readonly ProgramRef[];
	/** Of each: the name of the source that it was made from, without ending. */
	readonly stems: readonly string[];
}

export interface Program {
	readonly groups: readonly ProgramGroup[];
	readonly results: readonly ProgramResult[];
	/** Nodes of whose results something was supposed. */
	readonly supposed: readonly string[];
}

/** What is supposed of a value that isn't known before a run; `length` of lists. */
export interface Supposing {
	readonly metadata: (value: Value) => Metadata;
	readonly length: number;
}

const MAX_ROUNDS = 50;

/** @throws ProblemError for what is wrong with the graph or the sources. */
export function program(recipe: Recipe, bindings: Bindings, planners: Planners, supposing: Supposing): Program {
	const results = new Map<Hash, Result>();
	const supposed = new Set<string>();
	for (let round = 0; round < MAX_ROUNDS; round++) {
		const plan = planned(recipe, bindings, (key) => results.get(key) ?? null, planners);
		const waiting = waitingFor(plan);
		if (waiting.length === 0) return written(plan, [...supposed]);
		for (const value of waiting) {
			results.set(value.key, suppose(value, plan, supposing));
			if (value.origin.type === 'made') supposed.add(value.origin.call.node);
		}
	}
	throw new GraphError('graph.empty');
}

function waitingFor({ derived, observed }: Planned): readonly Value[] {
	const pending = [...derived.slots].filter(([end]) => observed.has(end.split('.')[0] ?? '')).flatMap(([, slot]) => ('pending' in slot ? slot.pending : []));
	return [...new Map([...derived.blockedBy, ...pending].map((value) => [value.key, value])).values()];
}

function suppose(value: Value, { derived }: Planned, { metadata, length }: Supposing): Result {
	const stored = { content: value.key, bytes: 0, metadata: metadata(value) };
	const list = [...derived.slots.values()].some((slot) => 'pending' in slot && slot.pending.some((one) => one.key === value.key));
	return list ? { values: Array.from({ length }, (_, index) => ({ ...stored, content: `${value.key}${index}` })) } : { value: stored };
}

function written({ checked, observed, derived, pieces }: Planned, supposed: readonly string[]): Program {
	const groups = inOrder(pieces.flatMap((piece) => piece.groups));
	const places = new Map<Hash, { readonly group: number; readonly output: number }>();
	for (const [group, one] of groups.entries()) for (const [output, { key }] of one.outputs.entries()) places.set(key, { group, output });
	const sources = new Map<Hash, { readonly node: string; readonly index: number }>();
	const ofSources = checked.nodes.filter((node) => node.spec.medium === 'source');
	for (const { id, outputs } of ofSources) {
		const slot = derived.slots.get(`${id}.${Object.keys(outputs)[0]}`);
		const values = slot === undefined || 'pending' in slot ? [] : 'value' in slot ? [slot.value] : slot.values;
		for (const [index, value] of values.entries()) if (!sources.has(value.key)) sources.set(value.key, { node: id, index });
	}
	const refOf = (value: Value): ProgramRef => {
		const source = sources.get(value.key);
		if (source !== undefined) return { from: 'source', ...source };
		const element = value.origin.type === 'element' ? value.origin : null;
		const place = places.get(element === null ? value.key : element.whole.key);
		if (place === undefined) throw new Error(`no group makes ${value.key}`);
		return { from: 'group', ...place, element: element?.index ?? null };
	};
	return {
		groups: groups.map((one) => {
			const { calls } = one.draft;
			const spec = calls.at(-1)?.spec;
			if (spec === undefined) throw new Error('a group has calls');
			return { nodes: [...new Set(calls.map((call) => call.node))], spec, group: groupOf(one, one.reads.map(memoryOr(groups))), reads: one.reads.map(refOf) };
		}),
		results: checked.nodes.flatMap((node) => {
			if (!observed.has(node.id)) return [];
			return Object.keys(node.outputs).flatMap((port): ProgramResult[] => {
				const slot = derived.slots.get(`${node.id}.${port}`);
				if (slot === undefined || 'pending' in slot) return [];
				const values = 'value' in slot ? [slot.value] : slot.values;
				return [
					{ node: node.id, port, many: slot.many, metadata: values[0]?.metadata ?? null, values: values.map(refOf), stems: values.map((value) => value.stem) },
				];
			});
		}),
		supposed,
	};
}

/** Values that stay in memory are said to. */
function memoryOr(groups: readonly PlannedGroup[]) {
	const inMemory = new Set(groups.flatMap((one) => one.outputs.flatMap((output) => (output.keep === 'memory' ? [output.key] : []))));
	return (value: Value) => (inMemory.has(value.key) ? { key: value.key, metadata: value.metadata, from: 'memory' as const } : inputOf(value));
}

/** Every group after those that it reads. */
function inOrder(groups: readonly PlannedGroup[]): readonly PlannedGroup[] {
	const home = new Map(groups.flatMap((group) => group.outputs.map(({ key }) => [key, group] as const)));
	const done = new Set<PlannedGroup>();
	const visit = (group: PlannedGroup): void => {
		if (done.has(group)) return;
		for (const value of group.reads) {
			const maker = home.get(value.origin.type === 'element' ? value.origin.whole.key : value.key);
			if (maker !== undefined && maker !== group) visit(maker);
		}
		done.add(group);
	};
	for (const group of groups) visit(group);
	return [...done];
}
