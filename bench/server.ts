/** A server of ours, as a user starts it, with a folder that it may read and write. */
import { spawn } from 'node:child_process';
import { mkdtemp, realpath, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ROOT } from './measure.ts';

export interface Serving {
	readonly pid: number | undefined;
	/** The user's home, where the server grants folders. */
	readonly folder: string;
	/** Asks `/api/PATH`: GET without a body; bytes are sent as they are, anything else as JSON. @throws Error with the reply. */
	ask(path: string, body?: unknown): Promise<Response>;
}

/** Not in `.cache`: the server grants no hidden folder. Server and folder are gone when the work ends. */
export async function serving<T>(work: (server: Serving) => Promise<T>): Promise<T> {
	const folder = await realpath(await mkdtemp(join(tmpdir(), 'millwright-bench-')));
	try {
		const server = spawn(process.execPath, [join(ROOT, 'bin/millwright.mjs'), 'serve', '--port', '0'], {
			env: { ...process.env, MILLWRIGHT_HOME: join(folder, 'home'), MILLWRIGHT_TOKEN: 'bench', HOME: folder },
			stdio: ['ignore', 'pipe', 'inherit'],
		});
		try {
			const address = await ready(server.stdout);
			const cookie = `millwright_${new URL(address).port}=bench`;
			return await work({ pid: server.pid, folder, ask: (path, body) => asked(`${address}api/${path}`, cookie, body) });
		} finally {
			const gone = new Promise((resolve) => server.once('exit', resolve));
			server.kill('SIGTERM');
			await gone;
		}
	} finally {
		await rm(folder, { recursive: true, force: true });
	}
}

async function ready(output: NodeJS.ReadableStream): Promise<string> {
	let said = '';
	for await (const chunk of output) {
		said += chunk.toString();
		const address = /http:\/\/[^\s）)]+/.exec(said)?.[0];
		if (address !== undefined) return address.endsWith('/') ? address : `${address}/`;
	}
	throw new Error(`the server did not start: ${said}`);
}

async function asked(address: string, cookie: string, body?: unknown): Promise<Response> {
	const bytes = body instanceof Uint8Array;
	const sent = body === undefined ? {} : { method: 'POST', body: bytes ? new Blob([new Uint8Array(body)]) : JSON.stringify(body) };
	const type = bytes ? 'application/octet-stream' : 'application/json';
	const reply = await fetch(address, { ...sent, headers: { cookie, 'content-type': type } });
	if (!reply.ok) throw new Error(`${address}: ${reply.status} ${await reply.text()}`);
	return reply;
}
