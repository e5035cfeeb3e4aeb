/** The page itself: the built client. Opening it gives the session. */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { type Request, type Response, Router, static as serveStatic } from 'express';
import { Refusal } from './problems.ts';
import { welcome } from './security.ts';
import type { Context } from './services.ts';

const POLICY = [
	"default-src 'self'",
	"script-src 'self'",
	// React, React Flow and Radix set style attributes.
	"style-src 'self' 'unsafe-inline'",
	"img-src 'self' data: blob:",
	"media-src 'self' data: blob:",
	"font-src 'self' data:",
	"connect-src 'self'",
	"worker-src 'self' blob:",
	"frame-src 'self' blob:",
	"object-src 'none'",
	"base-uri 'none'",
	"form-action 'none'",
	"frame-ancestors 'none'",
].join('; ');

export function pageRoutes({ client, token, exposed = false }: Context): Router {
	const router = Router();
	if (client !== undefined && existsSync(client)) {
		router.use('/assets', serveStatic(join(client, 'assets'), { immutable: true, maxAge: '1y', index: false, redirect: false }));
		router.use(serveStatic(client, { index: false, redirect: false, setHeaders: (response) => response.setHeader('Content-Security-Policy', POLICY) }));
	}

	/** The application has addresses of its own (`/recipes/x`); all of them are this page. */
	router.get(/^\/[^.]*$/, (request: Request, response: Response) => {
		if (!welcome(request, response, token, exposed)) throw new Refusal(403, 'http.token');
		if (request.query.token !== undefined) {
			response.redirect(303, request.path);
			return;
		}
		if (client === undefined || !existsSync(join(client, 'index.html'))) throw new Refusal(503, 'http.page');
		response.set({ 'Content-Security-Policy': POLICY, 'Cache-Control': 'no-store' });
		response.sendFile('index.html', { root: client, cacheControl: false });
	});
	return router;
}
