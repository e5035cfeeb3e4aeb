/** The home folder: where everything of Millwright's lies, and who is serving it. */
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';

export interface Home {
	readonly folder: string;
	readonly recipes: string;
	readonly artifacts: string;
	readonly temporary: string;
	readonly inputs: string;
	readonly database: string;
}

/** `MILLWRIGHT_HOME`, or the platform's place for such things. */
export function homeFolder(environment: NodeJS.ProcessEnv = process.env): string {
	if (environment.MILLWRIGHT_HOME) return environment.MILLWRIGHT_HOME;
	if (process.platform === 'win32') return join(environment.LOCALAPPDATA ?? join(homedir(), 'AppData', 'Local'), 'Millwright');
	if (process.platform === 'darwin') return join(homedir(), 'Library', 'Application Support', 'Millwright');
	return join(environment.XDG_DATA_HOME ?? join(homedir(), '.local', 'share'), 'millwright');
}

/** What lies where in a home folder. */
export function homeOf(folder: string): Home {
	return {
		folder,
		recipes: join(folder, 'recipes'),
		artifacts: join(folder, 'artifacts'),
		temporary: join(folder, 'temporary'),
		inputs: join(folder, 'inputs'),
		database: join(folder, 'ledger.db'),
	};
}

/** Makes the home folder where it is missing; readable by its owner only. */
export function openHome(folder: string): Home {
	const home = homeOf(folder);
	for (const path of [folder, home.recipes, home.artifacts, home.temporary, home.inputs]) mkdirSync(path, { recursive: true, mode: 0o700 });
	return home;
}

/** Somebody else serves this home folder. */
export class HomeBusy extends Error {
	override readonly name = 'HomeBusy';
	readonly pid: number;
	constructor(pid: number, folder: string) {
		super(`Another Millwright (process ${pid}) is serving ${folder}. Stop it, or set MILLWRIGHT_HOME to another folder.`);
		this.pid = pid;
	}
}

/**
 * Takes the home folder for one server; a lock whose owner is gone is taken over.
 * @returns gives it back.
 * @throws HomeBusy with the owner's pid.
 */
export function lockHome(home: Home): () => void {
	const path = join(home.folder, 'server.pid');
	for (let attempt = 0; attempt < 3; attempt++) {
		try {
			writeFileSync(path, String(process.pid), { flag: 'wx', mode: 0o600 });
			return () => rmSync(path, { force: true });
		} catch (error) {
			if (!(error instanceof Error && 'code' in error && error.code === 'EEXIST')) throw error;
			const owner = ownerOf(path);
			if (owner !== null && owner !== process.pid) throw new HomeBusy(owner, home.folder);
			rmSync(path, { force: true });
		}
	}
	throw new Error(`can't take the lock ${path}`);
}

/** The pid in the lock, if that process is alive and a Node process. */
function ownerOf(path: string): number | null {
	const pid = Number(readFileSync(path, 'utf8'));
	if (!Number.isInteger(pid) || pid <= 0) return null;
	try {
		process.kill(pid, 0);
	} catch (error) {
		return error instanceof Error && 'code' in error && error.code === 'EPERM' ? pid : null;
	}
	/* A pid may have been given to another program since; on Linux that can be seen. */
	try {
		return process.platform === 'linux' &&
			!readFileSync(`/proc/${pid}/cmdline`, 'utf8').includes('node') &&
			!readFileSync(`/proc/${pid}/cmdline`, 'utf8').includes('millwright')
			? null
			: pid;
	} catch {
		return pid;
	}
}
