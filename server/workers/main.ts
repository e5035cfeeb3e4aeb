/** A worker process: users' bytes are opened here and nowhere else. It does one thing at a time, and dies with its parent. */
import { enableCompileCache, flushCompileCache } from 'node:module';
import { problemOf } from '../../nodes/problems.ts';
import { look } from './look.ts';
import type { FromWorker, Reply, ToWorker } from './messages.ts';
import { PieceWorker } from './piece.ts';
import { warm } from './warm.ts';

enableCompileCache();
const artifacts = process.env.MILLWRIGHT_ARTIFACTS;
const temporary = process.env.MILLWRIGHT_TEMPORARY;
if (process.send === undefined || artifacts === undefined || temporary === undefined) throw new Error('a worker is started by the pool');

const pieces = new PieceWorker(artifacts, temporary);
let current: { readonly id: number; readonly abort: AbortController } | null = null;

process.on('message', (message: ToWorker) => {
	if (message.type === 'warm') {
		void warm(message.specs);
		return;
	}
	if (message.type === 'cancel') {
		if (current?.id === message.id) current.abort.abort();
		return;
	}
	const abort = new AbortController();
	current = { id: message.id, abort };
	void perform(message, abort.signal);
});
/* The parent is gone, whatever the reason: nobody wants the results. Aborting first ends what doesn't die with us: a sandbox that root has started. */
process.on('disconnect', () => {
	current?.abort.abort();
	process.exit(0);
});
process.on('SIGINT', () => {});

type Asked = Extract<ToWorker, { type: 'do' }>;

async function perform(asked: Asked, signal: AbortSignal): Promise<void> {
	const { id } = asked;
	try {
		const reply = await answer(asked, signal);
		send({ type: 'done', id, reply });
	} catch (error) {
		send({ type: 'failed', id, problem: problemOf(error) });
	}
	/* What was loaded is compiled for the next worker, too: this one will be killed, and so never gets to it at its end. Costs nothing when nothing is new. */
	setImmediate(flushCompileCache);
}

async function answer({ id, request, threads, memory }: Asked, signal: AbortSignal): Promise<Reply> {
	if (request.type === 'look') return look(request.path, request.name, request.thorough);
	if (request.type === 'inspect') return (await import('./inspect.ts')).inspect(request);
	if (request.type === 'rows') return (await import('../backends/table/rows.ts')).rowsOf(request.path, request.format, request.count, request.texts);
	if (request.type === 'reading') return (await import('../backends/table/reading.ts')).readingOf(request.path, request.format, request.name, request.columns);
	return pieces.run(request, { threads, memory, signal, progress: (group, share) => send({ type: 'progress', id, group, share }) });
}

function send(message: FromWorker): void {
	/* A parent that is gone can't be told; `disconnect` ends this process. */
	process.send?.(message, undefined, undefined, () => {});
}

send({ type: 'ready' });
