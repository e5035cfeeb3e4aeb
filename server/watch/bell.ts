/** A wait that can be cut short. Timers are monotonic: nothing here asks for the time of day. */
export class Bell {
	#ring: () => void = () => undefined;
	#rung = false;

	/** Ends the wait that is under way, or else the next one. */
	ring(): void {
		this.#rung = true;
		this.#ring();
	}

	/** @param pause at least so many milliseconds, unless stopped; @param most at most so many. */
	async wait(pause: number, most: number, signal: AbortSignal): Promise<void> {
		await this.#sleep(Math.min(pause, most), signal, false);
		if (most > pause) await this.#sleep(most - pause, signal, true);
		this.#rung = false;
	}

	#sleep(milliseconds: number, signal: AbortSignal, wakeable: boolean): Promise<void> {
		if (signal.aborted || (wakeable && this.#rung)) return Promise.resolve();
		return new Promise((resolve) => {
			const end = () => {
				clearTimeout(timer);
				signal.removeEventListener('abort', end);
				this.#ring = () => undefined;
				resolve();
			};
			const timer = setTimeout(end, milliseconds);
			signal.addEventListener('abort', end);
			if (wakeable) this.#ring = end;
		});
	}
}
