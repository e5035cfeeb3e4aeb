/** Recipes as JSON files. Saves are atomic, every revision is kept, and nobody overwrites what they haven't seen. */
import { randomUUID } from 'node:crypto';
import { link, mkdir, open, readdir, readFile, rename, rm, stat } from 'node:fs/promises';
import { basename, join } from 'node:path';

export interface StoredRecipe {
	readonly id: string;
	/** The file's text. */
	readonly text: string;
	readonly revision: number;
	readonly updated: Date;
}

/** Somebody saved the recipe meanwhile. */
export class RevisionConflict extends Error {
	override readonly name = 'RevisionConflict';
	readonly current: StoredRecipe;
	constructor(current: StoredRecipe) {
		super(`the recipe ${current.id} is at revision ${current.revision}`);
		this.current = current;
	}
}

const ID = /^[\p{L}\p{N}][\p{L}\p{N}._-]{0,79}$/u;

export class RecipeFolder {
	readonly #folder: string;
	readonly #history: string;
	#last: Promise<unknown> = Promise.resolve();

	constructor(folder: string) {
		this.#folder = folder;
		this.#history = join(folder, '.history');
	}

	async list(): Promise<StoredRecipe[]> {
		const names = await readdir(this.#folder).catch(() => []);
		const all = await Promise.all(names.filter((name) => name.endsWith('.json')).map((name) => this.read(basename(name, '.json'))));
		return all.filter((one) => one !== null).sort((a, b) => b.updated.getTime() - a.updated.getTime());
	}

	/** Null: there is none. */
	async read(id: string): Promise<StoredRecipe | null> {
		if (!ID.test(id)) return null;
		const path = join(this.#folder, `${id}.json`);
		try {
			const [text, { mtime }] = await Promise.all([readFile(path, 'utf8'), stat(path)]);
			return { id, text, revision: Math.max(1, ...(await this.#revisions(id))), updated: mtime };
		} catch (error) {
			if (isMissing(error)) return null;
			throw error;
		}
	}

	/** Saves a new recipe under an id made from its name. */
	async create(name: string, text: string): Promise<StoredRecipe> {
		return this.#alone(async () => {
			const base = slug(name);
			for (let i = 1; ; i++) {
				const id = i === 1 ? base : `${base}-${i}`;
				if ((await this.read(id)) !== null || (await this.#revisions(id)).length > 0) continue;
				return this.#write(id, 1, text);
			}
		});
	}

	/**
	 * Saves over the revision that the writer has seen.
	 * @throws RevisionConflict when it isn't the newest any more.
	 */
	async update(id: string, seen: number, text: string): Promise<StoredRecipe | null> {
		return this.#alone(async () => {
			const current = await this.read(id);
			if (current === null) return null;
			if (current.revision !== seen) throw new RevisionConflict(current);
			return this.#write(id, seen + 1, text);
		});
	}

	/** The history stays. */
	async remove(id: string): Promise<void> {
		if (ID.test(id)) await rm(join(this.#folder, `${id}.json`), { force: true });
	}

	async history(id: string): Promise<{ readonly revision: number; readonly at: Date; readonly text: string }[]> {
		const revisions = ID.test(id) ? await this.#revisions(id) : [];
		return Promise.all(
			revisions.map(async (revision) => {
				const path = join(this.#history, id, `${revision}.json`);
				return { revision, at: (await stat(path)).mtime, text: await readFile(path, 'utf8') };
			}),
		);
	}

	/** One write after the other: a second writer must see the first one's text, not only its revision. */
	#alone<T>(write: () => Promise<T>): Promise<T> {
		const result = this.#last.then(write);
		this.#last = result.catch(() => {});
		return result;
	}

	/* The history's file gets its name whole and exclusively, before anything is replaced: of two writers of the same revision one fails. */
	async #write(id: string, revision: number, text: string): Promise<StoredRecipe> {
		const kept = join(this.#history, id, `${revision}.json`);
		const [drafts, path] = [[0, 1].map(() => join(this.#folder, `.${id}.${randomUUID()}`)), join(this.#folder, `${id}.json`)];
		const [draft = '', copy = ''] = drafts;
		try {
			await mkdir(join(this.#history, id), { recursive: true });
			for (const one of drafts) await durable(one, text, 'wx');
			await link(copy, kept);
			await rename(draft, path).catch(async (error: unknown) => {
				await rm(kept, { force: true });
				throw error;
			});
		} catch (error) {
			const current = isTaken(error) ? await this.read(id) : null;
			throw current === null ? error : new RevisionConflict(current);
		} finally {
			for (const one of drafts) await rm(one, { force: true }).catch(() => undefined);
		}
		await syncFolder(this.#folder);
		return { id, text, revision, updated: new Date() };
	}

	async #revisions(id: string): Promise<number[]> {
		const names = await readdir(join(this.#history, id)).catch(() => []);
		return names
			.map((name) => Number.parseInt(name, 10))
			.filter((n) => n > 0)
			.sort((a, b) => a - b);
	}
}

async function durable(path: string, text: string, flags: string): Promise<void> {
	const file = await open(path, flags, 0o600);
	try {
		await file.writeFile(text);
		await file.sync();
	} finally {
		await file.close();
	}
}

async function syncFolder(path: string): Promise<void> {
	const folder = await open(path, 'r');
	await folder.sync().catch(() => {});
	await folder.close();
}

function slug(name: string): string {
	const text = name
		.normalize('NFC')
		.toLowerCase()
		.replace(/[^\p{L}\p{N}]+/gu, '-')
		.replace(/^-+|-+$/g, '')
		.slice(0, 60);
	return text === '' ? 'recipe' : text;
}

function isTaken(error: unknown): boolean {
	return error instanceof Error && 'code' in error && error.code === 'EEXIST';
}

function isMissing(error: unknown): boolean {
	return error instanceof Error && 'code' in error && error.code === 'ENOENT';
}
