/** Builds the page with vite when something that goes into it has changed. */
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { quietly, ROOT, say } from './say.mjs';

const STAMP = join(ROOT, 'dist/client.stamp');

/** @throws when the build fails and there is no earlier one, with what vite said. */
export async function buildClient(node) {
	if (!existsSync(join(ROOT, 'client/index.html'))) return;
	const state = sources();
	const built = existsSync(join(ROOT, 'dist/client/index.html'));
	if (built && existsSync(STAMP) && readFileSync(STAMP, 'utf8') === state) return;
	// Whatever the shell or a test says: not a build for developers, which is large and names the folders of this machine.
	const env = { ...process.env, NODE_ENV: 'production' };
	const problem = await quietly('Building the page', node, [join(ROOT, 'node_modules/vite/bin/vite.js'), 'build', '--logLevel', 'warn'], { env });
	if (problem !== null && built) {
		say(`The page could not be built; the earlier one goes on.\n${problem}`);
		return;
	}
	if (problem !== null) throw new Error(`The page could not be built.\n${problem}`);
	mkdirSync(join(ROOT, 'dist'), { recursive: true });
	writeFileSync(STAMP, state);
}

/** A hash over everything that the page is built from. */
function sources() {
	const hash = createHash('sha256');
	const folders = ['client', 'nodes'].flatMap((folder) =>
		readdirSync(join(ROOT, folder), { recursive: true, withFileTypes: true })
			.filter((entry) => entry.isFile())
			.map((entry) => join(entry.parentPath ?? entry.path, entry.name)),
	);
	for (const path of [...folders.sort(), join(ROOT, 'vite.config.ts'), join(ROOT, 'package-lock.json')]) {
		hash.update(path.slice(ROOT.length)).update('\0').update(readFileSync(path)).update('\0');
	}
	return hash.digest('hex');
}
