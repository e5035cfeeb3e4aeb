/** The ledger's SQLite file: results by derivation, files that were looked at, runs, batches. WAL, so that readers and a kill -9 do no harm. */
import { DatabaseSync, type SQLInputValue, type StatementSync } from 'node:sqlite';

const SCHEMA = `
CREATE TABLE IF NOT EXISTS results (key TEXT PRIMARY KEY, body TEXT NOT NULL, made INTEGER NOT NULL) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS artifacts (content TEXT PRIMARY KEY, bytes INTEGER NOT NULL, mtime TEXT NOT NULL, used INTEGER NOT NULL DEFAULT 0) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS lineage (place TEXT PRIMARY KEY, body TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS sessions (pid INTEGER PRIMARY KEY, since INTEGER NOT NULL);
CREATE TABLE IF NOT EXISTS looks (file TEXT PRIMARY KEY, body TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS runs (id TEXT PRIMARY KEY, name TEXT NOT NULL, state TEXT NOT NULL, started TEXT NOT NULL, pid INTEGER NOT NULL, body TEXT NOT NULL);
CREATE TABLE IF NOT EXISTS batches (id TEXT PRIMARY KEY, name TEXT NOT NULL, state TEXT NOT NULL, started TEXT NOT NULL, pid INTEGER NOT NULL, body TEXT NOT NULL);
CREATE TABLE IF NOT EXISTS items (batch TEXT NOT NULL, item TEXT NOT NULL, state TEXT NOT NULL, body TEXT NOT NULL, PRIMARY KEY (batch, item)) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS writings (id TEXT PRIMARY KEY, name TEXT NOT NULL, out TEXT NOT NULL, likeness TEXT NOT NULL, started TEXT NOT NULL, pid INTEGER NOT NULL, state TEXT NOT NULL);
CREATE TABLE IF NOT EXISTS written (batch TEXT NOT NULL, path TEXT NOT NULL, content TEXT NOT NULL, bytes INTEGER NOT NULL, replaced TEXT, replaced_bytes INTEGER, PRIMARY KEY (batch, path)) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS made_folders (batch TEXT NOT NULL, path TEXT NOT NULL, PRIMARY KEY (batch, path)) WITHOUT ROWID;
`;
/** What a file of an earlier version (1 or 2) lacks. */
const MIGRATION = 'ALTER TABLE artifacts ADD COLUMN used INTEGER NOT NULL DEFAULT 0;';
const VERSION = 3;
/** Milliseconds to wait for another process's write. */
const PATIENCE = 15_000;

export class Database {
	readonly #sqlite: DatabaseSync;
	readonly #statements = new Map<string, StatementSync>();

	constructor(path: string) {
		/* Waiting comes first: another process may be opening the same file. */
		this.#sqlite = new DatabaseSync(path, { timeout: PATIENCE });
		this.#sqlite.exec('PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL;');
		const version = this.#version();
		if (version > VERSION) throw new Error(`${path} was written by a newer version (${version}). Update Millwright.`);
		if (version !== VERSION) this.transaction(() => this.#migrate());
	}

	#version(): number {
		return Number(this.one('PRAGMA user_version')?.user_version ?? 0);
	}

	/* The version is asked again: another process may have been first. */
	#migrate(): void {
		const version = this.#version();
		if (version < VERSION) this.#sqlite.exec(`${version === 0 ? '' : MIGRATION} ${SCHEMA} PRAGMA user_version = ${VERSION};`);
	}

	run(sql: string, ...values: SQLInputValue[]): void {
		this.#prepared(sql).run(...values);
	}

	/** First row, or null. */
	one(sql: string, ...values: SQLInputValue[]): Readonly<Record<string, unknown>> | null {
		return this.#prepared(sql).get(...values) ?? null;
	}

	all(sql: string, ...values: SQLInputValue[]): readonly Readonly<Record<string, unknown>>[] {
		return this.#prepared(sql).all(...values);
	}

	/** Everything in `work` or nothing of it. */
	transaction<T>(work: () => T): T {
		this.#sqlite.exec('BEGIN IMMEDIATE');
		try {
			const result = work();
			this.#sqlite.exec('COMMIT');
			return result;
		} catch (error) {
			/* After a full disk, SQLite has taken back what was done already. */
			if (this.#sqlite.isTransaction) this.#sqlite.exec('ROLLBACK');
			throw error;
		}
	}

	close(): void {
		this.#sqlite.close();
	}

	#prepared(sql: string): StatementSync {
		let statement = this.#statements.get(sql);
		if (statement === undefined) {
			statement = this.#sqlite.prepare(sql);
			this.#statements.set(sql, statement);
		}
		return statement;
	}
}

/** A text column's JSON. */
export function parsed(value: unknown): unknown {
	return typeof value === 'string' ? JSON.parse(value) : null;
}
