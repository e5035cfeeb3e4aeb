/** Files that were looked at, remembered by device, inode, size and times of change (also the one that nobody can set back), so that a file is hashed once. */
import type { BigIntStats } from 'node:fs';
import { type Database, parsed } from './database.ts';

/** A file changed this shortly before it was looked at may change again within the clock's grain and look the same. */
const GRAIN_NS = 2_000_000_000n;

export class LookStore<L> {
	readonly #database: Database;

	constructor(database: Database) {
		this.#database = database;
	}

	get(file: BigIntStats): L | null {
		const row = this.#database.one('SELECT body FROM looks WHERE file = ?', identity(file));
		/* What stands there was written by `put`. */
		return row === null ? null : (parsed(row.body) as L);
	}

	put(file: BigIntStats, look: L): void {
		if (BigInt(Date.now()) * 1_000_000n - file.mtimeNs < GRAIN_NS) return;
		this.#database.run('INSERT OR REPLACE INTO looks (file, body) VALUES (?, ?)', identity(file), JSON.stringify(look));
	}
}

function identity(file: BigIntStats): string {
	return `${file.dev}:${file.ino}:${file.size}:${file.mtimeNs}:${file.ctimeNs}`;
}
