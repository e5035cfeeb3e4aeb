/**
 * Server-sent events. Ids count up; the first event after a (re)connect is the state as it is now, and nothing that it holds is sent again.
 * What changes often (progress) is sent at most every 80 ms, newest first to go.
 */
import type { Request, Response } from 'express';

const PAUSE = 80;
const ALIVE = 15_000;
/** A reader that is this far behind is cut off; it comes back and gets the state as it is then. */
const PATIENCE_BYTES = 4 * 1024 * 1024;

export interface StreamOptions<E> {
	/** Everything so far, as one event. */
	readonly state: () => E;
	/** Keeps the events themselves, for readers whose state event doesn't hold them: they are replayed from `Last-Event-ID` on. */
	readonly replay?: boolean;
}

export class EventStream<E extends { readonly type: string }> {
	readonly #options: StreamOptions<E>;
	readonly #readers = new Set<Response>();
	readonly #kept: { readonly id: number; readonly event: E }[] = [];
	readonly #waiting = new Map<string, E>();
	#timer: NodeJS.Timeout | null = null;
	#id = 0;
	#last: E | null = null;

	constructor(options: StreamOptions<E>) {
		this.#options = options;
	}

	/** Tells all readers. Of events with the same `about`, only the newest in a moment is sent. */
	push(event: E, about?: string): void {
		if (this.#last !== null) return;
		if (about === undefined) {
			this.#flush();
			this.#send(event);
			return;
		}
		this.#waiting.set(about, event);
		this.#timer ??= setTimeout(() => this.#flush(), PAUSE);
	}

	/** Tells the last event and lets everybody go. */
	end(event: E): void {
		if (this.#last !== null) return;
		this.#flush();
		this.#send(event);
		this.#last = event;
		for (const reader of this.#readers) reader.end();
		this.#readers.clear();
	}

	/** Answers a request with the stream. */
	attach(request: Request, response: Response): void {
		response.set({ 'Content-Type': 'text/event-stream; charset=utf-8', 'Cache-Control': 'no-store', 'X-Accel-Buffering': 'no' });
		response.write('retry: 1000\n\n');
		this.#flush();
		const seen = Number(request.headers['last-event-id']);
		const from = Number.isSafeInteger(seen) && seen >= 0 && seen <= this.#id ? seen : 0;
		const replay = this.#options.replay === true;
		write(response, replay ? from : this.#id, this.#options.state());
		for (const { id, event } of this.#kept) if (id > from) write(response, id, event);
		if (this.#last !== null) {
			if (!replay) write(response, this.#id, this.#last);
			response.end();
			return;
		}
		this.#readers.add(response);
		const alive = setInterval(() => response.write(': alive\n\n'), ALIVE);
		response.on('close', () => {
			clearInterval(alive);
			this.#readers.delete(response);
		});
	}

	#flush(): void {
		if (this.#timer !== null) clearTimeout(this.#timer);
		this.#timer = null;
		for (const event of this.#waiting.values()) this.#send(event);
		this.#waiting.clear();
	}

	#send(event: E): void {
		this.#id++;
		if (this.#options.replay === true) this.#kept.push({ id: this.#id, event });
		for (const reader of this.#readers) {
			if (reader.writableLength > PATIENCE_BYTES) reader.destroy();
			else write(reader, this.#id, event);
		}
	}
}

function write(response: Response, id: number, event: object): void {
	// JSON holds no line breaks, so that one data line is enough.
	response.write(`id: ${id}\ndata: ${JSON.stringify(event)}\n\n`);
}
