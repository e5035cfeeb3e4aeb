/** `/api/batches`: one recipe over many files. */
import { availableParallelism } from 'node:os';
import { relative } from 'node:path';
import { Router } from 'express';
import { accountText } from '../batch/account.ts';
import { estimate } from '../batch/estimate.ts';
import { foresee } from '../batch/foresee.ts';
import { endInterrupted } from '../batch/undo.ts';
import type { Entry } from '../stores/ledger.ts';
import type { BatchBody, BatchPreview, BatchStreamEvent, BatchView, ItemView } from './api.ts';
import { planAgain, undoBatch } from './batch-again.ts';
import { planBatch } from './batch-plan.ts';
import type { BatchRecord } from './batch-record.ts';
import { accountOf } from './batch-report.ts';
import { passedOverViews, RunningBatch } from './batch-running.ts';
import { batchBody, bodyOf, param, query, readJson, retryBody } from './body.ts';
import { EventStream } from './events.ts';
import { mediaType } from './formats.ts';
import { Refusal } from './problems.ts';
import { disposition } from './send.ts';
import type { Context } from './services.ts';

const LISTED = 50;

export function batchRoutes(context: Context): Router {
	const router = Router();
	const running = new Map<string, RunningBatch>();
	void endInterrupted(context.stores).catch((error: unknown) => console.error(error));

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

	router.post('/estimate', readJson, async (request, response) => {
		response.json(await estimate(await planBatch(bodyOf(request, batchBody), context), context.engine, availableParallelism()));
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

	/** A new batch of what isn't done, or of what failed for one cause. */
	router.post('/:id/retry', readJson, async (request, response) => {
		const record = known(param(request, 'id'));
		const { body, planned } = await planAgain(record, request.body === undefined ? {} : bodyOf(request, retryBody), context);
		response.status(201).json(start(new RunningBatch(body, planned, context, record.writing)));
	});

	for (const [action, on] of [
		['pause', true],
		['resume', false],
	] as const)
		router.post(`/:id/${action}`, (request, response) => {
			const id = param(request, 'id');
			running.get(id)?.pause(on);
			response.json(known(id).view);
		});

	router.post('/:id/undo', async (request, response) => {
		const record = known(param(request, 'id'));
		const view = await undoBatch(record, context);
		context.batches.put({ id: view.id, name: view.name, state: view.state, started: view.startedAt, body: { ...record, view } });
		response.json(view);
	});

	for (const format of ['csv', 'json'] as const)
		router.get(`/:id/report.${format}`, (request, response) => {
			const { view } = known(param(request, 'id'));
			const language = query(request, 'language') === 'zh' ? 'zh' : 'en';
			response.set({ 'Content-Type': mediaType(format) ?? 'text/plain', 'Content-Disposition': disposition(`${view.name}.${format}`) });
			response.send(accountText(accountOf(view, language), format));
		});

	/** After a canary: all items, of which those that were tried are there already. */
	router.post('/:id/continue', async (request, response) => {
		const record = known(param(request, 'id'));
		const body = withoutCanary(record.body);
		const planned = await planBatch(body, context);
		const existing = planned.existing === 'error' ? 'resume' : planned.existing;
		response.status(201).json(start(new RunningBatch(body, { ...planned, existing }, context, record.writing)));
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
		return { ...entry.body, view: viewOf(entry) };
	}
	return router;
}

function withoutCanary({ canary: _, ...body }: BatchBody): BatchBody {
	return body;
}

/** What the ledger holds; a batch whose server is gone was interrupted. */
function viewOf({ state, body: { view } }: Entry<BatchRecord>): BatchView {
	if (state !== 'interrupted' && view.state !== 'running') return view;
	const { paused: _, ...rest } = view;
	const items = view.items.map((item): ItemView => (item.state === 'running' ? { ...item, state: 'waiting' } : item));
	return { ...rest, state: 'interrupted', eta: null, items };
}

function finished(batch: BatchView): EventStream<BatchStreamEvent> {
	const stream = new EventStream<BatchStreamEvent>({ state: () => ({ type: 'state', batch }) });
	stream.end({ type: 'end', batch });
	return stream;
}
