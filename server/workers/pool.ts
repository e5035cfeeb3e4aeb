/** The pool of worker processes: a budget of cores shared by everything that runs, interactive work first. */
import { availableParallelism, totalmem } from 'node:os';
import { Cancelled, type Problem, ProblemError, RunError } from '../../nodes/problems.ts';
import type {
	InspectReply,
	InspectRequest,
	LookReply,
	LookRequest,
	PieceReply,
	PieceRequest,
	ReadingReply,
	ReadingRequest,
	RowsReply,
	RowsRequest,
	Workers,
	WorkOptions,
} from '../engine/workers.ts';
import { Budget, type Work } from './budget.ts';
import type { FromWorker, Reply, Request, ToWorker } from './messages.ts';
import { end, keepAlive, killGroup, removeFolders, residentBytes, startWorker, type Worker } from './process.ts';

/** How long a worker may take to end what was cancelled before it is killed, in milliseconds. */
const GRACE = 1500;
const MEMORY_CHECK = 500;

export interface PoolOptions {
	readonly artifacts: string;
	readonly temporary: string;
	readonly cores?: number;
	/** Bytes of resident memory at which a worker is stopped. */
	readonly memory?: number;
	/** Bytes that all work together may hold, as it was estimated. */
	readonly budget?: number;
	/** File that a worker runs; beside this one unless told. */
	readonly script?: string;
	/** Workers that were started before this pool. */
	readonly ahead?: readonly Worker[];
}

export class Pool implements Workers {
	readonly cores: number;
	readonly #options: PoolOptions;
	readonly #workers = new Set<Worker>();
	readonly #budget: Budget;
	/** Bytes for each of as many as there are cores. */
	readonly #share: number;
	#next = 1;
	#closed = false;

	constructor(options: PoolOptions) {
		this.#options = options;
		this.cores = options.cores ?? availableParallelism();
		const memory = options.budget ?? usualBudget();
		this.#share = memory / this.cores;
		this.#budget = new Budget({ cores: this.cores, memory });
		for (const worker of options.ahead ?? []) this.#adopt(worker);
	}

	async piece(request: PieceRequest, options: WorkOptions = {}): Promise<PieceReply> {
		const reply = await this.#do(request, options);
		if (!('made' in reply)) throw new Error('a worker answered another question');
		return reply;
	}

	async look(request: LookRequest, options: WorkOptions = {}): Promise<LookReply> {
		const reply = await this.#do(request, { timeout: 120, ...options });
		if (!('readings' in reply)) throw new Error('a worker answered another question');
		return reply;
	}

	async rows(request: RowsRequest, options: WorkOptions = {}): Promise<RowsReply> {
		const reply = await this.#do(request, { timeout: 60, ...options });
		if ('made' in reply || 'readings' in reply || 'properties' in reply || 'select' in reply) throw new Error('a worker answered another question');
		return reply;
	}

	async inspect(request: InspectRequest, options: WorkOptions = {}): Promise<InspectReply> {
		const reply = await this.#do(request, { timeout: 120, ...options });
		if (!('properties' in reply)) throw new Error('a worker answered another question');
		return reply;
	}

	async reading(request: ReadingRequest, options: WorkOptions = {}): Promise<ReadingReply> {
		const reply = await this.#do(request, { timeout: 120, ...options });
		if (!('select' in reply)) throw new Error('a worker answered another question');
		return reply;
	}

