/** `/api/watches`: folders that are watched while the server runs, and schedules. Nothing outside of granted folders is read or written. */
import { access, constants, realpath } from 'node:fs/promises';
import { relative } from 'node:path';
import { Router } from 'express';
import { z } from 'zod';
import { ProblemError, RunError } from '../../nodes/problems.ts';
import { sourceNodes } from '../batch/inputs.ts';
import type { Definition } from '../watch/definitions.ts';
import { whenSchema } from '../watch/definitions.ts';
import type { Around, StandingWatch } from '../watch/standing.ts';
import { bodyOf, param, placeBody, readJson, recipeBody } from './body.ts';
import { isBelow, isHidden } from './paths.ts';
import { Refusal } from './problems.ts';
import type { Context } from './services.ts';
import type { WatchBody, WatchedItem, WatchView } from './watch-view.ts';

const RECENT = 8;
/** So far back a failure is looked for. */
const REMEMBERED = 500;

const watchBody: z.ZodType<WatchBody> = z.strictObject({
	recipe: recipeBody.shape.recipe,
	node: z.string(),
	bindings: z.record(z.string(), z.array(z.string())),
	from: placeBody,
	pattern: z.string().max(500).exactOptional(),
	recursive: z.boolean(),
	to: placeBody,
	name: z.string().max(500).exactOptional(),
	existing: z.enum(['error', 'skip', 'overwrite']),
	when: whenSchema,
});
const pauseBody = z.strictObject({ paused: z.boolean() });

export function watchRoutes(context: Context): Router {
	const router = Router();
	const { watches } = context;
	watches.start(aroundOf(context));

	router.get('/', (_request, response) => {
		response.json(watches.list().map(viewOf));
	});

	router.post('/', readJson, async (request, response) => {
		const body = bodyOf(request, watchBody);
		const source = sourceNodes(body.recipe).find(({ id }) => id === body.node);
		if (source === undefined) throw new Refusal(422, 'graph.unknown-node', { node: body.node });
		if (source.many) throw new Refusal(422, 'watch.many', { node: body.node });
		const shown = { from: await context.rootSet.resolve(body.from.root, body.from.path), to: await outOf(body.to, context) };
		await context.inputs.sources(body.bindings);
		const { bindings } = body;
		const copied = Object.fromEntries(Object.entries(bindings).map(([node, ids]) => [node, [...ids]]));
		response.status(201).json(viewOf(watches.add({ ...body, bindings: copied, shown })));
	});

	/** Pauses a watch, or lets it go on. */
	router.patch('/:id', readJson, async (request, response) => {
		const watch = known(param(request, 'id'));
		await watch.pause(bodyOf(request, pauseBody).paused);
		response.json(viewOf(watch));
	});

	/** What failed is tried again. */
	router.post('/:id/retry', (request, response) => {
		const watch = known(param(request, 'id'));
		watch.retry();
		response.json(viewOf(watch));
	});

	/** A schedule goes through its folder without waiting for its time. */
	router.post('/:id/now', (request, response) => {
		const watch = known(param(request, 'id'));
		watch.now();
		response.json(viewOf(watch));
	});

	router.delete('/:id', async (request, response) => {
		await watches.remove(known(param(request, 'id')).definition.id);
		response.status(204).end();
	});

	function known(id: string): StandingWatch {
		const watch = watches.get(id);
		if (watch === null) throw new Refusal(404, 'watch.unknown', { id });
		return watch;
	}
	return router;
}

/** Grants and folders as they are at the moment, not as they were when the watch was made. */
function aroundOf(context: Context): Around {
	return {
		places: async ({ from, to, shown }) => {
			const folder = await context.rootSet.resolve(from.root, from.path).catch((error) => {
				throw isGone(error) ? new RunError('watch.gone', { path: shown.from }) : error;
			});
			return { folder, out: await outOf(to, context, shown.to) };
		},
		bindings: ({ bindings }: Definition) => context.inputs.sources(bindings),
		allows: async ({ from }, { path }) => {
			const root = await context.rootSet.get(from.root);
			const real = await realpath(path).catch(() => null);
			return real !== null && isBelow(root.path, real) && !isHidden(root.path, real);
		},
	};
}

async function outOf(to: Definition['to'], context: Context, shown?: string): Promise<string> {
	try {
		const root = await context.rootSet.get(to.root);
		await access(root.path, constants.W_OK).catch(() => {
			throw new Refusal(422, 'root.readonly', { path: root.path });
		});
		return await context.rootSet.resolve(to.root, to.path, 'allow');
	} catch (error) {
		throw shown !== undefined && isGone(error) ? new RunError('watch.gone', { path: shown }) : error;
	}
}

/** A folder that isn't there (a drive that was taken out) may come back. */
function isGone(error: unknown): boolean {
	return error instanceof ProblemError && ['path.missing', 'root.unknown'].includes(error.problem.key);
}

function viewOf(watch: StandingWatch): WatchView {
	const { id, recipe, when, shown, last } = watch.definition;
	const items = watch.memory.newest(REMEMBERED).flatMap(({ item, state, at, outputs, problem }): WatchedItem[] => {
		if (state === 'running') return [];
		return [{ item, state, at, outputs: Object.keys(outputs).map((path) => relative(shown.to, path)), problem }];
	});
	return {
		id,
		name: recipe.name,
		when,
		state: watch.state,
		from: shown.from,
		to: shown.to,
		counts: watch.counts,
		problem: watch.problem,
		lastError: items.find(({ state }) => state === 'failed') ?? null,
		recent: items.slice(0, RECENT),
		last,
		next: watch.next?.toISOString() ?? null,
	};
}
