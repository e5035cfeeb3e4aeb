/** `/api/explain`: what would run, as commands. An input that has no file stands for a typical one. */
import { Router } from 'express';
import { standIns } from '../engine/stand-ins.ts';
import { bodyOf, explainBody, readJson } from './body.ts';
import type { Context } from './services.ts';

export function explainRoutes({ engine, inputs }: Context): Router {
	const router = Router();
	router.post('/', readJson, async (request, response) => {
		const { recipe, bindings } = bodyOf(request, explainBody);
		const sources = Object.entries(await inputs.sources(bindings)).filter(([, files]) => files.length > 0);
		response.json(await engine.explain(recipe, { ...standIns(recipe), ...Object.fromEntries(sources) }));
	});
	return router;
}
