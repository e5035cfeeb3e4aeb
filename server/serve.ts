/** Puts the web server together. */
import { homedir } from 'node:os';
import { join } from 'node:path';
import { inspect } from './doctor/doctor.ts';
import { createApp, listen, newToken } from './http/app.ts';
import { open } from './open.ts';
import { ROOT } from './place.ts';
import { plan } from './planner/index.ts';
import { homeFolder, lockHome } from './stores/home.ts';
import { Ledger } from './stores/ledger.ts';
import { RecipeFolder } from './stores/recipes.ts';
import { WrittenLedger } from './stores/written.ts';
import { Watches } from './watch/watches.ts';

export interface ServeOptions {
	readonly port: number;
	/** 127.0.0.1 unless told; other machines then need the token in the address that is printed. */
	readonly host?: string;
	/** Folders that the page may read from and write to. */
	readonly roots?: readonly string[];
}

export interface Served {
	/** Address to open; carries the token where the server is reachable from elsewhere. */
	readonly url: string;
	readonly port: number;
	close(): Promise<void>;
}

/**
 * Takes the home folder and listens.
 * @throws HomeBusy when another server has the home folder; what Node says when the port is taken.
 */
export async function serve({ port, host = '127.0.0.1', roots = [homedir()] }: ServeOptions): Promise<Served> {
	const opened = open(homeFolder());
	const release = lockHome(opened.home);
	const watches = new Watches({ engine: opened.engine, database: opened.database, folder: join(opened.home.folder, 'watches') });
	/** What is under way is stopped before what it needs is closed. */
	const end = async () => {
		await watches.close();
		await opened.engine.close();
		release();
	};
	try {
		const token = newToken();
		const exposed = !isLoopback(host);
		const app = createApp({
			engine: opened.engine,
			plan: (request, options) => plan(request, { ...options, home: opened.home.folder }, opened.engine),
			eject: opened.eject,
			recipes: new RecipeFolder(opened.home.recipes),
			runs: new Ledger(opened.database, 'runs'),
			batches: new Ledger(opened.database, 'batches'),
			watches,
			stores: { written: new WrittenLedger(opened.database), artifacts: opened.artifacts },
			artifactPath: (content) => opened.artifacts.path(content),
			doctor: inspect,
			home: opened.home,
			roots,
			token,
			gallery: join(ROOT, 'tests/recipes/'),
			client: join(ROOT, 'dist/client/'),
			exposed,
			...(exposed ? { hosts: [`${host}:${port}`] } : {}),
		});
		const listening = await listen(app, { port, host });
		return {
			url: exposed ? `${listening.url}?token=${token}` : listening.url,
			port: listening.port,
			close: () => listening.close().then(end),
		};
	} catch (error) {
		await end();
		throw error;
	}
}

function isLoopback(host: string): boolean {
	return host === 'localhost' || host === '::1' || /^127(\.\d+){3}$/.test(host);
}
