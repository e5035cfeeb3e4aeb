import { inspect } from '../doctor/doctor.ts';
import type { Arguments } from './arguments.ts';
import { EXIT } from './report.ts';

/** `millwright doctor [--json]` */
export async function doctorCommand(args: Arguments): Promise<number> {
	const found = await inspect();
	if (args.values.json) {
		process.stdout.write(`${JSON.stringify(found)}\n`);
		return EXIT.done;
	}
	for (const tool of found.tools) console.log(`${tool.found ? '✓' : '✗'} ${tool.name.padEnd(16)} ${tool.version ?? ''}`);
	console.log(
		`${found.sandbox.works ? '✓' : '✗'} ${'sandbox'.padEnd(16)} ${found.sandbox.kind}${found.sandbox.reason === undefined ? '' : `: ${found.sandbox.reason}`}`,
	);
	for (const { spec, reason } of found.unavailable) console.log(`  off: ${spec}: ${reason[args.language]}`);
	return EXIT.done;
}
