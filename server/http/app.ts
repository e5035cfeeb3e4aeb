/** The web application: one resource a file; who may ask is decided before any of them. */
import express, { type Express } from 'express';
import { artifactRoutes } from './artifacts.ts';
import { batchRoutes } from './batches.ts';
import { doctorRoutes } from './doctor.ts';
import { ejectRoutes } from './eject.ts';
import { explainRoutes } from './explain.ts';
import { galleryRoutes } from './gallery.ts';
import { inputRoutes } from './inputs.ts';
import { pageRoutes } from './page.ts';
import { planRoutes } from './plans.ts';
import { previewRoutes } from './previews.ts';
import { Refusal, replyWithProblem } from './problems.ts';
import { recipeRoutes } from './recipes.ts';
import { rootRoutes } from './roots.ts';
import { runRoutes } from './runs.ts';
import { guard, session } from './security.ts';
import { contextOf, type Services } from './services.ts';
import { settingsRoutes } from './settings.ts';
import { watchRoutes } from './watches.ts';

export { listen } from './listen.ts';
export { newToken } from './security.ts';

export function createApp(services: Services): Express {
	const context = contextOf(services);
	const app = express();
	app.disable('x-powered-by');
	app.set('query parser', 'simple');
	app.use(guard(services.hosts ?? []));
	app.use('/api', session(services.token), (_request, response, next) => {
		response.set('Cache-Control', 'no-store');
		next();
	});
	app.use('/api/artifacts', artifactRoutes(context));
	app.use('/api/batches', batchRoutes(context));
	app.use('/api/doctor', doctorRoutes(context));
	app.use('/api/eject', ejectRoutes(context));
	app.use('/api/explain', explainRoutes(context));
	app.use('/api/gallery', galleryRoutes(context));
	app.use('/api/inputs', inputRoutes(context));
	app.use('/api/plans', planRoutes(context));
	app.use('/api/previews', previewRoutes(context));
	app.use('/api/recipes', recipeRoutes(context));
	app.use('/api/roots', rootRoutes(context));
	app.use('/api/runs', runRoutes(context));
	app.use('/api/settings', settingsRoutes(context));
	app.use('/api/watches', watchRoutes(context));
	app.use('/api', (request) => {
		throw new Refusal(404, 'http.route', { path: `/api${request.path}` });
	});
	app.use(pageRoutes(context));
	app.use((request) => {
		throw new Refusal(404, 'http.route', { path: request.path });
	});
	app.use(replyWithProblem);
	return app;
}
