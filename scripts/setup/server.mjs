/** Builds `dist/server` when something that goes into it has changed. The product runs without it, too, and starts more slowly. */
import { existsSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { isBuilt, STAMP, sourcesOf } from '../../bin/built.mjs';
import { quietly, ROOT, say } from './say.mjs';

/** @returns whether it is there and new. */
export async function buildServer(node) {
	if (isBuilt(ROOT) && existsSync(join(ROOT, 'dist/server'))) return true;
	const state = sourcesOf(ROOT);
	rmSync(join(ROOT, STAMP), { force: true });
	const problem = await quietly('Building the server', node, [join(ROOT, 'scripts/setup/bundle.mjs')], { env: { ...process.env, NODE_ENV: 'production' } });
	if (problem !== null) {
		say(`The server could not be built; it runs from its sources.\n${problem}`);
		return false;
	}
	mkdirSync(join(ROOT, 'dist'), { recursive: true });
	writeFileSync(join(ROOT, STAMP), state);
	return true;
}
