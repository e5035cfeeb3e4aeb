/** Tests what the goal asked for against what came out. */
import type { Metadata } from '../../nodes/define.ts';
import type { Check } from '../../nodes/graph.ts';
import type { CheckResult, Output } from './engine.ts';
import type { Workers } from './workers.ts';

type Actual = string | number | boolean | null;

/** One result a check: of several outputs of a node, the first that fails, or else the first. */
export async function testChecks(checks: readonly Check[], outputs: readonly Output[], workers: Pick<Workers, 'inspect'>): Promise<CheckResult[]> {
	return Promise.all(
		checks.map(async (check) => {
			const own = outputs.filter((output) => output.node === check.node);
			if (check.property === 'count') return judge(check, own.length);
			const results: CheckResult[] = [];
			for (const output of own) {
				const result = judge(check, actualOf(check, output) ?? (await inspected(check, output, workers)));
				if (!result.ok) return result;
				results.push(result);
			}
			return results[0] ?? { check, ok: false, actual: null };
		}),
	);
}

/** What the metadata does not hold, a worker looks up in the file. */
async function inspected({ property }: Check, { artifact }: Output, workers: Pick<Workers, 'inspect'>): Promise<Actual> {
	const format = artifact.metadata.kind === 'file' ? artifact.metadata.format : null;
	if (format === null) return null;
	const { properties } = await workers.inspect({ type: 'inspect', path: artifact.path, format, properties: [property] });
	return properties[property] ?? null;
}

function judge(check: Check, actual: Actual): CheckResult {
	return { check, actual, ok: actual !== null && holds(check, actual) };
}

function holds({ property, compare, value, tolerance = 0 }: Check, actual: Exclude<Actual, null>): boolean {
	if (typeof value === 'number' && typeof actual === 'number') {
		if (compare === '<=') return actual <= value + tolerance;
		if (compare === '>=') return actual >= value - tolerance;
		return Math.abs(actual - value) <= tolerance + Number.EPSILON * Math.abs(value);
	}
	if (property === 'contains-text') return String(actual).toLowerCase().includes(String(value).toLowerCase());
	return property === 'decodes-to' ? actual === value : String(actual).toLowerCase() === String(value).toLowerCase();
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
	const found = Object.entries(metadata).find(([field]) => field === check.property)?.[1];
	return typeof found === 'string' || typeof found === 'number' || typeof found === 'boolean' ? found : null;
}
