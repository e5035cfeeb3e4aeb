/** Ready recipes that come with the product: `tests/recipes/*.json`, which must load for ever. */
import { readdir, readFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { ROOT } from '../place.ts';

const FOLDER = join(ROOT, 'tests/recipes/');
const ID = /^[a-z0-9-]{1,80}$/;

/** Text of a ready recipe's file; null: there is none with this id. */
export async function galleryRecipe(id: string): Promise<string | null> {
	if (!ID.test(id)) return null;
	return readFile(`${FOLDER}${id}.json`, 'utf8').catch(() => null);
}

/** Ids of all ready recipes. */
export async function galleryIds(): Promise<string[]> {
	const names = await readdir(FOLDER).catch(() => []);
	return names.filter((name) => name.endsWith('.json')).map((name) => basename(name, '.json'));
}

/** A picture of what the recipe makes, made by the product itself; null: there is none. */
export async function galleryPicture(id: string): Promise<Buffer | null> {
	if (!ID.test(id)) return null;
	return readFile(`${FOLDER}pictures/${id}.webp`).catch(() => null);
}
