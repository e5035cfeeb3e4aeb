/** `/api/artifacts`: finished values by their content hash. */
import { Router } from 'express';
import { param, query } from './body.ts';
import { Refusal } from './problems.ts';
import { sendBytes } from './send.ts';
import type { Context } from './services.ts';

const MOST_ROWS = 10_000;

export function artifactRoutes({ engine, results }: Context): Router {
	const router = Router();

	router.get('/:hash', async (request, response) => {
		const content = param(request, 'hash');
		const format = query(request, 'type') ?? 'bin';
		await sendBytes(request, response, { path: await results.path(content), format, content, immutable: true, missing: new Refusal(404, 'artifact.unknown') });
	});

	router.get('/:hash/rows', async (request, response) => {
		const table = await results.table(param(request, 'hash'));
		const count = Math.min(MOST_ROWS, Math.max(1, Math.trunc(Number(query(request, 'count') ?? 100)) || 1));
		const rows = await engine.rows(table, count);
		const known = table.metadata.kind === 'table' ? table.metadata.columns : null;
		response.json({ columns: known ?? Object.keys(rows[0] ?? {}).map((name) => ({ name, type: 'other' })), rows });
	});
	return router;
}
