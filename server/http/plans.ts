/** `/api/plans`: a goal becomes a plan while the page watches. */
import { randomUUID } from 'node:crypto';
import { Router } from 'express';
import { problemOf } from '../../nodes/problems.ts';
import type { Plan } from '../planner/plan.ts';
import type { InputBindings, PlanBody, PlanEvent } from './api.ts';
import { bodyOf, param, planBody, readJson } from './body.ts';
import { EventStream } from './events.ts';
import { Refusal } from './problems.ts';
import type { Context } from './services.ts';

/** A finished plan stays this long for a page that comes back. */
const KEPT = 10 * 60_000;

interface Planning {
	readonly stream: EventStream<PlanEvent>;
	readonly stop: AbortController;
}

export function planRoutes(context: Context): Router {
	const router = Router();
	const plans = new Map<string, Planning>();

	router.post('/', readJson, async (request, response) => {
		const body = bodyOf(request, planBody);
		const ids = wantedInputs(body);
		const sources = await Promise.all(ids.map((id) => context.inputs.source(id)));
		const id = randomUUID();
		const planning: Planning = {
			stream: new EventStream<PlanEvent>({ state: () => ({ type: 'state', state: 'planning' }), replay: true }),
			stop: new AbortController(),
		};
		plans.set(id, planning);
		const { goal, language, recipe, planner } = body;
		const asked = context.plan(
			{
				goal,
				sources,
				language,
				...(recipe === undefined ? {} : { recipe }),
				signal: planning.stop.signal,
				onNode: (node, sofar) => planning.stream.push({ type: 'node', node, recipe: sofar }),
				onTry: () => planning.stream.push({ type: 'state', state: 'trying' }),
			},
			{ planner },
		);
		asked
			.then((plan) => planning.stream.end({ type: 'planned', plan, bindings: boundInputs(plan, ids, body) }))
			.catch((error: unknown) => planning.stream.end({ type: 'failed', problem: problemOf(error) }))
			.finally(() => setTimeout(() => plans.delete(id), KEPT).unref());
		response.status(201).json({ id });
	});

	router.get('/:id/events', (request, response) => {
		known(param(request, 'id')).stream.attach(request, response);
	});

	router.delete('/:id', (request, response) => {
		known(param(request, 'id')).stop.abort();
		response.status(204).end();
	});

	function known(id: string): Planning {
		const planning = plans.get(id);
		if (planning === undefined) throw new Refusal(404, 'plan.unknown', { id });
		return planning;
	}
	return router;
}

/** New inputs first, then those that the recipe to edit is bound to. */
function wantedInputs({ inputs, bindings }: PlanBody): string[] {
	return [...new Set([...inputs, ...Object.values(bindings ?? {}).flat()])];
}

/** Source nodes → input ids: as the plan says; where it says nothing, as before. */
function boundInputs(plan: Plan, ids: readonly string[], body: PlanBody): InputBindings {
	const nodes = plan.recipe?.graph.nodes ?? {};
	const before = Object.entries(body.bindings ?? {}).filter(([node]) => Object.hasOwn(nodes, node));
	const planned = Object.entries(plan.bindings).map(([node, indices]) => [node, indices.flatMap((index) => ids[index] ?? [])] as const);
	return { ...Object.fromEntries(before), ...Object.fromEntries(planned) };
}
