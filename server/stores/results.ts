/** What every derivation gave. A result counts only while its bytes are in the store, unchanged. */
import { createHash } from 'node:crypto';
import { closeSync, openSync, readSync, renameSync, statSync } from 'node:fs';
import type { ArtifactFolder } from './artifacts.ts';
import { type Database, parsed } from './database.ts';

interface Bytes {
	readonly content: string;
	readonly bytes: number;
}
type ResultOf<S extends Bytes> = { readonly value: S } | { readonly values: readonly S[] };

/** Who wants to know which artifacts are used. */
interface ArtifactUses {
	touch(content: string): void;
	made(bytes: number): void;
}

/** How many results are remembered outside SQLite. */
const REMEMBERED = 20_000;

export class ResultIndex<S extends Bytes> {
	readonly #database: Database;
	readonly #artifacts: ArtifactFolder;
	readonly #uses: ArtifactUses;
	readonly #recent = new Map<string, ResultOf<S>>();

	/** `uses` is told what is wanted and what was made. */
	constructor(database: Database, artifacts: ArtifactFolder, uses: ArtifactUses) {
		this.#database = database;
		this.#artifacts = artifacts;
		this.#uses = uses;
	}

	get(key: string): ResultOf<S> | null {
		const result = this.#recent.get(key) ?? this.#read(key);
		if (result === null) return null;
		/* First touched, then looked at: what is collected in between is seen to be gone. */
		for (const { content } of storedIn(result)) this.#uses.touch(content);
		if (storedIn(result).every((stored) => this.#isWhole(stored))) {
			this.#remember(key, result);
			return result;
		}
		this.#recent.delete(key);
		this.#database.run('DELETE FROM results WHERE key = ?', key);
		return null;
	}

	put(entries: readonly { readonly key: string; readonly result: ResultOf<S> }[]): void {
		if (entries.length === 0) return;
		const now = Date.now();
		this.#database.transaction(() => {
			for (const { key, result } of entries) {
				this.#database.run('INSERT OR REPLACE INTO results (key, body, made) VALUES (?, ?, ?)', key, JSON.stringify(result), now);
				for (const stored of storedIn(result)) this.#record(stored);
			}
		});
		for (const { key, result } of entries) {
			this.#remember(key, result);
			for (const { content } of storedIn(result)) this.#uses.touch(content);
		}
		this.#uses.made(entries.reduce((sum, { result }) => sum + storedIn(result).reduce((all, { bytes }) => all + bytes, 0), 0));
	}

	/** Contents that some result refers to. */
	contents(): Set<string> {
		const all = new Set<string>();
		for (const row of this.#database.all('SELECT body FROM results')) for (const stored of storedIn(this.#fromJson(row.body))) all.add(stored.content);
		return all;
	}

	#read(key: string): ResultOf<S> | null {
		const row = this.#database.one('SELECT body FROM results WHERE key = ?', key);
		return row === null ? null : this.#fromJson(row.body);
	}

	/* What stands there was written by `put`. */
	#fromJson(body: unknown): ResultOf<S> {
		return parsed(body) as ResultOf<S>;
	}

	#remember(key: string, result: ResultOf<S>): void {
		this.#recent.delete(key);
		this.#recent.set(key, result);
		if (this.#recent.size > REMEMBERED) this.#recent.delete(this.#recent.keys().next().value ?? '');
	}

	#record({ content, bytes }: Bytes): void {
		const { mtimeNs } = statSync(this.#artifacts.path(content), { bigint: true });
		this.#database.run('INSERT OR REPLACE INTO artifacts (content, bytes, mtime, used) VALUES (?, ?, ?, ?)', content, bytes, String(mtimeNs), Date.now());
	}

	/** An artifact that was touched since it was stored is hashed again; one that is no longer what its name says is put aside. */
	#isWhole({ content, bytes }: Bytes): boolean {
		const path = this.#artifacts.path(content);
		const found = statSync(path, { bigint: true, throwIfNoEntry: false });
		if (found === undefined) return false;
		const row = this.#database.one('SELECT mtime FROM artifacts WHERE content = ?', content);
		if (found.size === BigInt(bytes) && row !== null && row.mtime === String(found.mtimeNs)) return true;
		if (hashSync(path) === content) {
			this.#record({ content, bytes });
			return true;
		}
		renameSync(path, `${path}.damaged`);
		return false;
	}
}

function storedIn<S extends Bytes>(result: ResultOf<S>): readonly S[] {
	return 'value' in result ? [result.value] : result.values;
}

function hashSync(path: string): string {
	const hash = createHash('sha256');
	const file = openSync(path, 'r');
	const chunk = Buffer.allocUnsafe(1 << 20);
	try {
		for (let read = readSync(file, chunk); read > 0; read = readSync(file, chunk)) hash.update(chunk.subarray(0, read));
	} finally {
		closeSync(file);
	}
	return hash.digest('hex');
}
