/** Which ports go together, from the specs alone. */
import { type Kind, type Metadata, type Port, type Ports, portsOf, type Seen, type Spec, unknownOf, wideningTo } from '../../nodes/define.ts';
import { elementOf } from '../../nodes/inference.ts';
import { parseParams } from '../../nodes/params.ts';

/** Whether a value of this kind (with what is known of it) may enter the port. */
export function accepts(port: Port, kind: Kind, seen: Seen | undefined): boolean {
	if (port.kind === 'file' || port.kind === kind) return true;
	const metadata: Metadata = seen === undefined ? unknownOf(kind) : elementOf(seen);
	return wideningTo(metadata, port.kind) !== undefined;
}

/** Name of the input that fits best: of the very kind, unconnected first. */
export function inputFor(inputs: Ports, kind: Kind, seen: Seen | undefined, taken: ReadonlySet<string> = new Set()): string | null {
	const names = Object.keys(inputs).filter((name) => {
		const port = inputs[name];
		return port !== undefined && accepts(port, kind, seen);
	});
	const free = names.filter((name) => !taken.has(name) || inputs[name]?.many === true);
	const exact = (name: string) => inputs[name]?.kind === kind;
	return free.find(exact) ?? free[0] ?? names.find(exact) ?? names[0] ?? null;
}

/** Name of the output that can feed the port. */
export function outputFor(outputs: Ports, port: Port): string | null {
	const names = Object.keys(outputs);
	return names.find((name) => outputs[name]?.kind === port.kind) ?? names.find((name) => accepts(port, outputs[name]?.kind ?? 'file', undefined)) ?? null;
}

/** Ports of a fresh node. */
export function freshPorts(spec: Spec): { readonly inputs: Ports; readonly outputs: Ports } {
	try {
		return portsOf(spec, parseParams(spec, {}));
	} catch {
		return { inputs: spec.inputs, outputs: spec.outputs };
	}
}

/** Specs that turn a value of one kind into another: one input, cheapest first. */
export function conversions(
	specs: readonly Spec[],
	from: Kind,
	seen: Seen | undefined,
	to: Kind,
): readonly { readonly spec: Spec; readonly input: string; readonly output: string }[] {
	return specs
		.filter((spec) => spec.hidden !== true && spec.medium !== 'source')
		.flatMap((spec) => {
			const { inputs, outputs } = freshPorts(spec);
			const needed = Object.values(inputs).filter((port) => port.optional !== true);
			const input = inputFor(inputs, from, seen);
			const output = Object.keys(outputs).find((name) => outputs[name]?.kind === to);
			if (input === null || output === undefined || needed.length !== 1 || inputs[input]?.kind === 'file') return [];
			return [{ spec, input, output }];
		})
		.sort((a, b) => (a.spec.conversion ?? 50) - (b.spec.conversion ?? 50));
}
