/** Where things lie: in a checkout the server runs from its sources, or from `dist/server`, where a build has joined them into few files. */
import { existsSync } from 'node:fs';
import { dirname, extname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const HERE = fileURLToPath(import.meta.url);

/** The project's (or the package's) folder. */
export const ROOT = rootOf(dirname(HERE));

/** A file of code by its path in the project without ending, as this process runs it. */
export function codePath(path: string): string {
	return extname(HERE) === '.ts' ? join(ROOT, `${path}.ts`) : join(ROOT, 'dist/server', `${path}.mjs`);
}

function rootOf(folder: string): string {
	if (existsSync(join(folder, 'package.json')) || dirname(folder) === folder) return folder;
	return rootOf(dirname(folder));
}
