import { spawn } from 'node:child_process';
import { type Served, serve as start } from '../serve.ts';
import { HomeBusy } from '../stores/home.ts';
import { type Arguments, UsageError } from './arguments.ts';
import { EXIT } from './report.ts';

const PORT = 4600;

/** `millwright serve [--port N] [--host H] [--open]` */
export async function serve(args: Arguments): Promise<number> {
	const port = portOf(args.values.port ?? process.env.PORT);
	const startedAt = performance.now();
	const served = await started(port, args);
	if (served === null) return EXIT.failed;
	const seconds = ((performance.now() - startedAt) / 1000).toFixed(1);
	console.log(
		args.language === 'zh'
			? `Millwright 已在 ${served.url} 就绪（${seconds} 秒）。按 Ctrl-C 停止。`
			: `Millwright is ready at ${served.url} (${seconds} s). Ctrl-C stops it.`,
	);
	if (args.values.open === true) openBrowser(served.url);
	await new Promise<void>((resolve) => {
		for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.once(signal, () => resolve());
	});
	await served.close();
	return EXIT.done;
}

async function started(port: number, args: Arguments): Promise<Served | null> {
	try {
		return await start({ port, ...(args.values.host === undefined ? {} : { host: args.values.host }) });
	} catch (error) {
		const taken = error instanceof Error && 'code' in error && error.code === 'EADDRINUSE';
		if (!taken && !(error instanceof HomeBusy)) throw error;
		console.error(taken ? `Port ${port} is taken by another program. Choose another one with --port.` : error.message);
		return null;
	}
}

/** @throws UsageError */
function portOf(text: string | undefined): number {
	if (text === undefined) return PORT;
	const port = Number(text);
	if (!Number.isInteger(port) || port < 0 || port > 65_535) throw new UsageError(`Expected a port from 0 to 65535, got ${text}.`);
	return port;
}

function openBrowser(url: string): void {
	const [command, ...words] = process.platform === 'darwin' ? ['open', url] : process.platform === 'win32' ? ['cmd', '/c', 'start', url] : ['xdg-open', url];
	spawn(command ?? '', words, { stdio: 'ignore', detached: true })
		.on('error', () => {})
		.unref();
}
