/** Neighbouring calls of one medium become one group. The engine names no node: backends decide who may join, and every cut has a reason. */

import { listOf } from '../../nodes/inference.ts';
import type { Words } from '../../nodes/messages/words.ts';
import type { Demand } from './demand.ts';
import { bytesOf } from './demand.ts';
import type { BackendName, Hash, Part, Planner } from './group.ts';
import { cutIn, rewritten } from './optimise/chain.ts';
import type { Call, Value } from './values.ts';

export interface DraftGroup {
	readonly backend: BackendName;
	readonly calls: Call[];
	readonly parts: Part[];
	/** Why it ends where it ends; the last reason given. */
	cut: Words;
}

export type Planners = Readonly<Record<BackendName, Planner>>;

/** Nothing follows. */
const LAST: Words = { en: 'nothing comes after it', zh: '后面没有别的步骤' };
const CROSSED: Words = { en: 'joining would make two groups wait for each other', zh: '合在一起会使两组互相等待' };
const LOOKED_AT: Words = { en: 'somebody looks at this value', zh: '这里的结果要供查看' };

export function fuse(demand: Demand, planners: Planners, options: { readonly apart?: boolean } = {}): DraftGroup[] {
	const groups: DraftGroup[] = [];
	const home = new Map<Hash, DraftGroup>();
	for (const call of demand.calls) {
		const backend = backendOf(call);
		const draft: DraftGroup = { backend, calls: [], parts: [], cut: LAST };
		const joined = options.apart === true ? draft : join(call, draft, { demand, planner: planners[backend], home, groups });
		place(call, joined, home);
		if (!groups.includes(joined)) groups.push(joined);
	}
	return groups.filter((group) => group.calls.length > 0);
}

interface Fusing {
	readonly demand: Demand;
	readonly planner: Planner;
	readonly home: Map<Hash, DraftGroup>;
	readonly groups: readonly DraftGroup[];
}

/** The group that the call goes to: one of those that feed it, or the fresh one. */
function join(call: Call, fresh: DraftGroup, fusing: Fusing): DraftGroup {
	const feeding = feedersOf(call, fusing);
	for (const group of feeding) if (group.backend !== fresh.backend) group.cut = elsewhere(call.node, fresh.backend);
	const own = feeding.filter((group) => group.backend === fresh.backend);
	return fusing.planner.shape === 'chain' ? joinChain(call, fresh, own, fusing) : joinGraph(call, fresh, own, fusing);
}

function joinChain(call: Call, fresh: DraftGroup, feeding: readonly DraftGroup[], { demand, planner }: Fusing): DraftGroup {
	const main = Object.values(call.inputs)[0]?.[0];
	const group = feeding.find((one) => one.calls.at(-1) === makerOf(main));
	if (main === undefined || group === undefined || Object.values(call.inputs)[0]?.length !== 1) return fresh;
	const readers = demand.readers.get(main.key) ?? [];
	if (demand.observed.has(main.key)) return cut(group, LOOKED_AT, fresh);
	if (readers.length > 1) return cut(group, readBy(readers.map((one) => one.node)), fresh);
	const reason = cutBefore(partOf(call, new Map()), group, planner);
	return reason === null ? group : cut(group, reason, fresh);
}

/** Why a part can't be the next of a chain, however the rules of its backend put the steps; null: it can. */
function cutBefore(part: Part, { parts, calls }: DraftGroup, planner: Planner): Words | null {
	const chain = [...parts, part];
	const reason = cutIn(chain, planner);
	const entering = calls[0] === undefined ? undefined : Object.values(calls[0].inputs)[0]?.[0]?.metadata;
	if (reason === null || entering === undefined) return reason;
	const { parts: better, applied } = rewritten(chain, entering, planner);
	return applied.length === 0 ? reason : cutIn(better, planner);
}

function joinGraph(call: Call, fresh: DraftGroup, feeding: readonly DraftGroup[], { planner, home, groups }: Fusing): DraftGroup {
	const part = partOf(call, new Map());
	const open: DraftGroup[] = [];
	for (const group of feeding) {
		const verdict = planner.canJoin(group.parts, part);
		if (verdict === true) open.push(group);
		else group.cut = verdict;
	}
	const [first, ...rest] = open;
	if (first === undefined) return beside(call, part, fresh, { planner, home, groups }) ?? fresh;
	let target = joinable(call, first, home, groups) ? first : cut(first, CROSSED, fresh);
	if (target === fresh) return fresh;
	for (const other of rest) target = merged(target, other, call, home, groups);
	return target;
}

/** A group that reads a file which this call reads too, where its backend then reads it once for both. */
function beside(call: Call, part: Part, { backend }: DraftGroup, { planner, home, groups }: Omit<Fusing, 'demand'>): DraftGroup | undefined {
	if (planner.shares === undefined) return undefined;
	const read = new Set(inputsOf(call).map(({ key }) => key));
	return groups.find(
		(group) =>
			group.backend === backend &&
			group.calls.some((one) => inputsOf(one).some((value) => read.has(value.key) && !feedsItself(group, value, home))) &&
			planner.shares?.(group.parts, part) === true &&
			joinable(call, group, home, groups),
	);
}

