/** What a batch notes of what it writes, so that it can be undone: bytes that it replaces go into the store, the rest into the ledger. */
import { constants, copyFile, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { ArtifactFolder } from '../stores/artifacts.ts';
import type { Kept, Written, WrittenLedger } from '../stores/written.ts';

export interface Stores {
	readonly written: WrittenLedger;
	readonly artifacts: ArtifactFolder;
}

export class Recorder {
	readonly id: string;
	readonly #stores: Stores;

	constructor(id: string, stores: Stores) {
		this.id = id;
		this.#stores = stores;
	}

	/** Keeps what is about to be replaced; null where there is nothing. */
	async keep(path: string): Promise<Kept | null> {
		const found = await stat(path).catch(() => null);
		if (found?.isFile() !== true) return null;
		const folder = await this.#stores.artifacts.temporary();
		try {
			const copy = join(folder, 'kept');
			await copyFile(path, copy, constants.COPYFILE_FICLONE);
			return await this.#stores.artifacts.adopt(copy);
		} finally {
			await rm(folder, { recursive: true, force: true });
		}
	}

	/** Where the kept bytes lie. */
	placeOf(kept: Kept): string {
		return this.#stores.artifacts.path(kept.content);
	}

	note(written: readonly Written[]): void {
		this.#stores.written.note(this.id, written);
	}

	forget(path: string): void {
		this.#stores.written.forget(this.id, path);
	}

	folders(paths: readonly string[]): void {
		this.#stores.written.noteFolders(this.id, paths);
	}
}
