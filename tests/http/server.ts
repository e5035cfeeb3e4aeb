/** A real server on a free port, over a home folder of its own, and a client that can forge any header. */
import { mkdir, mkdtemp, realpath, rm } from 'node:fs/promises';
import { type IncomingMessage, request } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { ErrorReply } from '../../server/http/api.ts';
import { createApp, listen, newToken } from '../../server/http/app.ts';
import type { Services } from '../../server/http/services.ts';
import { type Opened, open } from '../../server/open.ts';
import { Ledger } from '../../server/stores/ledger.ts';
import { RecipeFolder } from '../../server/stores/recipes.ts';
import { WrittenLedger } from '../../server/stores/written.ts';
import { Watches } from '../../server/watch/watches.ts';

export interface Reply {
	readonly status: number;
	readonly headers: IncomingMessage['headers'];
	readonly bytes: Buffer;
	readonly text: string;
	/** The body as JSON; an error's unless told. */
	json<T = ErrorReply>(): T;
}
export interface Asking {
	readonly headers?: Readonly<Record<string, string>>;
	/** Sent as JSON, unless it is bytes. */
	readonly body?: unknown;
	/** Without the session. */
	readonly stranger?: boolean;
}

export interface TestServer {
	readonly port: number;
	readonly token: string;
	readonly folder: string;
	/** A granted folder. */
	readonly shared: string;
	readonly opened: Opened;
	readonly cookie: string;
	ask(method: string, path: string, asking?: Asking): Promise<Reply>;
	close(): Promise<void>;
}

export async function startServer(change: (services: Services) => Partial<Services> = () => ({})): Promise<TestServer> {
	const folder = await realpath(await mkdtemp(join(tmpdir(), 'millwright-http-')));
	const shared = join(folder, 'shared');
	await mkdir(shared);
	const opened = open(join(folder, 'home'), { cores: 1 });
	const token = newToken();
	const watches = new Watches({ engine: opened.engine, database: opened.database, folder: join(opened.home.folder, 'watches') });
	const services: Services = {
		engine: opened.engine,
		plan: () => Promise.reject(new Error('no planner here')),
		eject: opened.eject,
		recipes: new RecipeFolder(opened.home.recipes),
		runs: new Ledger(opened.database, 'runs'),
		batches: new Ledger(opened.database, 'batches'),
		watches,
		stores: { written: new WrittenLedger(opened.database), artifacts: opened.artifacts },
		artifactPath: (content) => opened.artifacts.path(content),
		doctor: async () => ({ tools: [], sandbox: { works: false, kind: 'none' }, unavailable: [], fonts: { cjk: true } }),
		home: opened.home,
		roots: [shared],
		token,
	};
	const listening = await listen(createApp({ ...services, ...change(services) }), { port: 0 });
	const cookie = `millwright_${listening.port}=${token}`;
	return {
		port: listening.port,
		token,
		folder,
		shared,
		opened,
		cookie,
		ask: (method, path, asking = {}) =>
			ask(listening.port, method, path, asking.stranger === true ? asking : { ...asking, headers: { cookie, ...asking.headers } }),
		close: async () => {
			await listening.close();
			await watches.close();
			await opened.engine.close();
			await rm(folder, { recursive: true, force: true });
		},
	};
}

function ask(port: number, method: string, path: string, { headers = {}, body }: Asking): Promise<Reply> {
	const bytes = body === undefined ? null : Buffer.isBuffer(body) ? body : Buffer.from(JSON.stringify(body));
	const type: Record<string, string> = bytes === null || Buffer.isBuffer(body) ? {} : { 'content-type': 'application/json' };
	return new Promise((resolve, reject) => {
		const asked = request(
			{ host: '127.0.0.1', port, method, path, headers: { host: `127.0.0.1:${port}`, ...type, ...headers }, setHost: false, agent: false },
			(response) => {
				const chunks: Buffer[] = [];
				response.on('data', (chunk: Buffer) => chunks.push(chunk));
				response.on('error', reject);
				response.on('end', () => resolve(replyOf(response, Buffer.concat(chunks))));
			},
		);
		asked.on('error', reject);
		asked.end(bytes);
	});
}

function replyOf(response: IncomingMessage, bytes: Buffer): Reply {
	const text = bytes.toString('utf8');
	return {
		status: response.statusCode ?? 0,
		headers: response.headers,
		bytes,
		text,
		json<T = ErrorReply>(): T {
			return JSON.parse(text);
		},
	};
}

export interface ReadEvent<E> {
	readonly id: number;
	readonly event: E;
}

/** Reads an event stream to its end, or until `enough`. */
export function readEvents<E>(
	server: TestServer,
	path: string,
	after?: number,
	enough: (events: readonly ReadEvent<E>[]) => boolean = () => false,
): Promise<ReadEvent<E>[]> {
	const headers = { host: `127.0.0.1:${server.port}`, cookie: server.cookie, ...(after === undefined ? {} : { 'last-event-id': String(after) }) };
	return new Promise((resolve, reject) => {
		const asked = request({ host: '127.0.0.1', port: server.port, path, headers, agent: false }, (response) => {
			if (response.statusCode !== 200) reject(new Error(`status ${response.statusCode}`));
			let text = '';
			const events: ReadEvent<E>[] = [];
			response.setEncoding('utf8');
			response.on('data', (chunk: string) => {
				text += chunk;
				for (let end = text.indexOf('\n\n'); end >= 0; end = text.indexOf('\n\n')) {
					const found = /^id: (\d+)\ndata: (.*)$/.exec(text.slice(0, end));
					if (found !== null) events.push({ id: Number(found[1]), event: JSON.parse(found[2] ?? '') });
					text = text.slice(end + 2);
				}
				if (!enough(events)) return;
				asked.destroy();
				resolve(events);
			});
			response.on('error', () => resolve(events));
			response.on('end', () => resolve(events));
		});
		asked.on('error', reject);
		asked.end();
	});
}
