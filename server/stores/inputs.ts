/**
 * The user's files that the page works on: uploads (kept here, named by content) and files in place (only remembered).
 * One small JSON file an input, so that a page that comes back finds its inputs again.
 */
import { createHash, randomUUID } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { mkdir, readFile, rename, rm, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

export interface StoredInput<L> {
	readonly id: string;
	readonly name: string;
	/** A file in place, below a granted root; absent: its bytes were sent here. */
	readonly place?: { readonly root: string; readonly path: string };
	/** What a look at it gave. */
	readonly look: L;
}
/** What is needed of a look. */
interface Look {
	readonly path: string;
	readonly content: string;
	readonly bytes: number;
	readonly format: string;
}

const ID = /^[0-9a-f]{24}$/;

export class InputFolder<L extends Look> {
	readonly #folder: string;
	readonly #temporary: string;
	#byContent: Map<string, StoredInput<L>> | null = null;

	constructor(folder: string, temporary: string) {
		this.#folder = folder;
		this.#temporary = temporary;
	}

	/** A new private folder to receive a file in; whoever asked removes it. */
	async receive(): Promise<string> {
		const folder = join(this.#temporary, `${process.pid}-upload-${randomUUID()}`);
		await mkdir(folder, { mode: 0o700 });
		return folder;
	}

	/** Keeps a received file. The same bytes under the same name are the same input. */
	async keep(received: string, name: string, look: L): Promise<StoredInput<L>> {
		const ending = /^[a-z0-9]{1,10}$/.test(look.format) ? look.format : 'bin';
		const path = join(this.#folder, `${look.content}.${ending}`);
		const there = await stat(path).catch(() => null);
		if (there === null || there.size !== look.bytes) await rename(received, path);
		return this.#write({ id: idOf(`${look.content}/${name}`), name, look: { ...look, path } });
	}

	/** Remembers a file in place. */
	async place(root: string, path: string, name: string, look: L): Promise<StoredInput<L>> {
		return this.#write({ id: idOf(`${root}:${path}`), name, place: { root, path }, look });
	}

	/** Null: there is none, or its bytes are gone. */
	async read(id: string): Promise<StoredInput<L> | null> {
		if (!ID.test(id)) return null;
		const text = await readFile(this.#record(id), 'utf8').catch(() => null);
		if (text === null) return null;
		const input = parse<L>(text);
		const there = await stat(input.look.path).catch(() => null);
		return there === null ? null : input;
	}

	/** An input with these bytes. */
	withContent(content: string): StoredInput<L> | null {
		this.#byContent ??= this.#index();
		return this.#byContent.get(content) ?? null;
	}

	async #write(input: StoredInput<L>): Promise<StoredInput<L>> {
		const draft = join(this.#temporary, `${process.pid}-input-${randomUUID()}`);
		try {
			await writeFile(draft, JSON.stringify(input), { flag: 'wx', mode: 0o600 });
			await rename(draft, this.#record(input.id));
		} finally {
			await rm(draft, { force: true });
		}
		this.#byContent?.set(input.look.content, input);
		return input;
	}

	#record(id: string): string {
		return join(this.#folder, `${id}.json`);
	}

	#index(): Map<string, StoredInput<L>> {
		const names = readdirSync(this.#folder).filter((name) => ID.test(name.slice(0, -5)) && name.endsWith('.json'));
		const all = names.map((name) => parse<L>(readFileSync(join(this.#folder, name), 'utf8')));
		return new Map(all.map((input) => [input.look.content, input]));
	}
}

/* What stands there was written by `#write`, and appears whole or not at all. */
function parse<L>(text: string): StoredInput<L> {
	return JSON.parse(text);
}

function idOf(text: string): string {
	return createHash('sha256').update(text).digest('hex').slice(0, 24);
}
