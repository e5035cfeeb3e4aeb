/**
 * Keeps the store below its quota: what was used longest ago goes first, and nothing that a run needs. While any other process has a run
 * going on nothing is collected; in this one, what was touched since its first run began stays.
 */
import { randomUUID } from 'node:crypto';
import { mkdirSync, readdirSync, renameSync, rmSync, statfsSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { isAlive } from './alive.ts';
import type { ArtifactFolder } from './artifacts.ts';
import type { Database } from './database.ts';

export interface UsesOptions {
	/** Bytes that the store may take. */
	readonly quota: () => number;
	/** Contents that must stay, whoever used them last. */
	readonly kept: () => ReadonlySet<string>;
	/** Folder for what is being removed, on the store's disk. */
	readonly temporary: string;
}

export interface Collected {
	readonly removed: number;
	/** Bytes. */
	readonly freed: number;
	/** Bytes that are left. */
	readonly left: number;
}

/** So much is collected that not every new result collects again. */
const DOWN_TO = 0.9;
/** The store is measured again when this share of its quota was made. */
const STEP = 0.02;
/** Milliseconds without a run after which what was touched is free again. */
const REST = 5000;

export class Uses {
	readonly #database: Database;
	readonly #artifacts: ArtifactFolder;
	readonly #options: UsesOptions;
	readonly #touched = new Set<string>();
	#running = 0;
	#made = 0;
	#quota: number | undefined;
	#rest: NodeJS.Timeout | undefined;

	constructor(database: Database, artifacts: ArtifactFolder, options: UsesOptions) {
		this.#database = database;
		this.#artifacts = artifacts;
		this.#options = options;
	}

	/** Does work that needs what it touches. */
	async during<T>(work: () => Promise<T>): Promise<T> {
		clearTimeout(this.#rest);
		if (this.#running++ === 0) this.#database.run('INSERT OR IGNORE INTO sessions (pid, since) VALUES (?, ?)', process.pid, Date.now());
		try {
			return await work();
		} finally {
			if (--this.#running === 0) this.#rest = setTimeout(() => this.close(), REST).unref();
		}
	}

	/** An artifact is wanted. */
	touch(content: string): void {
		this.#touched.add(content);
	}

	/** New bytes have come into the store. */
	made(bytes: number): void {
		this.#made += bytes;
		this.#quota ??= this.#options.quota();
		if (this.#made < this.#quota * STEP) return;
		this.#made = 0;
		this.#quota = this.#options.quota();
		if (this.size() > this.#quota) this.collect(this.#quota * DOWN_TO);
	}

	/** Bytes in the store. */
	size(): number {
		return Number(this.#database.one('SELECT coalesce(sum(bytes), 0) AS bytes FROM artifacts')?.bytes ?? 0);
	}

	/** Removes what was used longest ago until `limit` bytes are left. Null: another process is running something. */
	collect(limit: number): Collected | null {
		this.#note();
		const bin = join(this.#options.temporary, `${process.pid}-collected-${randomUUID()}`);
		mkdirSync(bin, { mode: 0o700 });
		/* Moved away while nobody else can write to the database: whoever asks afterwards finds neither the entry nor the file. */
		const collected = this.#database.transaction(() => (this.#othersRun() ? null : this.#moveOldest(limit, bin)));
		rmSync(bin, { recursive: true, force: true });
		return collected;
	}

	/** Notes what was touched, and that nothing runs here. */
	close(): void {
		clearTimeout(this.#rest);
		try {
			this.#note();
			this.#database.run('DELETE FROM sessions WHERE pid = ?', process.pid);
		} catch (error) {
			/* On a full disk. When something was used is only a hint, and no reason for anything to fail; a session ends with its process, too. */
			if (!(error instanceof Error && 'errcode' in error)) throw error;
		}
		this.#touched.clear();
	}

	/** Removes files that nothing refers to any more, and damaged ones. Null: another process is running something. */
	sweep(referred: ReadonlySet<string>): Collected | null {
		const bin = join(this.#options.temporary, `${process.pid}-swept-${randomUUID()}`);
		mkdirSync(bin, { mode: 0o700 });
		const swept = this.#database.transaction(() => (this.#othersRun() ? null : this.#moveForgotten(referred, bin)));
		rmSync(bin, { recursive: true, force: true });
		return swept;
	}

	#moveForgotten(referred: ReadonlySet<string>, bin: string): Collected {
		const kept = this.#options.kept();
		let removed = 0;
		let freed = 0;
		for (const { path, content } of filesIn(this.#artifacts.folder)) {
			if (referred.has(content) || kept.has(content) || this.#touched.has(content)) continue;
			freed += statSync(path).size;
			moveAway(path, join(bin, content));
			this.#database.run('DELETE FROM artifacts WHERE content = ?', content);
			removed++;
		}
		return { removed, freed, left: this.size() };
	}

	#moveOldest(limit: number, bin: string): Collected {
		const kept = this.#options.kept();
		let left = this.size();
		let removed = 0;
		const before = left;
		for (const row of this.#database.all('SELECT content, bytes FROM artifacts ORDER BY used, content')) {
			if (left <= limit) break;
			const content = String(row.content);
			if (this.#touched.has(content) || kept.has(content)) continue;
			moveAway(this.#artifacts.path(content), join(bin, content));
			this.#database.run('DELETE FROM artifacts WHERE content = ?', content);
			left -= Number(row.bytes);
			removed++;
		}
		return { removed, freed: before - left, left };
	}

	#othersRun(): boolean {
		const others = this.#database.all('SELECT pid FROM sessions WHERE pid <> ?', process.pid).map((row) => Number(row.pid));
		for (const pid of others.filter((one) => !isAlive(one))) this.#database.run('DELETE FROM sessions WHERE pid = ?', pid);
		return others.some(isAlive);
	}

	#note(): void {
		if (this.#touched.size === 0) return;
		const now = Date.now();
		this.#database.transaction(() => {
			for (const content of this.#touched) this.#database.run('UPDATE artifacts SET used = ? WHERE content = ?', now, content);
		});
	}
}

/** The quota unless somebody sets another: 20 GB, but no more than a quarter of the disk. */
export function usualQuota(folder: string): number {
	const { blocks, bsize } = statfsSync(folder);
	return Math.min(20e9, (blocks * bsize) / 4);
}

function filesIn(folder: string): { readonly path: string; readonly content: string }[] {
	return readdirSync(folder).flatMap((shelf) => readdirSync(join(folder, shelf)).map((name) => ({ path: join(folder, shelf, name), content: shelf + name })));
}

function moveAway(from: string, to: string): void {
	try {
		renameSync(from, to);
	} catch (error) {
		if (!(error instanceof Error && 'code' in error && error.code === 'ENOENT')) throw error;
	}
}
