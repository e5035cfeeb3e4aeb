/** Hears of changes in folders. A system that can't tell (a network drive, no more handles) costs only time: the folder is looked through every few seconds anyway. */
import { type FSWatcher, statSync, watch } from 'node:fs';

interface Ear {
	readonly watcher: FSWatcher;
	/** Of the folder: another one may have taken its name since. */
	readonly inode: number;
}

/** Each takes a handle of the system's. */
const MOST = 500;

export class Ears {
	readonly #heard: () => void;
	readonly #open = new Map<string, Ear>();

	constructor(heard: () => void) {
		this.#heard = heard;
	}

	/** Listens at these folders, and no others. */
	at(folders: ReadonlySet<string>): void {
		for (const folder of this.#open.keys()) if (!folders.has(folder) || this.#open.get(folder)?.inode !== inodeOf(folder)) this.#close(folder);
		for (const folder of folders) if (!this.#open.has(folder) && this.#open.size < MOST) this.#listen(folder);
	}

	close(): void {
		for (const folder of [...this.#open.keys()]) this.#close(folder);
	}

	#listen(folder: string): void {
		try {
			const watcher = watch(folder, { persistent: false }, () => this.#heard());
			watcher.on('error', () => this.#close(folder));
			this.#open.set(folder, { watcher, inode: inodeOf(folder) });
		} catch {
			/* Looking through it will do. */
		}
	}

	#close(folder: string): void {
		this.#open.get(folder)?.watcher.close();
		this.#open.delete(folder);
	}
}

function inodeOf(folder: string): number {
	return statSync(folder, { throwIfNoEntry: false })?.ino ?? 0;
}
