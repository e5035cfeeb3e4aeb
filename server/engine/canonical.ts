import { hash } from 'node:crypto';
import type { Hash } from './group.ts';

/**
 * JSON with sorted keys and without `undefined`, so that equal descriptions have equal text.
 * @throws Error for what can't be described (functions, NaN, cycles): what can't be tokenised must not be cached.
 */
export function canonical(value: unknown): string {
	if (value === null || typeof value === 'boolean' || typeof value === 'string') return JSON.stringify(value);
	if (typeof value === 'number') {
		if (!Number.isFinite(value)) throw new Error(`a derivation can't hold the number ${value}`);
		return JSON.stringify(value);
	}
	if (Array.isArray(value)) return `[${value.map(canonical).join(',')}]`;
	if (typeof value === 'object') {
		const entries = Object.entries(value).filter(([, one]) => one !== undefined);
		entries.sort(([a], [b]) => (a < b ? -1 : 1));
		return `{${entries.map(([key, one]) => `${JSON.stringify(key)}:${canonical(one)}`).join(',')}}`;
	}
	throw new Error(`a derivation can't hold a ${typeof value}`);
}

/** Identity of a description. */
export function hashOf(description: unknown): Hash {
	return hash('sha256', canonical(description), 'hex');
}
