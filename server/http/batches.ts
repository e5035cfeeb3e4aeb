/** `/api/batches`: one recipe over many files. */
import { relative } from 'node:path';
import { Router } from 'express';
import { foresee } from '../batch/foresee.ts';
import type { Entry } from '../stores/ledger.ts';
import type { BatchBody, BatchPreview, BatchStreamEvent, BatchView, ItemView } from './api.ts';
import { planBatch } from './batch-plan.ts';
import type { BatchRecord } from './batch-record.ts';
import { passedOverViews, RunningBatch } from './batch-running.ts';
import { batchBody, bodyOf, param, readJson } from './body.ts';
import { EventStream } from './events.ts';
import { Refusal } from './problems.ts';
import type { Context } from './services.ts';

const LISTED = 50;

export function batchRoutes(context: Context): Router {
	const router = Router();
	const running = new Map<string, RunningBatch>();

	router.post('/', readJson, async (request, response) => {
		const body = bodyOf(request, batchBody);
		const planned = await planBatch(body, context);
		const [problem] = foresee(planned).problems;
		if (problem !== undefined) throw new Refusal(422, problem.key, problem.values);
		response.status(201).json(start(new RunningBatch(body, planned, context)));
	});

	router.post('/preview', readJson, async (request, response) => {
		const planned = await planBatch(bodyOf(request, batchBody), context);
		const { predicted, problems } = foresee(planned);
		const preview: BatchPreview = {
			items: predicted.map(({ item, paths }) => ({ item, outputs: paths.map((path) => relative(planned.out, path)) })),
			passedOver: passedOverViews(planned.passedOver),
			problems,
		};
		response.json(preview);
	});

	router.get('/', (_request, response) => {
		response.json(context.batches.list(LISTED).map((entry) => running.get(entry.id)?.view ?? viewOf(entry)));
	});

	router.get('/:id', (request, response) => {
		response.json(known(param(request, 'id')).view);
	});

	router.get('/:id/events', (request, response) => {
		const id = param(request, 'id');
		const { view } = known(id);
		(running.get(id)?.stream ?? finished(view)).attach(request, response);
	});

	/** A new batch of what isn't done; what is stays, and what was written half a batch ago is recognised. */
	router.post('/:id/retry', async (request, response) => {
		const { body, view } = known(param(request, 'id'));
		const open = view.items.filter(({ state }) => state !== 'done' && state !== 'cached' && state !== 'skipped');
		const wanted =
			open.some(({ state }) => state === 'failed') && view.state !== 'interrupted' && view.state !== 'cancelled'
				? open.filter(({ state }) => state === 'failed')
				: open;
		const names = new Set(wanted.map(({ item }) => item));
		const planned = await planBatch(body, context);
		if (!planned.items.some(({ item }) => names.has(item))) throw new Refusal(404, 'input.not-found', { path: [...names].slice(0, 3).join(', ') });
		const existing = planned.existing === 'error' ? 'resume' : planned.existing;
		response.status(201).json(start(new RunningBatch(withoutCanary(body), { ...planned, only: names, existing }, context)));
	});

	/** After a canary: all items, of which those that were tried are there already. */
	router.post('/:id/continue', async (request, response) => {
		const body = withoutCanary(known(param(request, 'id')).body);
		const planned = await planBatch(body, context);
		const existing = planned.existing === 'error' ? 'resume' : planned.existing;
		response.status(201).json(start(new RunningBatch(body, { ...planned, existing }, context)));
	});

	router.delete('/:id', (request, response) => {
		const id = param(request, 'id');
		known(id);
		running.get(id)?.cancel();
		response.status(204).end();
	});

	function start(batch: RunningBatch): BatchView {
		running.set(batch.view.id, batch);
		batch.go().finally(() => running.delete(batch.view.id));
		return batch.view;
	}

	function known(id: string): BatchRecord {
		const current = running.get(id);
		if (current !== undefined) return current;
		const entry = context.batches.get(id);
		if (entry === null) throw new Refusal(404, 'batch.unknown', { id });
		return { body: entry.body.body, view: viewOf(entry) };
	}
	return router;
}

function withoutCanary({ canary: _, ...body }: BatchBody): BatchBody {
	return body;
}

/** What the ledger holds; a batch whose server is gone was interrupted. */
function viewOf({ state, body: { view } }: Entry<BatchRecord>): BatchView {
	if (state !== 'interrupted' && view.state !== 'running') return view;
	const items = view.items.map((item): ItemView => (item.state === 'running' ? { ...item, state: 'waiting' } : item));
	return { ...view, state: 'interrupted', eta: null, items };
}

function finished(batch: BatchView): EventStream<BatchStreamEvent> {
	const stream = new EventStream<BatchStreamEvent>({ state: () => ({ type: 'state', batch }) });
	stream.end({ type: 'end', batch });
	return stream;
}
