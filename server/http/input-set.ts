/** Ids of inputs ↔ the files behind them. */

import { basename } from 'node:path';
import type { Bindings, Engine, Source } from '../engine/engine.ts';
import type { InputFolder, StoredInput } from '../stores/inputs.ts';
import type { Input, InputBindings } from './api.ts';
import { Refusal } from './problems.ts';
import type { RootSet } from './root-set.ts';
import { Thumbnails } from './thumbnails.ts';

export class InputSet {
	readonly folder: InputFolder<Source>;
	readonly #engine: Engine;
	readonly #roots: RootSet;
	readonly #thumbnails: Thumbnails;

	constructor(engine: Engine, folder: InputFolder<Source>, roots: RootSet) {
		this.#engine = engine;
		this.folder = folder;
		this.#roots = roots;
		this.#thumbnails = new Thumbnails(engine);
	}

	/** Looks at a received file and keeps it. */
	async receive(path: string, name: string): Promise<Input> {
		return this.view(await this.folder.keep(path, name, await this.#engine.look(path, name)));
	}

	/** A file in place. */
	async place(root: string, path: string): Promise<Input> {
		const real = await this.#roots.resolve(root, path);
		const name = basename(path);
		return this.view(await this.folder.place(root, path, name, await this.#engine.look(real, name)));
	}

	/** @throws Refusal 404. */
	async get(id: string): Promise<StoredInput<Source>> {
		const input = await this.folder.read(id);
		if (input === null) throw new Refusal(404, 'input.unknown', { id });
		return input;
	}

	/** The file as it is now: one in place is looked up and at again, because it may have changed, and its folder may no longer be granted. */
	async source(id: string): Promise<Source> {
		const { name, place, look } = await this.get(id);
		if (place === undefined) return { ...look, name };
		return this.#engine.look(await this.#roots.resolve(place.root, place.path), name);
	}

	async sources(bindings: InputBindings): Promise<Bindings> {
		const entries = await Promise.all(
			Object.entries(bindings).map(async ([node, ids]) => [node, await Promise.all(ids.map((id) => this.source(id)))] as const),
		);
		return Object.fromEntries(entries);
	}

	async view(input: StoredInput<Source>): Promise<Input> {
		const { bytes, format, readings } = input.look;
		return { id: input.id, name: input.name, bytes, format, readings, thumbnail: await this.#thumbnails.of({ ...input.look, name: input.name }) };
	}
}
