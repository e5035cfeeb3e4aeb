/** From what the page asks for to a batch: which items, into which folder. Nothing outside of granted folders is read or written. */
import { access, constants } from 'node:fs/promises';
import type { BatchRequest } from '../batch/batch.ts';
import { withParams } from '../batch/settings.ts';
import type { BatchBody } from './api.ts';
import { type BatchItems, itemsOf } from './batch-items.ts';
import { Refusal } from './problems.ts';
import type { Context } from './services.ts';

export type PlannedBatch = Pick<
	BatchRequest,
	'recipe' | 'items' | 'only' | 'out' | 'name' | 'keepFolders' | 'existing' | 'stopOnError' | 'bindings' | 'commit' | 'timeout' | 'jobs'
> &
	Pick<BatchItems, 'passedOver'>;

export async function planBatch(asked: BatchBody, context: Context): Promise<PlannedBatch> {
	const body = 'rows' in asked.from ? { ...asked, recipe: withParams(asked.recipe, asked.from.settings) } : asked;
	const out = await context.rootSet.resolve(body.to.root, body.to.path, 'allow');
	const root = await context.rootSet.get(body.to.root);
	await access(root.path, constants.W_OK).catch(() => {
		throw new Refusal(422, 'root.readonly', { path: root.path });
	});
	const { recipe, name, existing, stopOnError, commit, timeout, jobs } = body;
	const { items, passedOver } = await itemsOf(body, out, context);
	return {
		recipe,
		items,
		passedOver,
		bindings: await context.inputs.sources(body.bindings),
		out,
		...(name === undefined ? {} : { name }),
		keepFolders: true,
		existing,
		stopOnError,
		...(commit === undefined ? {} : { commit }),
		...(timeout === undefined ? {} : { timeout }),
		...(jobs === undefined ? {} : { jobs }),
	};
}
