/** What holds a batch between two items: what is under way ends, nothing new begins. */

export class Gate {
	readonly #waiting = new Set<() => void>();
	#since: number | null = null;
	#before = 0;

	get paused(): boolean {
		return this.#since !== null;
	}

	/** Milliseconds that it was shut, all in all. */
	get held(): number {
		return this.#before + (this.#since === null ? 0 : performance.now() - this.#since);
	}

	pause(): void {
		this.#since ??= performance.now();
	}

	resume(): void {
		this.#before = this.held;
		this.#since = null;
		for (const go of this.#waiting) go();
		this.#waiting.clear();
	}

	/** Waits while it is shut, or until somebody asks to stop. */
	async passed(signal: AbortSignal): Promise<void> {
		while (this.paused && !signal.aborted)
			await new Promise<void>((resolve) => {
				const go = () => {
					signal.removeEventListener('abort', go);
					this.#waiting.delete(go);
					resolve();
				};
				this.#waiting.add(go);
				signal.addEventListener('abort', go, { once: true });
			});
	}
}
