/** The files that a batch reads: whatever it is told, it never writes over one of them. */
import { statSync } from 'node:fs';
import { RunError } from '../../nodes/problems.ts';

export class Originals {
	readonly #files: ReadonlySet<string>;

	constructor(paths: Iterable<string>) {
		this.#files = new Set([...paths].flatMap((path) => identity(path) ?? []));
	}

	/**
	 * By the file on the disk, not by its name: links and letters' case make no difference.
	 * @throws RunError `output.original`.
	 */
	guard(path: string): void {
		const found = identity(path);
		if (found !== null && this.#files.has(found)) throw new RunError('output.original', { path });
	}
}

function identity(path: string): string | null {
	try {
		const { dev, ino } = statSync(path, { bigint: true });
		return `${dev}:${ino}`;
	} catch {
		return null;
	}
}
