#!/usr/bin/env node
/** Finds the right Node and the right files, and runs the command line. Must parse and run on Node 20. */
import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import module from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { isBuilt } from './built.mjs';

const OLDEST = 24;
const root = dirname(dirname(fileURLToPath(import.meta.url)));
// A checkout whose sources are newer than what was built from them runs from its sources.
const installed = !existsSync(join(root, 'server/cli.ts'));
const cli = join(root, isBuilt(root) ? 'dist/server/server/cli.mjs' : 'server/cli.ts');

if (Number.parseInt(process.versions.node, 10) >= OLDEST) {
	process.env.NODE_COMPILE_CACHE ??= join(root, installed ? 'dist/compile' : 'node_modules/.cache/compile');
	module.enableCompileCache?.(process.env.NODE_COMPILE_CACHE);
	await import(pathToFileURL(cli).href);
} else {
	const node = newerNode(root);
	if (node !== undefined) again(node);
	else {
		const cure = installed ? 'Install it, or "npm install node" beside this package.' : 'Run "npm start" once; it brings its own.';
		console.error(`Millwright needs Node ${OLDEST} or newer, this is ${process.version}. ${cure}`);
		process.exitCode = 1;
	}
}

/** The Node of the npm package `node`, in the project or where this package was installed. */
function newerNode(folder) {
	const path = join(folder, process.platform === 'win32' ? 'node_modules/node/bin/node.exe' : 'node_modules/.bin/node');
	if (existsSync(path)) return path;
	return dirname(folder) === folder ? undefined : newerNode(dirname(folder));
}

/** Runs this file on another Node, with the same arguments, streams and signals. */
function again(node) {
	const child = spawn(node, [fileURLToPath(import.meta.url), ...process.argv.slice(2)], { stdio: 'inherit' });
	for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => child.kill(signal));
	child.on('error', (error) => {
		console.error(error.message);
		process.exit(1);
	});
	child.on('exit', (code) => process.exit(code ?? 130));
}
