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
	/** File that a worker runs; beside this one unless told. */
	readonly script?: string;
	/** Workers that were started before this pool. */
	readonly ahead?: readonly Worker[];
}

export interface Work {
	readonly id: number;
	readonly request: Request;
	readonly options: WorkOptions;
	/** Asked for, and once it has started: granted. */
	threads: number;
	readonly resolve: (reply: Reply) => void;
	readonly reject: (error: Error) => void;
}

export class Pool implements Workers {
	readonly cores: number;
	readonly #options: PoolOptions;
	readonly #workers = new Set<Worker>();
	readonly #queue: { interactive: Work[]; batch: Work[] } = { interactive: [], batch: [] };
	#free: number;
	#next = 1;
	#closed = false;

	constructor(options: PoolOptions) {
		this.#options = options;
		this.cores = options.cores ?? availableParallelism();
		this.#free = this.cores;
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
		for (const work of [...this.#queue.interactive.splice(0), ...this.#queue.batch.splice(0)]) work.reject(new Cancelled());
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
			const work: Work = { id: this.#next++, request, options, threads: Math.min(this.cores, Math.max(1, options.threads ?? 1)), resolve, reject };
			options.signal?.addEventListener('abort', () => this.#cancel(work), { once: true });
			this.#queue[options.priority ?? 'interactive'].push(work);
			this.#dispatch();
		});
	}

	/* Interactive work first, and it never waits for long work of others that holds all cores: one of it may run beside. Work that could use more cores than are free takes those. */
	#dispatch(): void {
		const { interactive, batch } = this.#queue;
		this.#drain(interactive, (work) => this.#free > 0 || (this.#free === 0 && !this.#isRunning(work.options.run)));
		if (interactive.length === 0) this.#drain(batch, () => this.#free > 0);
	}

	#drain(queue: Work[], mayStart: (work: Work) => boolean): void {
		for (let work = queue.find(mayStart); work !== undefined; work = queue.find(mayStart)) {
			queue.splice(queue.indexOf(work), 1);
			work.threads = Math.max(1, Math.min(work.threads, this.#free));
			this.#start(work);
		}
	}

	#isRunning(run: object | undefined): boolean {
		return run !== undefined && [...this.#workers].some((worker) => worker.work?.options.run === run);
	}

	#start(work: Work): void {
		const specs = specsOf(work.request);
		const worker = bestFor(specs, [...this.#workers]) ?? this.#spawn();
		for (const spec of specs) worker.loaded.add(spec);
		worker.work = work;
		keepAlive(worker, true);
		this.#free -= work.threads;
		const { timeout } = work.options;
		if (timeout !== undefined) worker.timers.push(setTimeout(() => this.#stop(worker, 'timeout'), timeout * 1000));
		worker.timers.push(setInterval(() => this.#checkMemory(worker), MEMORY_CHECK));
		for (const timer of worker.timers) timer.unref();
		const message: ToWorker = { type: 'do', id: work.id, request: work.request, threads: work.threads };
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
		this.#free += worker.work?.threads ?? 0;
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
		for (const queue of [this.#queue.interactive, this.#queue.batch]) {
			const at = queue.indexOf(work);
			if (at >= 0) queue.splice(at, 1);
		}
		work.reject(new Cancelled());
		const worker = [...this.#workers].find((one) => one.work === work);
		if (worker === undefined) return;
		const message: ToWorker = { type: 'cancel', id: work.id };
		worker.process.send(message, () => {});
		worker.timers.push(setTimeout(() => this.#stop(worker, 'cancelled'), GRACE));
	}

	#stop(worker: Worker, doom: 'memory' | 'timeout' | 'cancelled'): void {
		worker.doom = doom;
		killGroup(worker);
	}

	#checkMemory(worker: Worker): void {
		const limit = this.#options.memory ?? Math.floor((totalmem() * 0.7) / this.cores);
		const used = residentBytes(worker.process.pid);
		if (used !== null && used > limit) this.#stop(worker, 'memory');
	}
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
