/** A progress bar with an ETA on stderr, where a person is looking. */
import type { BatchEvent } from '../batch/batch.ts';

const WIDTH = 28;
const INTERVAL = 100;

export class Progress {
	readonly #shown: boolean;
	#last = 0;

	constructor(shown: boolean = process.stderr.isTTY === true) {
		this.#shown = shown;
	}

	hear(event: BatchEvent): void {
		if (event.type === 'item') {
			const { total, done, failed, skipped } = event.counts;
			if (total > 1) this.#draw((done + failed + skipped) / total, `${done + failed + skipped}/${total}${failed > 0 ? ` (${failed} ✗)` : ''}`, event.eta);
		} else if (event.event.type === 'progress') {
			this.#draw(event.event.share, `${Math.round(event.event.share * 100)} %`, event.event.eta);
		}
	}

	end(): void {
		if (this.#shown) process.stderr.write('\r\x1b[K');
	}

	#draw(share: number, text: string, eta: number | null): void {
		const now = performance.now();
		if (!this.#shown || now - this.#last < INTERVAL) return;
		this.#last = now;
		const full = Math.round(Math.min(1, share) * WIDTH);
		process.stderr.write(`\r\x1b[K${'█'.repeat(full)}${'░'.repeat(WIDTH - full)} ${text}${eta === null ? '' : ` · ${duration(eta)}`}`);
	}
}

/** `75` → `1:15`. */
function duration(seconds: number): string {
	const whole = Math.max(0, Math.ceil(seconds));
	return `${Math.floor(whole / 60)}:${String(whole % 60).padStart(2, '0')}`;
}
