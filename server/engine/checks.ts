/** Tests what the goal asked for against what came out. */
import type { Metadata } from '../../nodes/define.ts';
import type { Check } from '../../nodes/graph.ts';
import type { CheckResult, Output } from './engine.ts';

type Actual = string | number | boolean | null;

/** One result a check: of several outputs of a node, the first that fails, or else the first. */
export function testChecks(checks: readonly Check[], outputs: readonly Output[]): CheckResult[] {
	return checks.map((check) => {
		const own = outputs.filter((output) => output.node === check.node);
		if (check.property === 'count') return judge(check, own.length);
		const results = own.map((output) => judge(check, actualOf(check, output)));
		return results.find((result) => !result.ok) ?? results[0] ?? { check, ok: false, actual: null };
	});
}

function judge(check: Check, actual: Actual): CheckResult {
	return { check, actual, ok: actual !== null && holds(check, actual) };
}

function holds({ compare, value, tolerance = 0 }: Check, actual: Exclude<Actual, null>): boolean {
	if (typeof value === 'number' && typeof actual === 'number') {
		if (compare === '<=') return actual <= value + tolerance;
		if (compare === '>=') return actual >= value - tolerance;
		return Math.abs(actual - value) <= tolerance + Number.EPSILON * Math.abs(value);
	}
	return String(actual).toLowerCase() === String(value).toLowerCase();
}

/** The property as it is: null where the output has no such property. */
export function actualOf(check: Check, output: Pick<Output, 'artifact'>): Actual {
	const { metadata, bytes } = output.artifact;
	if (check.property === 'bytes') return bytes;
	const content = metadata.kind === 'file' ? metadata.content : metadata;
	if (check.property === 'format') return metadata.kind === 'file' ? metadata.format : 'format' in metadata ? metadata.format : null;
	return content === null ? null : propertyOf(check, content);
}

function propertyOf(check: Check, metadata: Metadata): Actual {
	if (check.property === 'columns') return metadata.kind === 'table' ? (metadata.columns?.length ?? null) : null;
	if (check.property === 'has-column')
		return metadata.kind === 'table' ? (metadata.columns?.find((column) => column.name === check.value)?.name ?? null) : null;
	const name =
		check.property === 'pixel-format'
			? 'pixelFormat'
			: check.property === 'decodes-to'
				? 'decodesTo'
				: check.property === 'contains-text'
					? 'text'
					: check.property;
	const found = Object.entries(metadata).find(([field]) => field === name)?.[1];
	return typeof found === 'string' || typeof found === 'number' || typeof found === 'boolean' ? found : null;
}
