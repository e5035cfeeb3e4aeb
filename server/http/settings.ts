/** `/api/settings`: the language model. The key goes in and never comes out. */
import { Router } from 'express';
import { modelConfig, writeModelSettings } from '../planner/openai/config.ts';
import type { Settings } from './api.ts';
import { bodyOf, keyBody, readJson } from './body.ts';
import type { Context } from './services.ts';

export function settingsRoutes({ home }: Context): Router {
	const router = Router();

	router.get('/', (_request, response) => {
		const { key, baseUrl, model } = modelConfig(process.env, home.folder);
		const settings: Settings = { model, baseUrl: withoutSecrets(baseUrl), key: key !== null, home: home.folder };
		response.json(settings);
	});

	router.put('/key', readJson, (request, response) => {
		writeModelSettings(home.folder, bodyOf(request, keyBody));
		response.status(204).end();
	});
	return router;
}

/** An address may carry a password. */
function withoutSecrets(url: string | null): string | null {
	if (url === null || !URL.canParse(url)) return url;
	const parsed = new URL(url);
	parsed.username = '';
	parsed.password = '';
	return parsed.href;
}
