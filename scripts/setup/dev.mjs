/** `npm run dev`: the page by vite, reloading as it is edited; the server behind it, started anew when its files change. */
import { spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import { createServer } from 'vite';
import { ROOT } from './say.mjs';

const port = Number(process.env.PORT || 4600);
const behind = port + 1;
const token = randomBytes(24).toString('base64url');

// The page comes from another origin than the API here, so that the proxy speaks for it: with the session's cookie, without a foreign Origin.
const proxy = {
	target: `http://127.0.0.1:${behind}`,
	changeOrigin: true,
	configure: (server) =>
		server.on('proxyReq', (request) => {
			request.removeHeader('origin');
			request.removeHeader('sec-fetch-site');
			request.setHeader('cookie', `millwright_${behind}=${token}`);
		}),
};
const vite = await createServer({
	configFile: join(ROOT, 'vite.config.ts'),
	root: join(ROOT, 'client'),
	server: { port, strictPort: true, proxy: { '/api': proxy } },
});
await vite.listen();
vite.printUrls();

const server = spawn(process.execPath, ['--watch', '--watch-preserve-output', join(ROOT, 'server/main.ts'), '--port', String(behind)], {
	cwd: ROOT,
	stdio: ['ignore', 'inherit', 'inherit'],
	env: { ...process.env, MILLWRIGHT_TOKEN: token },
});
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => server.kill(signal));
server.on('exit', async (code) => {
	await vite.close();
	process.exit(code ?? 0);
});
