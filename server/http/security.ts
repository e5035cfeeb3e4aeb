/**
 * Who may ask. The server is for one person on this machine, and every web page that this person visits can send requests to it.
 * So each request must name this host exactly (a rebound DNS name doesn't), must not come from another origin, and must carry the token that
 * only `GET /` gives, in a cookie that other sites can neither read nor send.
 */
import { randomBytes, timingSafeEqual } from 'node:crypto';
import type { Request, RequestHandler, Response } from 'express';
import { Refusal } from './problems.ts';

/** A token for one start of the server. MILLWRIGHT_TOKEN sets it for `npm run dev`, whose page comes from another port. */
export function newToken(): string {
	return process.env.MILLWRIGHT_TOKEN || randomBytes(24).toString('base64url');
}

/** Refuses requests from elsewhere, and tells browsers to be strict with every reply. */
export function guard(hosts: readonly string[]): RequestHandler {
	return (request, response, next) => {
		response.set({
			'X-Content-Type-Options': 'nosniff',
			'Referrer-Policy': 'no-referrer',
			'Cross-Origin-Resource-Policy': 'same-origin',
			'Cross-Origin-Opener-Policy': 'same-origin',
			'Content-Security-Policy': "default-src 'none'; frame-ancestors 'none'; sandbox",
		});
		const host = request.headers.host ?? '';
		if (!isOurs(host, request, hosts)) throw new Refusal(403, 'http.host', { host });
		const { origin } = request.headers;
		if (origin !== undefined && origin !== `http://${host}`) throw new Refusal(403, 'http.origin', { origin });
		const site = request.headers['sec-fetch-site'];
		if (site !== undefined && site !== 'same-origin' && site !== 'none' && !isVisit(request)) throw new Refusal(403, 'http.origin', { origin: String(site) });
		next();
	};
}

function isOurs(host: string, request: Request, hosts: readonly string[]): boolean {
	const port = request.socket.localPort;
	const own = ['localhost', '127.0.0.1', '[::1]'].flatMap((name) => (port === 80 ? [name, `${name}:80`] : [`${name}:${port}`]));
	return own.includes(host.toLowerCase()) || hosts.includes(host.toLowerCase());
}

/** Somebody followed a link to the page itself, which does nothing and can be read by nobody else. */
function isVisit(request: Request): boolean {
	return (
		request.method === 'GET' && request.path === '/' && request.headers['sec-fetch-mode'] === 'navigate' && request.headers['sec-fetch-dest'] === 'document'
	);
}

/** Requires the session cookie. */
export function session(token: string): RequestHandler {
	return (request, _response, next) => {
		if (!same(cookieOf(request), token)) throw new Refusal(403, 'http.session');
		next();
	};
}

/**
 * Gives the session cookie to whoever opens the page: on a server that others can reach, only to those who bring the token.
 * @returns whether the request may see the page.
 */
export function welcome(request: Request, response: Response, token: string, exposed: boolean): boolean {
	const given = typeof request.query.token === 'string' ? request.query.token : '';
	if (same(cookieOf(request), token)) return true;
	if (exposed && !same(given, token)) return false;
	response.append('Set-Cookie', `${cookieName(request)}=${token}; Path=/; HttpOnly; SameSite=Strict`);
	return true;
}

/** Cookies don't know of ports, so that each server on this machine needs a name of its own. */
function cookieName(request: Request): string {
	return `millwright_${request.socket.localPort}`;
}

function cookieOf(request: Request): string {
	const prefix = `${cookieName(request)}=`;
	const pairs = (request.headers.cookie ?? '').split(';').map((pair) => pair.trim());
	return pairs.find((pair) => pair.startsWith(prefix))?.slice(prefix.length) ?? '';
}

function same(given: string, token: string): boolean {
	const [a, b] = [Buffer.from(given), Buffer.from(token)];
	return a.length === b.length && timingSafeEqual(a, b);
}
