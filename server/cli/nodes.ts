import { SPECS } from '../../nodes/catalogue.ts';
import { fieldsOf, type Port, type Spec } from '../../nodes/define.ts';
import type { Arguments } from './arguments.ts';
import { EXIT } from './report.ts';

/** `millwright nodes [--json]` */
export async function nodesCommand(args: Arguments): Promise<number> {
	const visible = SPECS.filter((spec) => spec.hidden !== true);
	if (args.values.json) process.stdout.write(`${JSON.stringify({ nodes: visible.map(asJson) })}\n`);
	else for (const spec of visible) console.log(`${spec.id.padEnd(24)}${spec.summary[args.language]}`);
	return EXIT.done;
}

function asJson(spec: Spec): object {
	const port = ([name, { kind, many, optional, title }]: [string, Port]) => ({ name, kind, many: many === true, optional: optional === true, title });
	return {
		id: spec.id,
		version: spec.version,
		medium: spec.medium,
		title: spec.title,
		summary: spec.summary,
		inputs: Object.entries(spec.inputs).map(port),
		outputs: Object.entries(spec.outputs).map(port),
		params: fieldsOf(spec.params),
		effects: spec.effects ?? 'pure',
	};
}
