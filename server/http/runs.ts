/** `/api/runs`: runs of a recipe on the page's inputs. They go on when the page is closed, and are found again when it is opened. */
import { randomUUID } from 'node:crypto';
import { Router } from 'express';
import { problemOf } from '../../nodes/problems.ts';
import type { RunRequest } from '../engine/engine.ts';
import type { Entry } from '../stores/ledger.ts';
import type { RunBody, RunStreamEvent, RunView } from './api.ts';
import { bodyOf, param, readJson, runBody } from './body.ts';
import { EventStream } from './events.ts';
import { sendOutput, sendZip } from './outputs.ts';
import { Refusal } from './problems.ts';
import { afterEnd, afterEvent, newRun } from './run-view.ts';
import type { Context } from './services.ts';

const LISTED = 50;

interface Running {
	view: RunView;
	readonly stream: EventStream<RunStreamEvent>;
	readonly stop: AbortController;
}

export function runRoutes(context: Context): Router {
	const router = Router();
	const running = new Map<string, Running>();

	router.post('/', readJson, async (request, response) => {
		response.status(201).json(await start(bodyOf(request, runBody)));
	});

	router.get('/', (_request, response) => {
		response.json(context.runs.list(LISTED).map((entry) => running.get(entry.id)?.view ?? viewOf(entry)));
	});

	router.get('/:id', (request, response) => {
		response.json(known(param(request, 'id')));
	});

	router.get('/:id/events', (request, response) => {
		const id = param(request, 'id');
		const run = known(id);
		const stream = running.get(id)?.stream ?? finished(run);
		stream.attach(request, response);
	});

	router.delete('/:id', (request, response) => {
		const id = param(request, 'id');
		known(id);
		running.get(id)?.stop.abort();
		response.status(204).end();
	});

	router.get('/:id/outputs/all.zip', async (request, response) => {
		await sendZip(response, known(param(request, 'id')), context.results);
	});

	router.get('/:id/outputs/:n', async (request, response) => {
		await sendOutput(request, response, known(param(request, 'id')), param(request, 'n'), context.results);
	});

	async function start({ recipe, bindings, nodes }: RunBody): Promise<RunView> {
		const sources = await context.inputs.sources(bindings);
		const startedAt = new Date();
		const run: Running = {
			view: newRun(randomUUID(), recipe, startedAt),
			stream: new EventStream<RunStreamEvent>({ state: () => ({ type: 'state', run: run.view }) }),
			stop: new AbortController(),
		};
		const { id } = run.view;
		running.set(id, run);
		record(run.view);
		const asked: RunRequest = {
			recipe,
			bindings: sources,
			...(nodes === undefined ? {} : { observe: nodes }),
			signal: run.stop.signal,
			onEvent: (event) => {
				const { run: view, tell } = afterEvent(run.view, event);
				run.view = view;
				run.stream.push(tell, tell.type === 'node' ? `node ${tell.node}` : tell.type);
			},
		};
		const done = async (): Promise<RunView> => afterEnd(run.view, recipe, await context.engine.run(asked), context.results);
		done()
			.catch(
				(error: unknown): RunView => ({
					...run.view,
					state: 'failed',
					seconds: (Date.now() - startedAt.getTime()) / 1000,
					eta: null,
					problems: [problemOf(error)],
				}),
			)
			.then((view) => {
				run.view = view;
				record(view);
				running.delete(id);
				run.stream.end({ type: 'end', run: view });
			});
		return run.view;
	}

	/** The ledger's file may be closed before the last run has noticed that the server stops. */
	function record(view: RunView): void {
		try {
			context.runs.put({ id: view.id, name: view.name, state: view.state, started: view.startedAt, body: view });
		} catch (error) {
			console.error(error);
		}
	}

	function known(id: string): RunView {
		const current = running.get(id)?.view;
		if (current !== undefined) return current;
		const entry = context.runs.get(id);
		if (entry === null) throw new Refusal(404, 'run.unknown', { id });
		return viewOf(entry);
	}

	/** What the ledger holds; a run whose server is gone was interrupted. */
	function viewOf({ state, body }: Entry<RunView>): RunView {
		return state === 'interrupted' || body.state === 'running' ? { ...body, state: 'interrupted', eta: null } : body;
	}
	return router;
}

function finished(run: RunView): EventStream<RunStreamEvent> {
	const stream = new EventStream<RunStreamEvent>({ state: () => ({ type: 'state', run }) });
	stream.end({ type: 'end', run });
	return stream;
}
