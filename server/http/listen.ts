/** Puts the app on a port. */
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Express } from 'express';

export interface Listening {
	readonly url: string;
	readonly port: number;
	/** Ends every connection, event streams too. */
	close(): Promise<void>;
}

/**
 * Listens on this machine's loopback unless told otherwise.
 * @throws what Node says when the port is taken (`code: 'EADDRINUSE'`).
 */
export async function listen(app: Express, { port, host = '127.0.0.1' }: { readonly port: number; readonly host?: string }): Promise<Listening> {
	// A large upload takes as long as it takes; slow headers don't get to.
	const server = createServer({ requestTimeout: 0, headersTimeout: 20_000, maxHeaderSize: 32_768 }, app);
	await new Promise<void>((resolve, reject) => {
		server.once('error', reject);
		server.listen(port, host, () => {
			server.off('error', reject);
			resolve();
		});
	});
	const taken = portOf(server);
	const name = host === '127.0.0.1' || host === '0.0.0.0' || host === '::' ? 'localhost' : host.includes(':') ? `[${host}]` : host;
	return { url: `http://${name}:${taken}/`, port: taken, close: () => close(server) };
}

function portOf(server: Server): number {
	const address: AddressInfo | string | null = server.address();
	if (address === null || typeof address === 'string') throw new Error('the server has no port');
	return address.port;
}

function close(server: Server): Promise<void> {
	return new Promise((resolve) => {
		server.close(() => resolve());
		server.closeAllConnections();
	});
}
