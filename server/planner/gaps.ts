/** Gap filling: the cheapest way over conversion nodes from what there is to what a port takes. */
import { SPECS } from '../../nodes/catalogue.ts';
import type { Port, Spec } from '../../nodes/define.ts';
import { elementOf } from '../../nodes/inference.ts';
import { type Kind, type Metadata, type Seen, wideningTo } from '../../nodes/kinds.ts';

/** A way over conversions, in order; empty where the value fits as it is. */
export interface Way {
	readonly specs: readonly Spec[];
	readonly cost: number;
}

/** `tie`: several ways cost the same, so that people have to say which; `none`: there is no way. */
export type Gap = ({ readonly found: 'way' } & Way) | { readonly found: 'tie'; readonly ways: readonly Way[] } | { readonly found: 'none' };

/** Whether a value enters a port of this kind without a node in between. */
export function fits(value: Metadata, kind: Kind): boolean {
	return kind === 'file' || value.kind === kind || wideningTo(value, kind) !== undefined;
}

/** More than this many conversions in a row is no longer what anybody meant. */
const LONGEST = 3;

/** The cheapest way from a value to a port. */
export function wayTo(seen: Seen, port: Port): Gap {
	const value = elementOf(seen);
	if (fits(value, port.kind)) return { found: 'way', specs: [], cost: 0 };
	const best = cheapest(value.kind, port.kind);
	const [first, second] = best;
	if (first === undefined) return { found: 'none' };
	if (second === undefined) return { found: 'way', ...first };
	return { found: 'tie', ways: best };
}

/** The kinds that can be made of this one, with what that costs. */
export function costTo(from: Metadata, to: Kind): number | null {
	if (from.kind === to || (to === 'video' && wideningTo(from, to) !== undefined)) return 0;
	return cheapest(from.kind, to)[0]?.cost ?? null;
}

const remembered = new Map<string, readonly Way[]>();

function cheapest(from: Kind, to: Kind): readonly Way[] {
	const key = `${from}>${to}`;
	const known = remembered.get(key);
	if (known !== undefined) return known;
	const ways = walk(from, to, [], new Set([from])).sort((one, other) => one.cost - other.cost);
	const best = ways.filter((way) => way.cost === ways[0]?.cost);
	remembered.set(key, best);
	return best;
}

function walk(from: Kind, to: Kind, specs: readonly Spec[], been: ReadonlySet<Kind>): Way[] {
	if (from === to) return [{ specs, cost: specs.reduce((sum, spec) => sum + (spec.conversion ?? 1), 0) }];
	if (specs.length >= LONGEST) return [];
	return conversions().flatMap((spec) => {
		const input = Object.values(spec.inputs).find((port) => port.optional !== true);
		const output = Object.values(spec.outputs)[0];
		if (input?.kind !== from || output === undefined || been.has(output.kind)) return [];
		return walk(output.kind, to, [...specs, spec], new Set([...been, output.kind]));
	});
}

let listed: readonly Spec[] | undefined;
function conversions(): readonly Spec[] {
	listed ??= SPECS.filter((spec) => spec.conversion !== undefined && spec.hidden !== true);
	return listed;
}
