/** Why a node's value has to be made, told from how it was made the last time. */
import type { Params } from '../../nodes/define.ts';
import type { MessageKey, Values } from '../../nodes/messages/index.ts';
import { hashOf } from './canonical.ts';
import type { Hash } from './group.ts';
import type { Lineage, Past } from './stores.ts';
import type { Call } from './values.ts';

/** A reason, as a message. */
export interface Why {
	readonly key: MessageKey;
	readonly values: Values;
}

/** Nothing that the value depends on has changed. */
export const SAME: Why = { key: 'why.same', values: {} };

/** More changed parameters than this are not listed. */
const LISTED = 3;
const LONGEST = 40;

/** What remembers, and for which recipe. */
export interface Memory {
	readonly recipe: string;
	readonly lineage: Lineage;
}

/** Why this call has to be made. */
export function whyMade(call: Call, { recipe, lineage }: Memory): Why {
	const past = lineage.last(placeOf(recipe, call.node));
	if (past === null || past.spec !== call.spec.id) return { key: 'why.first', values: {} };
	const now = pastOf(call);
	if (past.key === now.key) return { key: 'why.gone', values: {} };
	if (past.version !== now.version) return { key: 'why.version', values: {} };
	const changes = changesOf(past.params, now.params);
	if (changes.length > 0) return { key: 'why.params', values: { changes: changes.slice(0, LISTED).join(', ') } };
	return { key: 'why.input', values: {} };
}

/** Remembers how a node's value was made. */
export function remember(calls: readonly Call[], { recipe, lineage }: Memory): void {
	const first = new Map(calls.map((call) => [call.node, call]).reverse() as [string, Call][]);
	lineage.note([...first].map(([node, call]) => ({ place: placeOf(recipe, node), past: pastOf(call) })));
}

function pastOf(call: Call): Past {
	return { key: call.key, spec: call.spec.id, version: `${call.spec.version}.${call.spec.revision ?? 0}`, params: call.params };
}

function placeOf(recipe: string, node: string): Hash {
	return hashOf({ recipe, node });
}

function changesOf(before: Params, now: Params): string[] {
	const names = [...new Set([...Object.keys(before), ...Object.keys(now)])];
	return names.filter((name) => shown(before[name]) !== shown(now[name])).map((name) => `${name}: ${short(before[name])} → ${short(now[name])}`);
}

function shown(value: unknown): string {
	return value === undefined ? '–' : typeof value === 'string' ? value : JSON.stringify(value);
}

function short(value: unknown): string {
	const text = shown(value);
	return text.length <= LONGEST ? text : `${text.slice(0, LONGEST)}…`;
}
