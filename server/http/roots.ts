/** `/api/roots`: granted folders, and what lies in them. */
import { readdir, realpath, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { Router } from 'express';
import type { Listing } from './api.ts';
import { bodyOf, param, query, readJson, rootBody } from './body.ts';
import { isBelow, isHidden } from './paths.ts';
import { Refusal } from './problems.ts';
import type { Context } from './services.ts';

const MOST = 20_000;
const ORDER = new Intl.Collator('en', { numeric: true });

export function rootRoutes({ rootSet }: Context): Router {
	const router = Router();

	router.get('/', async (_request, response) => {
		response.json(await rootSet.list());
	});

	router.post('/', readJson, async (request, response) => {
		response.status(201).json(await rootSet.add(bodyOf(request, rootBody).path));
	});

	router.get('/:root/list', async (request, response) => {
		const path = query(request, 'path') ?? '';
		const root = await rootSet.get(param(request, 'root'));
		response.json(await listing(root.path, path, await rootSet.resolve(root.id, path)));
	});
	return router;
}

/** Folders first; hidden entries and links that lead out are left out. */
async function listing(root: string, path: string, folder: string): Promise<Listing> {
	const names = await readdir(folder).catch(() => {
		throw new Refusal(422, 'path.not-folder', { path });
	});
	const visible = names.filter((name) => !name.startsWith('.')).slice(0, MOST);
	const entries = await Promise.all(visible.map((name) => entryAt(root, join(folder, name), name)));
	const known = entries.filter((entry) => entry !== null);
	return { path, entries: known.sort((a, b) => Number(b.folder) - Number(a.folder) || ORDER.compare(a.name, b.name)) };
}

async function entryAt(root: string, path: string, name: string): Promise<Listing['entries'][number] | null> {
	const [real, stats] = await Promise.all([realpath(path).catch(() => null), stat(path).catch(() => null)]);
	if (real === null || stats === null || !isBelow(root, real) || isHidden(root, real)) return null;
	if (!stats.isDirectory() && !stats.isFile()) return null;
	return { name, folder: stats.isDirectory(), bytes: stats.isFile() ? stats.size : 0 };
}
