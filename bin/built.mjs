/** Whether `dist/server` is what the sources say. Must parse and run on Node 20. */
import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';

/** What the sources were when `dist/server` was built. */
export const STAMP = 'dist/server.stamp';

/** True also where there are no sources: an installed package carries only what was built. */
export function isBuilt(root) {
	if (!existsSync(join(root, 'server/cli.ts'))) return true;
	try {
		return readFileSync(join(root, STAMP), 'utf8') === sourcesOf(root);
	} catch {
		return false;
	}
}

/** A hash over the names, sizes and times of everything that the server is built from. */
export function sourcesOf(root) {
	const hash = createHash('sha256');
	const add = (path) => {
		const { size, mtimeMs } = statSync(join(root, path));
		hash.update(`${path}\0${size}\0${mtimeMs}\n`);
	};
	const walk = (folder) => {
		for (const entry of readdirSync(join(root, folder), { withFileTypes: true }).sort((a, b) => (a.name < b.name ? -1 : 1))) {
			if (entry.isDirectory()) walk(`${folder}/${entry.name}`);
			else add(`${folder}/${entry.name}`);
		}
	};
	for (const folder of ['nodes', 'server']) walk(folder);
	for (const path of ['package-lock.json', 'scripts/setup/bundle.mjs']) add(path);
	return hash.digest('hex');
}
