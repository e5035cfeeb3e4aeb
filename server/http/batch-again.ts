/** What is done with a batch that has ended: running again what failed, taking back what it wrote. */
import { relative } from 'node:path';
import { failuresOf, itemsOfCause } from '../batch/failures.ts';
import { withParams } from '../batch/settings.ts';
import { findWriting, undo } from '../batch/undo.ts';
import type { BatchBody, BatchView, ItemView, RetryBody } from './api.ts';
import { type PlannedBatch, planBatch } from './batch-plan.ts';
import type { BatchRecord } from './batch-record.ts';
import { Refusal } from './problems.ts';
import type { Context } from './services.ts';

export interface Again {
	readonly body: BatchBody;
	readonly planned: PlannedBatch;
}

/** What isn't done, or what failed for one cause; what is done stays, and what was written half a batch ago is recognised. */
export async function planAgain({ body: asked, view }: BatchRecord, { cause, mend }: RetryBody, context: Context): Promise<Again> {
	const failures = failuresOf(
		view.items.flatMap(({ item, state, problem }) => (state === 'failed' && problem !== null ? [{ item, problems: [problem] }] : [])),
		asked.recipe,
	);
	const names = cause === undefined ? namesOf(view) : itemsOfCause(failures, cause);
	const proposal = mend === true ? (failures.find((failure) => failure.cause === cause)?.mend ?? null) : null;
	const { set = {}, timeout, jobs, existing: rule } = proposal ?? {};
	const { canary: _, ...rest } = asked;
	const body = {
		...rest,
		recipe: withParams(asked.recipe, set),
		...(timeout === undefined ? {} : { timeout }),
		...(jobs === undefined ? {} : { jobs }),
		...(rule === undefined ? {} : { existing: rule }),
	};
	const planned = await planBatch(body, context);
	if (!planned.items.some(({ item }) => names.has(item))) throw new Refusal(404, 'input.not-found', { path: [...names].slice(0, 3).join(', ') });
	const existing = planned.existing === 'error' ? 'resume' : planned.existing;
	return { body, planned: { ...planned, only: names, existing } };
}

/** Failed items; of a batch that was stopped all that aren't done. */
function namesOf({ items, state }: BatchView): Set<string> {
	const open = items.filter((item) => item.state !== 'done' && item.state !== 'cached' && item.state !== 'skipped');
	const failed = open.filter((item: ItemView) => item.state === 'failed');
	const wanted = failed.length > 0 && state !== 'interrupted' && state !== 'cancelled' ? failed : open;
	return new Set(wanted.map(({ item }) => item));
}

/** @throws Refusal, RunError `undo.…`. */
export async function undoBatch({ body, view, writing = view.id }: BatchRecord, context: Context): Promise<BatchView> {
	if (view.state === 'running') throw new Refusal(409, 'undo.running', { name: view.name });
	/* The folder may no longer be one that the user granted. */
	const out = await context.rootSet.resolve(body.to.root, body.to.path, 'allow');
	const found = findWriting(writing, context.stores);
	const { removed, restored, kept } = await undo(found, context.stores);
	return {
		...view,
		undone: { removed: removed.length, restored: restored.length, kept: kept.map(({ path, reason }) => ({ path: relative(out, path), reason })) },
	};
}
