/** How the value of each node of a recipe was made the last time, so that it can be said why it had to be made again. */
import { type Database, parsed } from './database.ts';

export class LineageStore<P> {
	readonly #database: Database;

	constructor(database: Database) {
		this.#database = database;
	}

	last(place: string): P | null {
		const row = this.#database.one('SELECT body FROM lineage WHERE place = ?', place);
		/* What stands there was written by `note`. */
		return row === null ? null : (parsed(row.body) as P);
	}

	note(entries: readonly { readonly place: string; readonly past: P }[]): void {
		if (entries.length === 0) return;
		this.#database.transaction(() => {
			for (const { place, past } of entries) this.#database.run('INSERT OR REPLACE INTO lineage (place, body) VALUES (?, ?)', place, JSON.stringify(past));
		});
	}
}
