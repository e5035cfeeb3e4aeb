/**
 * The optimiser: an equivalent group that is quicker to make. A value stays what the user's graph says, and so do keys; only how a fused
 * group is made changes. What may be changed is said by the rules of a backend; here is only where they apply.
 */
import type { Metadata } from '../../nodes/define.ts';
import type { Planners } from './fuse.ts';
import type { Group, Part, Planner, Ref } from './group.ts';
import { type Applied, mainPort, outputPort, rewritten } from './optimise/chain.ts';

export interface Optimised {
	readonly group: Group;
	readonly applied: readonly Applied[];
}

/** Which rules apply: all of them, none, or all but those named. */
export type Optimising = boolean | { readonly without: readonly string[] };

/** The group rewritten by the rules of its backend. */
export function optimise(group: Group, planner: Planner): Optimised {
	if (planner.rules.length === 0) return { group, applied: [] };
	const runs = runsOf(group).map((run): Run & { readonly applied: readonly Applied[] } => {
		const entering = enteringOf(run, group);
		return entering === null ? { ...run, applied: [] } : { ...run, ...rewritten(run.parts, entering, planner) };
	});
	const applied = runs.flatMap((run) => run.applied);
	return applied.length === 0 ? { group, applied } : { group: tied(group, runs), applied };
}

/** These planners with only the rules that are wanted. */
export function withRules(planners: Planners, optimising: Optimising): Planners {
	if (optimising === true) return planners;
	const wanted = (planner: Planner): Planner => ({
		...planner,
		rules: optimising === false ? [] : planner.rules.filter((rule) => !optimising.without.includes(rule.name)),
	});
	return { image: wanted(planners.image), video: wanted(planners.video), table: wanted(planners.table), task: wanted(planners.task) };
}

/** Parts that follow each other, with nobody looking in between. */
interface Run {
	/** Places in the group. */
	readonly places: readonly number[];
	readonly parts: readonly Part[];
}

function runsOf({ parts, outputs }: Group): Run[] {
	const refs = parts.flatMap((part) => Object.values(part.inputs).flat());
	const readers = (place: number) =>
		refs.filter((ref) => 'part' in ref && ref.part === place).length + outputs.filter((output) => output.part === place).length;
	const runs: { places: number[]; parts: Part[] }[] = [];
	for (const [place, part] of parts.entries()) {
		const from = mainRef(part);
		const before = from !== undefined && 'part' in from && readers(from.part) === 1 ? runs.find((run) => run.places.at(-1) === from.part) : undefined;
		const source = before?.parts[0];
		if (before === undefined || source === undefined || mainRef(source) === undefined) runs.push({ places: [place], parts: [part] });
		else {
			before.places.push(place);
			before.parts.push(part);
		}
	}
	/* A run stands where its last part stood: everything that it reads beside its own chain ends before that. */
	return runs.sort((one, other) => (one.places.at(-1) ?? 0) - (other.places.at(-1) ?? 0));
}

function mainRef(part: Part): Ref | undefined {
	const refs = part.inputs[mainPort(part) ?? ''] ?? [];
	return refs.length === 1 ? refs[0] : undefined;
}

function enteringOf({ parts }: Run, group: Group): Metadata | null {
	const ref = parts[0] === undefined ? undefined : mainRef(parts[0]);
	if (ref === undefined) return null;
	return ('input' in ref ? group.inputs[ref.input]?.metadata : group.parts[ref.part]?.expected[ref.port]) ?? null;
}

/** The group of these runs, each part reading what it reads at its new place. */
function tied(group: Group, runs: readonly Run[]): Group {
	const parts: Part[] = [];
	/** Place of a run's last part before → what has its value now. */
	const ends = new Map<number, { readonly part: number; readonly port: string }>();
	const moved = (ref: Ref): Ref => ('part' in ref ? (ends.get(ref.part) ?? ref) : ref);
	for (const run of runs) {
		const first = group.parts[run.places[0] ?? -1];
		const source = first === undefined ? undefined : mainRef(first);
		let before: { readonly part: number; readonly port: string } | null = null;
		for (const part of run.parts) {
			const main = mainPort(part);
			const reads: Ref | undefined = before ?? (source === undefined ? undefined : moved(source));
			const at = (port: string, refs: readonly Ref[]): readonly Ref[] => (port === main && reads !== undefined ? [reads] : refs.map(moved));
			const inputs: Part['inputs'] = Object.fromEntries(Object.entries(part.inputs).map(([port, refs]) => [port, at(port, refs)]));
			before = { part: parts.push({ ...part, inputs }) - 1, port: outputPort(part) };
		}
		const place = run.places.at(-1);
		if (before !== null && place !== undefined) ends.set(place, before);
	}
	return { ...group, parts, outputs: group.outputs.map((output) => ({ ...output, ...ends.get(output.part) })) };
}
