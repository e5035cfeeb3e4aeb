/** The batch that the page follows. */
import { create } from 'zustand';
import type { BatchBody, BatchStreamEvent, BatchView } from '../../server/http/api.ts';
import { api } from '../app/api.ts';
import { listen } from '../app/events.ts';
import { notifyError } from '../app/explain-error.ts';

interface Batches {
	readonly batch: BatchView | null;
	readonly list: readonly BatchView[];
}

export const useBatches = create<Batches>(() => ({ batch: null, list: [] }));

let stop: () => void = () => undefined;

export async function startBatch(body: BatchBody): Promise<boolean> {
	try {
		show(await api.batch(body));
		return true;
	} catch (error) {
		notifyError(error);
		return false;
	}
}

/** Shows a batch and follows it while it runs. */
export function show(batch: BatchView | null): void {
	stop();
	useBatches.setState({ batch });
	if (batch?.state !== 'running') return;
	stop = listen<BatchStreamEvent>(`/api/batches/${encodeURIComponent(batch.id)}/events`, take, () => void loadBatches());
}

function take(event: BatchStreamEvent): boolean {
	if (event.type !== 'item') {
		useBatches.setState({ batch: event.batch });
		return event.batch.state !== 'running';
	}
	useBatches.setState(({ batch }) => {
		if (batch === null) return {};
		const known = batch.items.some((item) => item.item === event.item.item);
		const items = known ? batch.items.map((item) => (item.item === event.item.item ? event.item : item)) : [...batch.items, event.item];
		return { batch: { ...batch, items, counts: event.counts, eta: event.eta } };
	});
	return false;
}

export async function retryFailed(id: string): Promise<void> {
	try {
		show(await api.retryBatch(id));
	} catch (error) {
		notifyError(error);
	}
}

/** After a canary: runs the others. */
export async function goOn(id: string): Promise<void> {
	try {
		show(await api.continueBatch(id));
	} catch (error) {
		notifyError(error);
	}
}

export async function loadBatches(): Promise<void> {
	try {
		const list = await api.batches();
		const { batch } = useBatches.getState();
		useBatches.setState({ list, batch: batch === null ? null : (list.find((one) => one.id === batch.id) ?? batch) });
	} catch (error) {
		notifyError(error);
	}
}
