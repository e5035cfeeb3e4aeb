/** Chains: wishes in the order in which values pass through them, each settled to the spec that fits where it stands. */
import { type Port, portsOf, type Spec } from '../../../nodes/define.ts';
import type { Kind, Metadata } from '../../../nodes/kinds.ts';
import { parseParams } from '../../../nodes/params.ts';
import { costTo } from '../gaps.ts';
import type { Wish } from './wish.ts';

/** What is known of a value while planning: enough to choose nodes. */
export interface Value {
	readonly kind: Kind;
	readonly many: boolean;
	readonly metadata: Metadata;
}

export interface Link {
	readonly wish: Wish;
	readonly spec: Spec;
}

export interface Chain {
	readonly base: Value;
	readonly links: readonly Link[];
}

/** The first port that has to be fed. */
export function mainPort(spec: Spec): Port | undefined {
	return Object.values(spec.inputs).find((port) => port.optional !== true);
}

/** The value that each link gives, after the base. */
export function valuesOf(chain: Chain): readonly Value[] {
	const values: Value[] = [chain.base];
	for (const link of chain.links) {
		const before = values.at(-1) ?? chain.base;
		const input = mainPort(link.spec);
		const output = Object.values(outputsOf(link.spec))[0];
		if (output === undefined) continue;
		const swallowed = input?.many === true;
		const spread = input !== undefined && before.kind === 'document' && input.kind === 'image';
		values.push({ kind: output.kind, many: output.many === true || (!swallowed && (before.many || spread)), metadata: unknown(output.kind, before.metadata) });
	}
	return values;
}

function outputsOf(spec: Spec) {
	try {
		return portsOf(spec, parseParams(spec, {})).outputs;
	} catch {
		return spec.outputs;
	}
}

function unknown(kind: Kind, before: Metadata): Metadata {
	if (before.kind === kind) return before;
	if (kind === 'video')
		return { kind: 'video', width: null, height: null, duration: null, fps: null, audio: null, codec: null, audioCodec: null, format: null };
	if (kind === 'image') return { kind: 'image', width: null, height: null, frames: 1, duration: 0, alpha: null, format: null };
	return before.kind === kind ? before : ({ kind } as Metadata);
}

/** What it costs to bring a value into a spec; null: it can't be. */
export function entryCost(value: Value, spec: Spec): number | null {
	const port = mainPort(spec);
	if (port === undefined) return 0;
	const cost = port.kind === 'file' ? 0 : costTo(value.metadata, port.kind);
	// Nobody means a slide show on the way to a sound: long ways round are no ways.
	return cost === null || (cost >= 6 && spec.saves !== true) ? null : cost + (value.kind !== port.kind && cost === 0 ? 0.5 : 0);
}

/** Whether a picture is only being changed, so that a film must not become a picture for it. */
function mapsPicture(spec: Spec): boolean {
	const [input, output] = [mainPort(spec), Object.values(spec.outputs)[0]];
	return input?.kind === output?.kind && input?.many !== true && spec.medium !== 'task' && spec.answers !== true;
}

export interface Placement {
	readonly spec: Spec;
	/** Index at which the link is put in. */
	readonly at: number;
	readonly cost: number;
}

/** Where and as what a wish fits best: at the end, or late upstream where only an earlier value has its kind. `wanted`: kind the chain ends in, where that is said. */
export function placeWish(chain: Chain, candidates: readonly Spec[], wanted: Kind | null): Placement | null {
	const values = valuesOf(chain);
	let best: Placement | null = null;
	for (const spec of candidates) {
		const output = Object.values(spec.outputs)[0];
		for (let at = values.length - 1; at >= 0; at--) {
			const value = values[at];
			if (value === undefined) continue;
			const last = at === values.length - 1;
			const input = mainPort(spec);
			const next = chain.links[at];
			// Frames are taken before the sheet that they are laid out on.
			const feeds =
				next !== undefined &&
				mainPort(next.spec)?.many === true &&
				output?.many === true &&
				mainPort(next.spec)?.kind === output.kind &&
				value.kind === input?.kind;
			if (!last && !feeds && (input?.kind !== output?.kind || (value.kind !== input?.kind && !sameKindAfter(value, spec)))) continue;
			const entry = entryCost(value, spec);
			if (entry === null) continue;
			if (entry >= 3 && mapsPicture(spec) && value.kind !== 'document' && wanted !== output?.kind) continue;
			const away =
				wanted === null || output === undefined
					? 0
					: costTo({ kind: output.kind, ...(output.kind === 'image' ? { frames: 2 } : {}) } as Metadata, wanted) === null
						? 20
						: output.kind === wanted
							? 0
							: 0.6;
			const cost = entry + (last ? 0 : 1 + (values.length - 1 - at) * 0.1) + away;
			if (best === null || cost < best.cost) best = { spec, at, cost };
		}
	}
	return best;
}

/** A link upstream may turn an animation into a film when what follows wants a film anyway. */
function sameKindAfter(value: Value, spec: Spec): boolean {
	return value.kind === 'image' && mainPort(spec)?.kind === 'video';
}

export function inserted(chain: Chain, link: Link, at: number): Chain {
	return { ...chain, links: [...chain.links.slice(0, at), link, ...chain.links.slice(at)] };
}