const inputsOf = (call: Call) => Object.values(call.inputs).flat();

function feedsItself(group: DraftGroup, value: Value, home: ReadonlyMap<Hash, DraftGroup>): boolean {
	const maker = makerOf(value);
	return maker !== undefined && home.get(maker.key) === group;
}

/** Whether nothing else that feeds the call waits for this group. */
function joinable(call: Call, group: DraftGroup, home: ReadonlyMap<Hash, DraftGroup>, groups: readonly DraftGroup[]): boolean {
	const others = new Set(makersOf(call).flatMap((maker) => homeOf(maker, home)));
	others.delete(group);
	return ![...others].some((other) => dependsOn(other, group, home, groups.length));
}

/** Two groups become one, unless one waits for the other through a third. */
function merged(target: DraftGroup, other: DraftGroup, call: Call, home: Map<Hash, DraftGroup>, groups: readonly DraftGroup[]): DraftGroup {
	if (target === other) return target;
	if (dependsOn(target, other, home, groups.length) || dependsOn(other, target, home, groups.length) || !joinable(call, other, home, groups)) {
		other.cut = CROSSED;
		return target;
	}
	const calls = [...other.calls];
	other.calls.length = 0;
	other.parts.length = 0;
	for (const one of calls) place(one, target, home);
	return target;
}

function dependsOn(group: DraftGroup, other: DraftGroup, home: ReadonlyMap<Hash, DraftGroup>, limit: number): boolean {
	const seen = new Set<DraftGroup>();
	const queue = [group];
	for (let next = queue.pop(); next !== undefined && seen.size <= limit; next = queue.pop()) {
		if (next === other) return true;
		if (seen.has(next)) continue;
		seen.add(next);
		for (const call of next.calls) queue.push(...makersOf(call).flatMap((maker) => homeOf(maker, home)));
	}
	return false;
}

function place(call: Call, group: DraftGroup, home: Map<Hash, DraftGroup>): void {
	home.set(call.key, group);
	group.calls.push(call);
	group.parts.push(partOf(call, new Map()));
}

const BACKENDS: { readonly [B in BackendName]: string } = { image: '图片', video: '视频', table: '表格', task: '任务' };

function elsewhere(node: string, backend: BackendName): Words {
	return { en: `the next node (${node}) runs on ${backend}`, zh: `下一个节点（${node}）由“${BACKENDS[backend]}”部分处理` };
}

function readBy(nodes: readonly string[]): Words {
	const names = [...new Set(nodes)];
	return { en: `read by ${nodes.length} nodes (${names.join(', ')})`, zh: `有 ${nodes.length} 个节点要用（${names.join('、')}）` };
}

function cut(group: DraftGroup, reason: Words, fresh: DraftGroup): DraftGroup {
	group.cut = reason;
	return fresh;
}

function feedersOf(call: Call, { home }: Fusing): DraftGroup[] {
	return [...new Set(makersOf(call).flatMap((maker) => homeOf(maker, home)))];
}

function homeOf(call: Call, home: ReadonlyMap<Hash, DraftGroup>): DraftGroup[] {
	const group = home.get(call.key);
	return group === undefined ? [] : [group];
}

function makersOf(call: Call): Call[] {
	return Object.values(call.inputs)
		.flat()
		.flatMap((value) => makerOf(value) ?? []);
}

/** The call that makes a value. */
export function makerOf(value: Value | undefined): Call | undefined {
	if (value === undefined) return undefined;
	const { origin } = bytesOf(value);
	return origin.type === 'made' ? origin.call : undefined;
}

export function backendOf(call: Call): BackendName {
	if (call.spec.medium === 'source') throw new Error(`${call.node} is a source and is never made`);
	return call.spec.medium;
}

const lowered = new WeakMap<Call, Part['steps']>();

/** A call as a part of a group. `where` says how its inputs are reached; a value that isn't there gets an empty reference (for asking `canJoin`). */
export function partOf(call: Call, where: ReadonlyMap<Hash, Part['inputs'][string][number]>): Part {
	const inputs = Object.fromEntries(Object.entries(call.inputs).map(([port, values]) => [port, values.map((value) => where.get(value.key) ?? { input: -1 })]));
	return {
		node: call.node,
		spec: call.spec.id,
		params: call.params,
		steps: stepsOf(call),
		inputs,
		expected: call.expected,
		...(call.element === undefined ? {} : { element: call.element }),
	};
}

function stepsOf(call: Call): Part['steps'] {
	if (call.spec.medium === 'task' || call.spec.medium === 'source') return [];
	const known = lowered.get(call);
	if (known !== undefined) return known;
	const metadata = Object.fromEntries(
		Object.entries(call.spec.portsOf?.(call.params).inputs ?? call.spec.inputs).map(([port, { many, kind }]) => {
			const values = call.inputs[port] ?? [];
			return [
				port,
				many === true
					? listOf(
							values.map((value) => value.metadata),
							kind,
						)
					: values[0]?.metadata,
			];
		}),
	);
	const steps = call.spec.lower(call.params, metadata);
	lowered.set(call, steps);
	return steps;
}
