/** Server-sent events: reconnects by itself, stops when the listener says that it has seen the end. */

const NAMES = ['message', 'state', 'node', 'planned', 'failed', 'progress', 'item', 'end'];

/**
 * Listens to a stream of JSON events.
 * @param onEvent returns true after the last event.
 * @param onLost the stream can't be had (any more).
 * @returns stops listening.
 */
export function listen<E>(url: string, onEvent: (event: E) => boolean, onLost: () => void): () => void {
	const stream = new EventSource(url);
	let over = false;
	let losses = 0;
	const stop = () => {
		over = true;
		stream.close();
	};
	const take = (message: MessageEvent<string>) => {
		if (over) return;
		losses = 0;
		const event: E = JSON.parse(message.data);
		if (onEvent(event)) stop();
	};
	for (const name of NAMES) stream.addEventListener(name, (event) => event instanceof MessageEvent && take(event));
	stream.addEventListener('error', () => {
		if (over) return;
		losses += 1;
		if (stream.readyState === EventSource.CLOSED || losses > 8) {
			stop();
			onLost();
		}
	});
	return stop;
}
