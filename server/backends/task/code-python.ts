import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { KINDS } from '../../../nodes/define.ts';
import { RunError } from '../../../nodes/problems.ts';
import type { MadeValue, TaskContext, TaskResult } from '../../engine/group.ts';
import { collect } from '../code/collect.ts';
import { failureOf, PYTHON } from '../code/failure.ts';
import { stage } from '../code/stage.ts';
import { LIMITS } from '../sandbox/arguments.ts';
import { probeSandbox } from '../sandbox/probe.ts';
import { runBoxed } from '../sandbox/sandbox.ts';

const paramsSchema = z.object({
	script: z.string(),
	outputs: z.array(z.object({ name: z.string(), kind: z.enum(KINDS) })),
	seconds: z.number(),
});

/** Runs the script in the sandbox, and nowhere else. */
export default async function run(context: TaskContext): Promise<TaskResult> {
	const { script, outputs, seconds } = paramsSchema.parse(context.params);
	const sandbox = await probeSandbox();
	if (!sandbox.works) throw new RunError('run.unavailable', { reason: sandbox.reason ?? '' });
	const staged = await stage(context, script, outputs);
	const limits = { ...LIMITS, seconds, threads: Math.max(1, context.threads) };
	const command = [PYTHON, '-s', '-B', '-X', 'utf8', '/in/prelude.py'];
	const ended = await runBoxed({ command, readable: staged.readable, writable: staged.outputs, limits }, context.signal);
	const failure = failureOf(ended, limits);
	if (failure !== null) throw failure;
	const made: Record<string, MadeValue> = {};
	for (const output of staged.outputs) made[output.name] = await collect(output, context);
	await rm(join(context.folder, 'stage'), { recursive: true });
	return made;
}
