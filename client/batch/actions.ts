/** What people do with a batch: hold it, run a part of it again, take back what it wrote. */
import type { BatchView } from '../../server/http/api.ts';
import { api } from '../app/api.ts';
import { notifyError } from '../app/explain-error.ts';
import { show, useBatches } from './batches.ts';

/** What is under way ends; nothing new begins until it goes on. */
export async function pause(id: string, on: boolean): Promise<void> {
	try {
		update(await api.pauseBatch(id, on));
	} catch (error) {
		notifyError(error);
	}
}

/** Runs again what failed for one cause; with the proposed change, where `mend` is set. */
export async function retryCause(id: string, cause: string, mend: boolean): Promise<void> {
	try {
		show(await api.retryBatch(id, { cause, mend }));
	} catch (error) {
		notifyError(error);
	}
}

export async function undo(id: string): Promise<void> {
	try {
		update(await api.undoBatch(id));
	} catch (error) {
		notifyError(error);
	}
}

function update(view: BatchView): void {
	useBatches.setState(({ batch }) => (batch?.id === view.id ? { batch: view } : {}));
}
