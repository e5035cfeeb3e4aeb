/** Watched folders and schedules, as they are now. They live on the server, so that the page asks now and then while it shows them. */
import { create } from 'zustand';
import type { WatchBody, WatchView } from '../../server/http/api.ts';
import { api } from '../app/api.ts';
import { notifyError } from '../app/explain-error.ts';
import { sayNow } from '../app/language.ts';
import { notify, openDialog } from '../app/ui.ts';

export const useWatches = create<{ readonly list: readonly WatchView[] | null }>(() => ({ list: null }));

const PAUSE = 2000;

/** Asks at once and then again and again. @returns ends it. */
export function followWatches(): () => void {
	let timer: ReturnType<typeof setTimeout> | undefined;
	let over = false;
	const ask = async () => {
		/* A server that is away says so elsewhere on the page. */
		await load().catch(() => undefined);
		if (!over) timer = setTimeout(ask, PAUSE);
	};
	void ask();
	return () => {
		over = true;
		clearTimeout(timer);
	};
}

async function load(): Promise<void> {
	useWatches.setState({ list: await api.watches() });
}

/** Does something to a watch and shows how they are then. */
export async function change(work: () => Promise<unknown>): Promise<boolean> {
	try {
		await work();
		await load();
		return true;
	} catch (error) {
		notifyError(error);
		return false;
	}
}

export async function addWatch(body: WatchBody): Promise<void> {
	const added = await change(() => api.addWatch(body));
	if (!added) return;
	notify(sayNow(body.when.type === 'folder' ? 'watch.added' : 'watch.scheduled'), 'good');
	openDialog('watches');
}
