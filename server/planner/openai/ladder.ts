/**
 * What a server turned out not to know. Compatible servers differ in how they force an answer into JSON and in which fields they take;
 * each is asked the strictest way first, goes down a rung when it objects, and is remembered for as long as this process runs.
 */
import type { ModelConfig } from './config.ts';
import { isVendor } from './config.ts';

export const RUNGS = ['json_schema', 'json_object', 'text'] as const;
export type Rung = (typeof RUNGS)[number];

/** Fields that a request can do without. */
const SPARE = ['stream_options', 'temperature', 'prompt_cache_key', 'store'] as const;
export type Spare = (typeof SPARE)[number];

export interface Manners {
	readonly rung: Rung;
	readonly without: readonly Spare[];
	/** The field that limits the length of the answer; null: none is taken. */
	readonly limit: 'max_tokens' | 'max_completion_tokens' | null;
}

const known = new Map<string, Manners>();
const keyOf = (config: ModelConfig) => `${config.baseUrl ?? ''}\n${config.model}`;

/** How to ask this model of this server. */
export function mannersFor(config: ModelConfig): Manners {
	return known.get(keyOf(config)) ?? { rung: 'json_schema', without: [], limit: isVendor(config) ? 'max_completion_tokens' : 'max_tokens' };
}

/** Remembers what worked. */
export function remember(config: ModelConfig, manners: Manners): void {
	known.set(keyOf(config), manners);
}

/** Forgets everything that was learnt of servers. */
export function forget(): void {
	known.clear();
}

/**
 * What to leave out after a server objected to a request; null when there is nothing left that could be at fault.
 * @param complaint what it said, in lower case, with the name of the parameter.
 */
export function humbler(manners: Manners, complaint: string): Manners | null {
	const field = SPARE.find((name) => complaint.includes(name) && !manners.without.includes(name));
	if (field !== undefined) return { ...manners, without: [...manners.without, field] };
	if (/max_(completion_)?tokens/.test(complaint) && !/response_format|json_schema/.test(complaint)) {
		if (manners.limit !== 'max_tokens') return manners.limit === null ? null : { ...manners, limit: null };
		// "Use 'max_completion_tokens' instead."
		return { ...manners, limit: complaint.includes('max_completion_tokens') ? 'max_completion_tokens' : null };
	}
	const below = RUNGS[RUNGS.indexOf(manners.rung) + 1];
	return below === undefined ? null : { ...manners, rung: below };
}
