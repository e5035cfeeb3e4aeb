/** Values that are finished: sources, and what is in the store. */
import type { Artifact } from './engine.ts';
import type { Artifacts, Result, Results, Stored } from './stores.ts';
import type { Value } from './values.ts';

/** The finished value, or null when it isn't in the store. */
export function artifactOf(value: Value, results: Results, artifacts: Artifacts): Artifact | null {
	if (value.origin.type === 'source') {
		const { source } = value.origin;
		return { content: source.content, path: source.path, bytes: source.bytes, metadata: value.metadata };
	}
	const stored = storedOf(value, results);
	return stored === null ? null : artifact(stored, artifacts);
}

function storedOf(value: Value, results: Results): Stored | null {
	if (value.origin.type === 'element') {
		const whole = results.get(value.origin.whole.key);
		return whole !== null && 'values' in whole ? (whole.values[value.origin.index] ?? null) : null;
	}
	const result = results.get(value.key);
	return result !== null && 'value' in result ? result.value : null;
}

export function artifact(stored: Stored, artifacts: Artifacts): Artifact {
	return { ...stored, path: artifacts.path(stored.content) };
}

export function storedIn(result: Result): readonly Stored[] {
	return 'value' in result ? [result.value] : result.values;
}
