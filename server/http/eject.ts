/** `/api/eject`: the recipe as a script. */
import { Router } from 'express';
import { bodyOf, ejectBody, readJson } from './body.ts';
import { disposition } from './send.ts';
import type { Context } from './services.ts';

export function ejectRoutes({ eject, inputs }: Context): Router {
	const router = Router();
	router.post('/', readJson, async (request, response) => {
		const { recipe, bindings, as } = bodyOf(request, ejectBody);
		const file = as === 'sh' ? 'convert.sh' : 'convert.mjs';
		const script = await eject({ recipe, examples: await inputs.sources(bindings), as, file });
		response
			.type('text/plain')
			.set({ 'Content-Disposition': disposition(file), 'X-Content-Type-Options': 'nosniff' })
			.send(script);
	});
	return router;
}
