/** Which files have stopped growing: the same size and time of change in two looks, far enough apart. Pure; the clock is monotonic. */

/** An empty file is often the place that a program keeps for what it is going to write. */
const EMPTY_FACTOR = 5;

interface Look {
	readonly identity: string;
	readonly since: number;
}

export interface Seen {
	readonly item: string;
	/** Device, inode, size, time of change. */
	readonly identity: string;
	readonly bytes: number;
}

export class Settling {
	readonly #pause: number;
	#looks: ReadonlyMap<string, Look> = new Map();

	/** @param pause milliseconds that a file must stay as it is */
	constructor(pause: number) {
		this.#pause = pause;
	}

	/** Files that wait. */
	get count(): number {
		return this.#looks.size;
	}

	/**
	 * Takes note of what is there now; what isn't any more is forgotten.
	 * @param now milliseconds, from before the files were looked at
	 * @returns the items that have settled, and in how many milliseconds the next one may have.
	 */
	look<S extends Seen>(seen: readonly S[], now: number): { readonly settled: readonly S[]; readonly next: number | null } {
		const looks = new Map<string, Look>();
		const settled: S[] = [];
		let next: number | null = null;
		for (const one of seen) {
			const before = this.#looks.get(one.item);
			const look = before?.identity === one.identity ? before : { identity: one.identity, since: now };
			looks.set(one.item, look);
			const due = look.since + (one.bytes === 0 ? EMPTY_FACTOR : 1) * this.#pause - now;
			if (due <= 0 && before === look) settled.push(one);
			else next = Math.min(next ?? Number.POSITIVE_INFINITY, Math.max(1, due));
		}
		this.#looks = looks;
		return { settled, next };
	}
}
