/** The items of a batch: what each is called, which files it has, and which parameters are its own. */
import { basename, extname } from 'node:path';
import type { Recipe } from '../../nodes/graph.ts';
import type { Bindings } from '../engine/engine.ts';
import { safe, shortName } from './names.ts';
import type { Found } from './walk.ts';

export interface Item {
	/** What people call it; no two items of a batch are called the same. */
	readonly item: string;
	/** Its own files, by source node (of one value). */
	readonly files: Readonly<Record<string, Found>>;
	/** Its own parameters: `node.param` → value. */
	readonly settings?: Readonly<Record<string, unknown>>;
	/** What `{name}` stands for, and the sub-folder of its results, where it isn't called like a file. */
	readonly results?: { readonly stem: string; readonly folder: string };
	/** Position in the whole batch, from 1; absent: that in the list. */
	readonly number?: number;
	/** What `{column:…}` stands for in the names of its results. */
	readonly columns?: Readonly<Record<string, string>>;
}

/** The items that run now; each keeps its position in the whole batch. */
export function chosenOf({ items, only }: { readonly items: readonly Item[]; readonly only?: ReadonlySet<string> }): readonly Item[] {
	return only === undefined ? items : items.flatMap((item, i) => (only.has(item.item) ? [{ ...item, number: i + 1 }] : []));
}

/** Each file is an item of its own, called like the file. */
export function oneEach(node: string, files: readonly Found[]): Item[] {
	return files.map((found) => ({ item: found.item, files: { [node]: found } }));
}

/** The one item of a run that isn't over files of its own: called like its first file, or like the recipe. Its results go directly into the folder. */
export function onlyItem({ recipe, bindings }: { readonly recipe: Recipe; readonly bindings: Bindings }): Item {
	const first = Object.values(bindings).flat()[0];
	return { item: first === undefined ? shortName(recipe.name) : safe(first.name), files: {} };
}

/** Whether an item has anything of its own that its results can be called after. */
export function hasOwnName({ files, settings }: Item): boolean {
	return settings !== undefined || Object.keys(files).length > 0;
}

/** What `{name}` stands for. */
export function stemOf({ item, results }: Item): string {
	if (results !== undefined) return results.stem;
	const name = basename(item);
	const ending = extname(name);
	return ending === name ? name : name.slice(0, name.length - ending.length);
}

/** Where it lies, as the path of a file: what `{parent}` and the sub-folder of its results come from. */
export function pathOf({ item, results }: Item): string {
	return results === undefined ? item : results.folder === '' ? '_' : `${results.folder}/_`;
}
