/** Runs and batches, as they are and as they were. What was running when its process died is `interrupted`. */

import { isAlive } from './alive.ts';
import { type Database, parsed } from './database.ts';

export interface Entry<B> {
	readonly id: string;
	readonly name: string;
	readonly state: string;
	readonly started: string;
	readonly body: B;
}

export class Ledger<B> {
	readonly #database: Database;
	readonly #table: 'runs' | 'batches';

	constructor(database: Database, table: 'runs' | 'batches') {
		this.#database = database;
		this.#table = table;
	}

	/** Writes the whole entry; an older one with the same id is replaced. */
	put(entry: Entry<B>): void {
		this.#database.run(
			`INSERT OR REPLACE INTO ${this.#table} (id, name, state, started, pid, body) VALUES (?, ?, ?, ?, ?, ?)`,
			entry.id,
			entry.name,
			entry.state,
			entry.started,
			process.pid,
			JSON.stringify(entry.body),
		);
	}

	get(id: string): Entry<B> | null {
		const row = this.#database.one(`SELECT * FROM ${this.#table} WHERE id = ?`, id);
		return row === null ? null : this.#entry(row);
	}

	/** Newest first. */
	list(count: number): Entry<B>[] {
		return this.#database.all(`SELECT * FROM ${this.#table} ORDER BY started DESC LIMIT ?`, count).map((row) => this.#entry(row));
	}

	/* What stands there was written by `put`. */
	#entry(row: Readonly<Record<string, unknown>>): Entry<B> {
		const gone = row.state === 'running' && !isAlive(Number(row.pid));
		return {
			id: String(row.id),
			name: String(row.name),
			state: gone ? 'interrupted' : String(row.state),
			started: String(row.started),
			body: parsed(row.body) as B,
		};
	}
}

/** Items of batches; a status and its outputs change in one transaction. */
export class ItemLedger<B> {
	readonly #database: Database;

	constructor(database: Database) {
		this.#database = database;
	}

	put(batch: string, items: readonly { readonly item: string; readonly state: string; readonly body: B }[]): void {
		this.#database.transaction(() => {
			for (const { item, state, body } of items)
				this.#database.run('INSERT OR REPLACE INTO items (batch, item, state, body) VALUES (?, ?, ?, ?)', batch, item, state, JSON.stringify(body));
		});
	}

	/** Forgets all items of a batch. */
	drop(batch: string): void {
		this.#database.run('DELETE FROM items WHERE batch = ?', batch);
	}

	list(batch: string): { readonly item: string; readonly state: string; readonly body: B }[] {
		return this.#database
			.all('SELECT item, state, body FROM items WHERE batch = ?', batch)
			.map((row) => ({ item: String(row.item), state: String(row.state), body: parsed(row.body) as B }));
	}
}
