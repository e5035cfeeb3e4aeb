/** Workers that are started while the rest of the command line still loads, and that load themselves what they will need. */
import { availableParallelism } from 'node:os';
import { homeFolder, homeOf } from './stores/home.ts';
import type { ToWorker } from './workers/messages.ts';
import { keepAlive, type StartOptions, startWorker, type Worker } from './workers/process.ts';

let ahead: { readonly artifacts: string; readonly workers: Worker[] } = { artifacts: '', workers: [] };

/** What looks at files and what runs groups of these media is small; tasks bring whole libraries and get a worker of their own. */
const MEDIA = /^(?:io|image|video|audio|table)\./;

/** Starts workers for the home folder that the environment names. `specs`: ids of what they will probably run. */
export function startAhead(specs: readonly string[]): void {
	const { artifacts, temporary } = homeOf(homeFolder());
	const tasks = specs.filter((spec) => !MEDIA.test(spec));
	const loads = [specs.filter((spec) => MEDIA.test(spec)), ...(tasks.length > 0 && availableParallelism() > 1 ? [tasks] : [])];
	const workers = loads.map((load) => {
		const worker = startWorker({ artifacts, temporary, threads: availableParallelism() + 2 });
		worker.process.on('error', () => {});
		const message: ToWorker = { type: 'warm', specs: load };
		worker.process.send(message, () => {});
		for (const spec of load) worker.loaded.add(spec);
		keepAlive(worker, false);
		return worker;
	});
	ahead = { artifacts, workers };
}

/** The workers that were started ahead, once. */
export function takeAhead({ artifacts }: Pick<StartOptions, 'artifacts'>): readonly Worker[] {
	if (ahead.artifacts !== artifacts) return [];
	const taken = ahead.workers.splice(0).filter(({ process }) => process.exitCode === null && process.pid !== undefined);
	for (const worker of taken) worker.process.removeAllListeners('error');
	return taken;
}
