/** Large files are known by their beginning. Where a run finds that the rest is of another kind, they are read to their end and it runs once more. */
import type { Bindings, RunRequest, RunResult, Source } from './engine.ts';

/** Looks at a source again; null when its file is another one by now. `thorough`: to its end. */
export type LookAgain = (source: Source, thorough: boolean) => Promise<Source | null>;

/** Runs; and once more, with what thorough looks said, where a look at the beginning of a file had misled. */
export async function runReread(request: RunRequest, run: (request: RunRequest) => Promise<RunResult>, lookAgain: LookAgain): Promise<RunResult> {
	const before = { ...request, bindings: await again(request.bindings, (source) => lookAgain(source, false)) };
	const result = await run(before);
	if (result.state !== 'failed' || !result.problems.some((problem) => problem.misread === true)) return result;
	return run({ ...before, bindings: await again(before.bindings, (source) => lookAgain(source, true)) });
}

async function again(bindings: Bindings, look: (source: Source) => Promise<Source | null>): Promise<Bindings> {
	if (!Object.values(bindings).flat().some(isProvisional)) return bindings;
	const entries = Object.entries(bindings).map(async ([node, sources]) => {
		const looked = sources.map(async (source) => (isProvisional(source) ? ((await look(source).catch(() => null)) ?? source) : source));
		return [node, await Promise.all(looked)] as const;
	});
	return Object.fromEntries(await Promise.all(entries));
}

/** Its rows were not counted: it was not read to its end. */
function isProvisional({ readings }: Source): boolean {
	return readings.some((reading) => reading.kind === 'table' && reading.rows === null);
}
