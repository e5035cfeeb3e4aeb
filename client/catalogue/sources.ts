/** Source nodes, found by what they are: the catalogue says which parameters make one give a certain kind. */
import { SPECS, specOf } from '../../nodes/catalogue.ts';
import { fieldsOf, type Kind, type Metadata, type Params, portsOf, type Seen, type Spec } from '../../nodes/define.ts';
import type { GraphNode } from '../../nodes/graph.ts';
import { listOf } from '../../nodes/inference.ts';
import { parseParams } from '../../nodes/params.ts';
import type { Input } from '../../server/http/api.ts';

export interface SourceChoice {
	readonly spec: Spec;
	readonly params: Params;
}

/** The source (spec and parameters) that gives one value of this kind. */
export function sourceFor(kind: Kind): SourceChoice | null {
	for (const spec of SPECS.filter((one) => one.medium === 'source' && one.hidden !== true)) {
		const choices = fieldsOf(spec.params).flatMap((field) => (field.choices ?? []).map((choice): Params => ({ [field.name]: choice.value })));
		for (const params of [{}, ...choices]) if (kindOf(spec, params) === kind) return { spec, params };
	}
	return null;
}

function kindOf(spec: Spec, params: Params): Kind | null {
	try {
		const port = Object.values(portsOf(spec, parseParams(spec, params)).outputs)[0];
		return port === undefined || port.many === true ? null : port.kind;
	} catch {
		return null;
	}
}

export function isSource(node: GraphNode | undefined): boolean {
	return node !== undefined && specOf(node.spec)?.medium === 'source';
}

/** Kind and cardinality of what a source node gives. */
export function sourcePort(node: GraphNode): { readonly kind: Kind; readonly many: boolean } | null {
	const spec = specOf(node.spec);
	if (spec === undefined || spec.medium !== 'source') return null;
	try {
		const port = Object.values(portsOf(spec, parseParams(spec, node.params, node.version)).outputs)[0];
		return port === undefined ? null : { kind: port.kind, many: port.many === true };
	} catch {
		return null;
	}
}

/** What is known of a file, read as a kind; null when it can't be read so. */
export function readingOf(input: Input, kind: Kind): Metadata | null {
	const reading = input.readings.find((one) => one.kind === kind);
	if (reading !== undefined) return reading;
	if (kind !== 'file') return null;
	const content = input.readings.find((one) => one.kind !== 'file') ?? null;
	return { kind: 'file', format: input.format, bytes: input.bytes, content };
}

/** What is known of a source node's value with these files given. */
export function seenOfSource(node: GraphNode, inputs: readonly Input[]): Seen | null {
	const port = sourcePort(node);
	if (port === null || inputs.length === 0) return null;
	const readings = inputs.map((input) => readingOf(input, port.kind)).filter((one) => one !== null);
	const first = readings[0];
	if (first === undefined) return null;
	return port.many ? { many: true, ...listOf(readings, port.kind) } : { many: false, metadata: first };
}
