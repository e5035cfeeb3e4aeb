/** Workers that are started while the rest of the command line still loads, and that load themselves what they will need. */
import { type BigIntStats, existsSync, readdirSync, statSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { Database } from './stores/database.ts';
import { homeFolder, homeOf } from './stores/home.ts';
import { LookStore } from './stores/looks.ts';
import type { ToWorker } from './workers/messages.ts';
import { keepAlive, type StartOptions, startWorker, type Worker } from './workers/process.ts';

let ahead: { readonly artifacts: string; readonly workers: Worker[] } = { artifacts: '', workers: [] };

/** What looks at files and what runs groups of these media is small; tasks bring whole libraries and get a worker of their own. */
const MEDIA = /^(?:io|image|video|audio|table)\./;

/** Starts workers for the home folder that the environment names. `specs`: ids of what they will probably run; `input`: what they will work on. */
export function startAhead(specs: readonly string[], input: string | undefined): void {
	const { artifacts, temporary, database } = homeOf(homeFolder());
	/* What was worked on before is probably done. */
	if (input !== undefined && wasLookedAt(database, input)) return;
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

/** Whether the file, or the first one of the folder, was looked at before. */
function wasLookedAt(path: string, input: string): boolean {
	const file = firstFile(input);
	if (file === undefined || !existsSync(path)) return false;
	try {
		const database = new Database(path);
		const look = new LookStore(database).get(file);
		database.close();
		return look !== null;
	} catch {
		/* Whoever needs the database says what is wrong with it. */
		return false;
	}
}

function firstFile(path: string): BigIntStats | undefined {
	const found = statSync(path, { bigint: true, throwIfNoEntry: false });
	if (found?.isDirectory() !== true) return found;
	const first = readdirSync(path, { withFileTypes: true }).find((entry) => entry.isFile());
	return first === undefined ? undefined : statSync(join(path, first.name), { bigint: true });
}
