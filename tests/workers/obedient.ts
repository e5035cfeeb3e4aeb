/** A worker that does nothing, and is done with it once the file that it was asked to look at is there. */
import { watch } from 'node:fs';
import { access } from 'node:fs/promises';
import { dirname } from 'node:path';
import type { FromWorker, ToWorker } from '../../server/workers/messages.ts';

process.on('message', async (message: ToWorker) => {
	if (message.type !== 'do' || message.request.type !== 'look') return;
	const { path } = message.request;
	const watcher = watch(dirname(path));
	for (let there = false; !there; ) {
		const changed = new Promise((resolve) => watcher.once('change', resolve));
		there = await access(path).then(
			() => true,
			() => false,
		);
		if (!there) await changed;
	}
	watcher.close();
	say({ type: 'done', id: message.id, reply: { format: '', readings: [], content: '', bytes: message.memory } });
});
process.on('disconnect', () => process.exit(0));

function say(message: FromWorker): void {
	process.send?.(message);
}

say({ type: 'ready' });
