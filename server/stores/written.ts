/** What batches wrote, so that a batch can be undone. An entry is noted before its file appears: after a crash no file is without one. */

import { isAlive } from './alive.ts';
import type { Database } from './database.ts';

/** Bytes in the store. */
export interface Kept {
	readonly content: string;
	readonly bytes: number;
}

export interface Written extends Kept {
	/** Absolute. */
	readonly path: string;
	/** What was there before. */
	readonly replaced: Kept | null;
}

export interface Writing {
	readonly id: string;
	readonly name: string;
	/** Absolute folder of the results. */
	readonly out: string;
	/** The same for batches of the same recipe over the same input into the same folder. */
	readonly likeness: string;
	readonly started: string;
	readonly state: 'running' | 'ended' | 'undone';
}

const KEPT_DAYS = 30;
const COLUMNS = 'id, name, out, likeness, started, pid, state';

export class WrittenLedger {
	readonly #database: Database;

	constructor(database: Database) {
		this.#database = database;
	}

	/** A batch begins, or goes on under its old id. */
	begin({ id, name, out, likeness }: Pick<Writing, 'id' | 'name' | 'out' | 'likeness'>): void {
		this.#database.run(
			`INSERT INTO writings (${COLUMNS}) VALUES (?, ?, ?, ?, ?, ?, 'running') ON CONFLICT (id) DO UPDATE SET started = excluded.started, pid = excluded.pid, state = 'running'`,
			id,
			name,
			out,
			likeness,
			new Date().toISOString(),
			process.pid,
		);
	}

	/** One that wrote nothing is forgotten. */
	end(id: string, state: 'ended' | 'undone'): void {
		if (state === 'ended' && this.#database.one('SELECT 1 FROM written WHERE batch = ? LIMIT 1', id) === null) {
			this.#database.run('DELETE FROM writings WHERE id = ?', id);
			this.#database.run('DELETE FROM made_folders WHERE batch = ?', id);
		} else this.#database.run('UPDATE writings SET state = ? WHERE id = ?', state, id);
	}

	/** By its id, or by how it begins where only one does. */
	find(id: string): Writing | null {
		const rows = this.#database.all(`SELECT ${COLUMNS} FROM writings WHERE substr(id, 1, ?) = ? LIMIT 2`, id.length, id);
		const exact = rows.find((row) => row.id === id) ?? (rows.length === 1 ? rows[0] : undefined);
		return exact === undefined ? null : writingOf(exact);
	}

	/** The one that ran last and isn't undone; of a likeness, where one is given. */
	last(likeness?: string): Writing | null {
		const like = likeness === undefined ? '' : 'AND likeness = ?';
		const values = likeness === undefined ? [] : [likeness];
		const row = this.#database.one(`SELECT ${COLUMNS} FROM writings WHERE state <> 'undone' ${like} ORDER BY started DESC, rowid DESC LIMIT 1`, ...values);
		return row === null ? null : writingOf(row);
	}

	/** Those that were running when their process died. */
	interrupted(): Writing[] {
		return this.#database
			.all(`SELECT ${COLUMNS} FROM writings WHERE state = 'running'`)
			.map(writingOf)
			.filter(({ state }) => state !== 'running');
	}

	note(id: string, written: readonly Written[]): void {
		this.#database.transaction(() => {
			for (const { path, content, bytes, replaced } of written)
				this.#database.run(
					`INSERT INTO written (batch, path, content, bytes, replaced, replaced_bytes) VALUES (?, ?, ?, ?, ?, ?)
					ON CONFLICT (batch, path) DO UPDATE SET content = excluded.content, bytes = excluded.bytes`,
					id,
					path,
					content,
					bytes,
					replaced?.content ?? null,
					replaced?.bytes ?? null,
				);
		});
	}

	/** It isn't there, or no more. */
	forget(id: string, path: string): void {
		this.#database.run('DELETE FROM written WHERE batch = ? AND path = ?', id, path);
	}

	list(id: string): Written[] {
		return this.#database.all('SELECT path, content, bytes, replaced, replaced_bytes FROM written WHERE batch = ? ORDER BY path', id).map((row) => ({
			path: String(row.path),
			content: String(row.content),
			bytes: Number(row.bytes),
			replaced: row.replaced === null ? null : { content: String(row.replaced), bytes: Number(row.replaced_bytes) },
		}));
	}

	noteFolders(id: string, folders: readonly string[]): void {
		for (const path of folders) this.#database.run('INSERT OR IGNORE INTO made_folders (batch, path) VALUES (?, ?)', id, path);
	}

	/** Folders that it made, deepest first. */
	folders(id: string): string[] {
		return this.#database.all('SELECT path FROM made_folders WHERE batch = ? ORDER BY length(path) DESC', id).map((row) => String(row.path));
	}

	/** Contents that a batch replaced and would bring back. Garbage collection leaves those of the last 30 days. */
	contents(now: Date = new Date()): Set<string> {
		const since = new Date(now.getTime() - KEPT_DAYS * 86_400_000).toISOString();
		const rows = this.#database.all(
			'SELECT DISTINCT replaced FROM written JOIN writings ON writings.id = written.batch WHERE replaced IS NOT NULL AND started >= ?',
			since,
		);
		return new Set(rows.map((row) => String(row.replaced)));
	}
}

/* What stands there was written by `begin` and `end`. */
function writingOf(row: Readonly<Record<string, unknown>>): Writing {
	const state = row.state === 'running' && isAlive(Number(row.pid)) ? 'running' : row.state === 'undone' ? 'undone' : 'ended';
	return { id: String(row.id), name: String(row.name), out: String(row.out), likeness: String(row.likeness), started: String(row.started), state };
}
