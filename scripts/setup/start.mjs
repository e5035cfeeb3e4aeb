/** `npm start`: sets up whatever is missing, builds the page if it changed, and runs the product. */
import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { buildClient } from './client.mjs';
import { ROOT, say } from './say.mjs';
import { buildServer } from './server.mjs';
import { setup } from './setup.mjs';

try {
	const { node } = await setup({ browser: false });
	await buildClient(node);
	serve(node, (await buildServer(node)) ? 'dist/server/server/main.mjs' : 'server/main.ts');
} catch (error) {
	say(error instanceof Error ? error.message : String(error));
	process.exitCode = 1;
}

/** Becomes the server. Where a process can't be replaced, the server is a child that gets every signal. */
function serve(node, main) {
	const given = process.argv.slice(2);
	const port = given.some((word) => word.startsWith('--port')) ? [] : ['--port', process.env.PORT || '4600'];
	const underNpm = process.env.npm_lifecycle_event !== undefined && process.platform !== 'win32';
	const args = [...(underNpm ? ['--import', new URL('./with-parent.mjs', import.meta.url).href] : []), join(ROOT, main), ...port, ...given];
	const env = { ...process.env, NODE_COMPILE_CACHE: process.env.NODE_COMPILE_CACHE ?? join(ROOT, 'node_modules/.cache/compile') };
	if (process.execve !== undefined && process.platform !== 'win32') process.execve(node, [node, ...args], env);
	if (underNpm) import('./with-parent.mjs');
	const child = spawn(node, args, { cwd: ROOT, stdio: 'inherit', env });
	for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => child.kill(signal));
	process.on('exit', () => child.kill('SIGTERM'));
	child.on('error', (error) => {
		say(`The server could not be started: ${error.message}`);
		process.exit(1);
	});
	child.on('exit', (code, signal) => process.exit(code ?? (signal === 'SIGINT' ? 130 : 1)));
}
