/** The ledger, opened: one that can't be read any more is put aside, and a new one begun. Only time is lost, and what could have been undone. */
import { existsSync, renameSync, rmSync, statSync } from 'node:fs';
import { Database } from './database.ts';

/** What SQLite says of a file that is damaged, or none of its own. */
const CORRUPT = 11;
const NOT_A_DATABASE = 26;

/** Looked through as a whole where its last writer was killed, and otherwise only as far as opening it goes. */
export function openLedger(path: string): Database {
	const killed = (statSync(`${path}-wal`, { throwIfNoEntry: false })?.size ?? 0) > 0;
	try {
		const database = new Database(path);
		if (!killed || isWhole(database)) return database;
		database.close();
	} catch (error) {
		if (!isDamage(error)) throw error;
	}
	putAside(path);
	return new Database(path);
}

function isWhole(database: Database): boolean {
	try {
		return database.one('PRAGMA quick_check(1)')?.quick_check === 'ok';
	} catch (error) {
		if (isDamage(error)) return false;
		throw error;
	}
}

function isDamage(error: unknown): boolean {
	const code = error instanceof Error && 'errcode' in error ? Number(error.errcode) & 0xff : 0;
	return code === CORRUPT || code === NOT_A_DATABASE;
}

function putAside(path: string): void {
	renameSync(path, `${path}.damaged`);
	for (const more of ['-wal', '-shm']) {
		rmSync(`${path}.damaged${more}`, { force: true });
		if (existsSync(path + more)) renameSync(path + more, `${path}.damaged${more}`);
	}
	console.error(`${path} was damaged. It is kept as ${path}.damaged, and a new one is begun: what was made before will be made again.`);
}
