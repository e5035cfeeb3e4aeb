/** `/api/doctor`: which programs are there, and which nodes are off. */
import { Router } from 'express';
import type { Context } from './services.ts';

export function doctorRoutes({ doctor }: Context): Router {
	const router = Router();
	router.get('/', async (_request, response) => {
		response.json(await doctor());
	});
	return router;
}
