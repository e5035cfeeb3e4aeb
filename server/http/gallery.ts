/** `/api/gallery`: the ready recipes that come with the product. A recipe is a JSON file; a picture of its result may lie in `pictures/`, or beside it. */
import { readdir, readFile, stat } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { Router } from 'express';
import type { StoredRecipe } from '../stores/recipes.ts';
import { param } from './body.ts';
import { Refusal } from './problems.ts';
import { entryOf, savedOf } from './recipes.ts';
import { sendBytes } from './send.ts';
import type { Context } from './services.ts';

const ID = /^[A-Za-z0-9][A-Za-z0-9_-]{0,79}$/;
const PICTURES = ['webp', 'png', 'gif', 'jpg'];

interface Ready {
	readonly stored: StoredRecipe;
	readonly picture: { readonly path: string; readonly format: string } | null;
}

export function galleryRoutes({ gallery }: Context): Router {
	const router = Router();

	router.get('/', async (_request, response) => {
		const names = gallery === undefined ? [] : await readdir(gallery).catch(() => []);
		const ids = names.filter((name) => name.endsWith('.json')).map((name) => basename(name, '.json'));
		const ready = await Promise.all(ids.sort().map((id) => readyWith(gallery, id)));
		response.json(ready.filter((one) => one !== null).map(({ stored, picture }) => entryOf(stored, addressOf(stored.id, picture))));
	});

	router.get('/:id', async (request, response) => {
		const { stored, picture } = await known(param(request, 'id'));
		response.json(savedOf(stored, addressOf(stored.id, picture)));
	});

	router.get('/:id/picture', async (request, response) => {
		const id = param(request, 'id');
		const { picture } = await known(id);
		const missing = new Refusal(404, 'saved.unknown', { id });
		if (picture === null) throw missing;
		await sendBytes(request, response, { ...picture, content: id, missing });
	});

	async function known(id: string): Promise<Ready> {
		const ready = await readyWith(gallery, id);
		if (ready === null) throw new Refusal(404, 'saved.unknown', { id });
		return ready;
	}
	return router;
}

async function readyWith(gallery: string | undefined, id: string): Promise<Ready | null> {
	if (gallery === undefined || !ID.test(id)) return null;
	const path = join(gallery, `${id}.json`);
	const [text, stats] = await Promise.all([readFile(path, 'utf8').catch(() => null), stat(path).catch(() => null)]);
	if (text === null || stats === null) return null;
	const files = ['pictures', '.'].flatMap((folder) => PICTURES.map((format) => ({ path: join(gallery, folder, `${id}.${format}`), format })));
	const there = await Promise.all(files.map(async (file) => ((await stat(file.path).catch(() => null)) === null ? [] : [file])));
	return { stored: { id, text, revision: 1, updated: stats.mtime }, picture: there.flat()[0] ?? null };
}

function addressOf(id: string, picture: Ready['picture']): string | null {
	return picture === null ? null : `/api/gallery/${id}/picture`;
}
