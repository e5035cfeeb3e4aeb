/**
 * What every script does around its groups: reads its arguments, opens the inputs, sees whether they are like those that it was written
 * for, and puts the results into their folder. The text of this folder goes into the scripts.
 */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { argumentsOf } from './arguments.ts';
import { limitThreads } from './groups.ts';
import { converted } from './inputs.ts';
import type { ScriptPlan } from './plan.ts';
import { save } from './results.ts';

/** The whole script. The result is its exit status. */
export async function main(plan: ScriptPlan): Promise<number> {
	const asked = argumentsOf(plan);
	if (typeof asked === 'number') return asked;
	limitThreads(asked.threads);
	const missing = plan.programs.filter((program) => spawnSync(program, ['-version'], { stdio: 'ignore' }).error !== undefined);
	for (const program of missing) console.error(`This script needs the program ${program}. Install it, and see that it is on the PATH.`);
	if (missing.length > 0) return 1;
	let failed = 0;
	const written = new Set<string>();
	for (const [index, item] of asked.items.entries()) {
		const folder = mkdtempSync(join(tmpdir(), 'convert-'));
		try {
			const results = await converted(plan, item.files, folder);
			for (const path of save(
				results,
				{ ...asked, item: item.name, number: index + 1, inputs: Object.values(item.files).flatMap((files) => files.map(({ path }) => path)) },
				written,
			))
				console.log(path);
		} catch (error) {
			failed++;
			console.error(`${item.name}: ${error instanceof Error ? error.message : String(error)}`);
		} finally {
			rmSync(folder, { recursive: true, force: true });
		}
	}
	return failed > 0 ? 1 : 0;
}
