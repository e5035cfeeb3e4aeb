/** The home folder: where everything of Millwright's lies, and who is serving it. */
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { isAlive } from './alive.ts';

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
		super(`Another Millwright${pid === 0 ? '' : ` (process ${pid})`} is serving ${folder}. Stop it, or set MILLWRIGHT_HOME to another folder.`);
		this.pid = pid;
	}
}

/**
 * Takes the home folder for one server. The lock is the operating system's, on a file of its own, so that it ends with its owner however that
 * ends; `server.pid` only says who it is.
 * @returns gives it back.
 * @throws HomeBusy with the owner's pid.
 */
export function lockHome(home: Home): () => void {
	const path = join(home.folder, 'server.pid');
	const lock = new DatabaseSync(join(home.folder, 'server.lock'));
	try {
		lock.exec('BEGIN EXCLUSIVE');
	} catch (error) {
		lock.close();
		if (!(error instanceof Error && 'errcode' in error && error.errcode === BUSY)) throw error;
		throw new HomeBusy(ownerOf(path), home.folder);
	}
	writeFileSync(path, String(process.pid), { mode: 0o600 });
	return () => {
		rmSync(path, { force: true });
		lock.close();
	};
}

/** What SQLite says of a file that another process has locked. */
const BUSY = 5;
/** Milliseconds to wait for a pid: an owner that has just got the lock has yet to write it. */
const PATIENCE = 1000;

/** Milliseconds for which it must stand: what an owner before left there may name a program that has its number now. */
const STANDS = 200;
const PAUSE = 20;

/** The pid of a process that is alive; 0 when nobody says it. */
function ownerOf(path: string): number {
	const pause = new Int32Array(new SharedArrayBuffer(4));
	let owner = 0;
	let stood = 0;
	for (let waited = 0; waited < PATIENCE && (owner === 0 || stood < STANDS); waited += PAUSE) {
		const pid = pidIn(path);
		stood = pid === owner ? stood + PAUSE : 0;
		owner = pid > 0 && isAlive(pid) ? pid : 0;
		Atomics.wait(pause, 0, 0, PAUSE);
	}
	return owner;
}

/** 0: there is none. */
function pidIn(path: string): number {
	try {
		const pid = Number(readFileSync(path, 'utf8'));
		return Number.isInteger(pid) ? pid : 0;
	} catch {
		return 0;
	}
}