	/** Ends all workers and what they run. */
	async close(): Promise<void> {
		this.#closed = true;
		for (const work of this.#budget.clear()) work.reject(new Cancelled());
		await Promise.all([...this.#workers].map((worker) => end(worker)));
	}

	/** Ids of the worker processes. */
	get pids(): number[] {
		return [...this.#workers].flatMap((worker) => worker.process.pid ?? []);
	}

	#do(request: Request, options: WorkOptions): Promise<Reply> {
		return new Promise((resolve, reject) => {
			if (this.#closed || options.signal?.aborted === true) {
				reject(new Cancelled());
				return;
			}
			/* The signal may be that of a batch of ten thousand items: what is done must not be kept by it. */
			const settled = () => options.signal?.removeEventListener('abort', cancel);
			const work: Work = {
				id: this.#next++,
				request,
				options,
				...this.#budget.counted(options),
				resolve: (reply) => {
					settled();
					resolve(reply);
				},
				reject: (error) => {
					settled();
					reject(error);
				},
			};
			const cancel = () => this.#cancel(work);
			options.signal?.addEventListener('abort', cancel, { once: true });
			this.#budget.wait(work);
			this.#dispatch();
		});
	}

	#dispatch(): void {
		for (let work = this.#budget.next(); work !== undefined; work = this.#budget.next()) this.#start(work);
	}

	#start(work: Work): void {
		const specs = specsOf(work.request);
		const worker = bestFor(specs, [...this.#workers]) ?? this.#spawn();
		for (const spec of specs) worker.loaded.add(spec);
		worker.work = work;
		keepAlive(worker, true);
		const { timeout } = work.options;
		if (timeout !== undefined) worker.timers.push(setTimeout(() => this.#stop(worker, 'timeout'), timeout * 1000));
		worker.timers.push(setInterval(() => this.#checkMemory(worker), MEMORY_CHECK));
		for (const timer of worker.timers) timer.unref();
		const { id, request, threads } = work;
		const message: ToWorker = { type: 'do', id, request, threads, memory: this.#granted(work) };
		worker.process.send(message, () => {});
		work.options.onStart?.();
	}

	#spawn(): Worker {
		return this.#adopt(startWorker({ ...this.#options, threads: this.cores + 2 }));
	}

	#adopt(worker: Worker): Worker {
		this.#workers.add(worker);
		worker.process.on('message', (message: FromWorker) => this.#hear(worker, message));
		worker.process.on('exit', (code, signal) => this.#lost(worker, signal ?? `exit ${code}`));
		worker.process.on('error', (error) => this.#lost(worker, error.message));
		return worker;
	}

	#hear(worker: Worker, message: FromWorker): void {
		const { work } = worker;
		if (message.type === 'ready' || work === null || message.id !== work.id) return;
		if (message.type === 'progress') {
			work.options.onProgress?.(message.group, message.share);
			return;
		}
		this.#release(worker);
		if (message.type === 'done') work.resolve(message.reply);
		else work.reject(new ProblemError(message.problem));
		this.#dispatch();
	}

	#release(worker: Worker): void {
		for (const timer of worker.timers) clearTimeout(timer);
		worker.timers = [];
		if (worker.work !== null) this.#budget.release(worker.work);
		worker.work = null;
		keepAlive(worker, false);
	}

	#lost(worker: Worker, reason: string): void {
		if (!this.#workers.delete(worker)) return;
		killGroup(worker);
		void removeFolders(this.#options.temporary, worker.process.pid);
		const { work } = worker;
		this.#release(worker);
		work?.reject(new ProblemError(problemOfLoss(worker, work, reason)));
		if (!this.#closed) this.#dispatch();
	}

	#cancel(work: Work): void {
		this.#budget.forget(work);
		work.reject(new Cancelled());
		const worker = [...this.#workers].find((one) => one.work === work);
		if (worker === undefined) {
			/* Others may have waited behind it. */
			if (!this.#closed) this.#dispatch();
			return;
		}
		const message: ToWorker = { type: 'cancel', id: work.id };
		worker.process.send(message, () => {});
		worker.timers.push(setTimeout(() => this.#stop(worker, 'cancelled'), GRACE));
	}

	#stop(worker: Worker, doom: 'memory' | 'timeout' | 'cancelled'): void {
		worker.doom = doom;
		killGroup(worker);
	}

	/* What a worker may hold: its share, or more, where more was set aside for it. */
	#granted(work: Work): number {
		return Math.floor(Math.min(this.#options.memory ?? Number.POSITIVE_INFINITY, Math.max(this.#share, work.memory)));
	}

	#checkMemory(worker: Worker): void {
		const limit = this.#options.memory ?? Math.max(usualBudget() / this.cores, worker.work?.memory ?? 0);
		const used = residentBytes(worker.process.pid);
		if (used !== null && used > limit) this.#stop(worker, 'memory');
	}
}

/** Bytes for everything that runs: the rest is for the system, and for programs that people have open. */
function usualBudget(): number {
	/* A container may have less than the machine. */
	const allowed = process.constrainedMemory();
	return (allowed > 0 ? Math.min(totalmem(), allowed) : totalmem()) * 0.7;
}

/** What a request will load. */
function specsOf(request: Request): readonly string[] {
	return request.type === 'piece' ? request.groups.flatMap((group) => group.parts.map((part) => part.spec)) : [];
}

/** Of the idle workers the one that has loaded the most of what is needed, and the least of what isn't. */
function bestFor(specs: readonly string[], workers: readonly Worker[]): Worker | undefined {
	const idle = workers.filter((one) => one.work === null && one.doom === null);
	const score = ({ loaded }: Worker) => specs.filter((spec) => loaded.has(spec)).length * 1000 - loaded.size;
	return idle.reduce<Worker | undefined>((best, one) => (best === undefined || score(one) > score(best) ? one : best), undefined);
}

function problemOfLoss(worker: Worker, work: Work, reason: string): Problem {
	if (worker.doom === 'cancelled') return new Cancelled().problem;
	if (worker.doom === 'timeout') return new RunError('run.timeout', { seconds: work.options.timeout ?? 0 }, { resource: true }).problem;
	return new RunError('run.worker-died', { reason: worker.doom === 'memory' ? 'memory' : reason }, { resource: true }).problem;
}
