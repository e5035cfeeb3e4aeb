/** Puts the engine together: stores, workers, backends. What a process of ours needs, it gets from here. */
import { createHash } from 'node:crypto';
import { readdirSync, rmSync } from 'node:fs';
import { readdir, stat } from 'node:fs/promises';
import { basename, join, resolve } from 'node:path';
import { checkGraph } from '../nodes/check.ts';
import { RunError } from '../nodes/problems.ts';
import { takeAhead } from './ahead.ts';
import { imagePlanner } from './backends/image/plan.ts';
import { tablePlanner } from './backends/table/plan.ts';
import { taskPlanner } from './backends/task/plan.ts';
import { videoPlanner } from './backends/video/plan.ts';
import { type EjectRequest, eject } from './eject/eject.ts';
import type { Engine, Source } from './engine/engine.ts';
import { explain } from './engine/explain.ts';
import { type Optimising, withRules } from './engine/optimise.ts';
import { runReread } from './engine/reread.ts';
import { run, seenOfBindings } from './engine/run.ts';
import { standIns } from './engine/stand-ins.ts';
import type { Past, Stored } from './engine/stores.ts';
import type { LookReply, Workers } from './engine/workers.ts';
import { isAlive } from './stores/alive.ts';
import { ArtifactFolder } from './stores/artifacts.ts';
import type { Database } from './stores/database.ts';
import { type Home, openHome } from './stores/home.ts';
import { LineageStore } from './stores/lineage.ts';
import { LookStore } from './stores/looks.ts';
import { ResultIndex } from './stores/results.ts';
import { readSettings } from './stores/settings.ts';
import { Uses, usualQuota } from './stores/uses.ts';
import { openLedger } from './stores/whole.ts';
import { WrittenLedger } from './stores/written.ts';
import { Pool } from './workers/pool.ts';

const PLANNERS = { image: imagePlanner, video: videoPlanner, table: tablePlanner, task: taskPlanner };

/** Every rule of the optimiser, by name. */
export const RULES: readonly string[] = Object.values(PLANNERS).flatMap((planner) => planner.rules.map((rule) => rule.name));

export interface Opened {
	readonly engine: Engine;
	readonly home: Home;
	readonly database: Database;
	readonly artifacts: ArtifactFolder;
	readonly results: ResultIndex<Stored>;
	readonly uses: Uses;
	readonly workers: Workers;
	/** The recipe as a script; see `server/eject/`. */
	readonly eject: (request: EjectRequest) => Promise<string>;
}

export interface OpenOptions {
	readonly cores?: number;
	/** Bytes of memory for one worker. */
	readonly memory?: number;
	/** Bytes of memory for all work together, as it is estimated; seven tenths of the machine's unless told. */
	readonly budget?: number;
	/** Bytes that the store may take; the settings say it unless told. */
	readonly quota?: number;
	/** Which rules of the optimiser apply; all of them unless told. `MILLWRIGHT_OPTIMISE=off` turns all of them off. */
	readonly optimise?: Optimising;
}

/** Opens a home folder. Workers start when there is something to do. */
export function open(folder: string, options: OpenOptions = {}): Opened {
	const home = openHome(resolve(folder));
	removeLeftovers(home.temporary);
	const database = openLedger(home.database);
	const artifacts = new ArtifactFolder(home.artifacts, home.temporary);
	const uses = new Uses(database, artifacts, {
		quota: () => options.quota ?? readSettings(home.folder).store ?? usualQuota(home.artifacts),
		kept: () => new WrittenLedger(database).contents(),
		temporary: home.temporary,
	});
	const results = new ResultIndex<Stored>(database, artifacts, uses);
	const workers = new Pool({ artifacts: home.artifacts, temporary: home.temporary, ahead: takeAhead(home), ...options });
	const looks = new LookStore<LookReply>(database);
	const planners = withRules(PLANNERS, process.env.MILLWRIGHT_OPTIMISE === 'off' ? false : (options.optimise ?? true));
	const parts = { planners, workers, results, artifacts, lineage: new LineageStore<Past>(database) };
	const engine: Engine = {
		look: (path, name = basename(path)) => look(resolve(path), name, workers, looks),
		run: (request) =>
			uses.during(() =>
				runReread(
					request,
					(one) => run(one, parts),
					(source, thorough) => lookAgain(source, thorough, workers, looks),
				),
			),
		during: (work) => uses.during(work),
		explain: async (recipe, bindings) => explain(recipe, bindings, parts),
		describe: (recipe, bindings) => {
			const { seen, problems } = checkGraph(recipe.graph, seenOfBindings(recipe, bindings));
			return { seen, problems };
		},
		rows: ({ path, metadata }, count, as) =>
			workers.rows({ type: 'rows', path, format: formatOf(metadata), count, ...(as === 'texts' ? { texts: true } : {}) }),
		close: async () => {
			await workers.close();
			uses.close();
			/* Workers of a process that was killed may have been dying when this one began. */
			removeLeftovers(home.temporary);
			database.close();
		},
	};
	const ejected = (request: EjectRequest) => eject(request, { planners, workers, standIns: standIns(request.recipe) });
	return { engine, home, database, artifacts, results, uses, workers, eject: ejected };
}

function formatOf(metadata: { readonly kind: string; readonly format?: string | null }): string {
	return metadata.format ?? 'parquet';
}

async function look(path: string, name: string, workers: Workers, looks: LookStore<LookReply>, thorough = false): Promise<Source> {
	const file = await stat(path, { bigint: true }).catch(() => null);
	if (file?.isDirectory() === true && !(await mayBeOpened(path)))
		throw new RunError('run.disk', { reason: `the folder ${path} may not be opened` }, { resource: true });
	if (file === null || !file.isFile()) throw new RunError('input.not-found', { path });
	const known = thorough ? null : looks.get(file);
	const reply = known ?? (await workers.look({ type: 'look', path, name, thorough }));
	if (known === null) looks.put(file, reply);
	return { path, name, content: reply.content, bytes: reply.bytes, format: reply.format, readings: reply.readings };
}

/* A batch takes a folder that it couldn't go through for an item, so that it is named. */
async function mayBeOpened(folder: string): Promise<boolean> {
	return readdir(folder).then(
		() => true,
		() => false,
	);
}

/** What is known of a file by now; `thorough` reads it to its end. Null: it was changed. */
async function lookAgain({ path, name, content }: Source, thorough: boolean, workers: Workers, looks: LookStore<LookReply>): Promise<Source | null> {
	const now = await look(path, name, workers, looks, thorough);
	return now.content === content ? now : null;
}

/** Folders of processes that are no more. */
function removeLeftovers(folder: string): void {
	for (const name of readdirSync(folder)) {
		const pid = Number.parseInt(name, 10);
		if (!isAlive(pid)) rmSync(join(folder, name), { recursive: true, force: true });
	}
}

/** A short, stable id for a path. */
export function pathId(path: string): string {
	return createHash('sha256').update(path).digest('hex').slice(0, 16);
}
