/**
 * Makes what `npm pack` ships. Node refuses to strip types below `node_modules`, so that the package carries the server with its types
 * stripped: `dist/server/` is laid out as the project is, one `.mjs` for each `.ts`, and paths from file to file hold in both.
 */
import { cpSync, existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { stripTypeScriptTypes } from 'node:module';
import { dirname, join, relative } from 'node:path';
import { buildClient } from './client.mjs';
import { currentNode } from './packages.mjs';
import { ROOT, run } from './say.mjs';

const TARGET = join(ROOT, 'dist/server');
/** A path to a module in quotes: `'../x.ts'`, or `${folder}x.ts` in backticks. */
const MODULE = /(['"`])((?:\.{1,2}\/|\$\{)[^'"`\n]*)\.ts\1/g;

// Stripping is experimental as a function, and npm pack should not be loud about it.
process.removeAllListeners('warning');
const node = await currentNode();
if (Number(process.versions.node.split('.')[0]) < 24) {
	const { status, output } = await run(node, [join(ROOT, 'scripts/setup/pack.mjs')]);
	console.error(output.trim());
	process.exit(status);
}
await buildClient(node);
rmSync(TARGET, { recursive: true, force: true });
for (const folder of ['nodes', 'server']) build(folder);
// The page, and the recipes that come with the product.
for (const folder of ['dist/client', 'tests/recipes'])
	if (existsSync(join(ROOT, folder))) cpSync(join(ROOT, folder), join(TARGET, folder), { recursive: true });
cpSync(join(ROOT, 'package.json'), join(TARGET, 'package.json'));

function build(folder) {
	for (const entry of readdirSync(join(ROOT, folder), { recursive: true, withFileTypes: true })) {
		if (!entry.isFile() || entry.name === 'tsconfig.json') continue;
		const path = join(entry.parentPath, entry.name);
		const target = join(TARGET, relative(ROOT, path));
		mkdirSync(dirname(target), { recursive: true });
		if (entry.name.endsWith('.ts')) writeFileSync(target.replace(/\.ts$/, '.mjs'), strip(readFileSync(path, 'utf8')));
		else cpSync(path, target);
	}
}

/** JavaScript of a TypeScript file, every line where it was. */
function strip(text) {
	return stripTypeScriptTypes(text).replace(MODULE, '$1$2.mjs$1');
}
