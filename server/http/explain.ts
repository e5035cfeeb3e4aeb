/** `/api/explain`: what would run, as commands. */
import { Router } from 'express';
import { bodyOf, explainBody, readJson } from './body.ts';
import type { Context } from './services.ts';

export function explainRoutes({ engine, inputs }: Context): Router {
	const router = Router();
	router.post('/', readJson, async (request, response) => {
		const { recipe, bindings } = bodyOf(request, explainBody);
		response.json(await engine.explain(recipe, await inputs.sources(bindings)));
	});
	return router;
}
