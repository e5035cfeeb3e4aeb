/** What a batch will write, told before anything runs. */
import type { Problem } from '../../nodes/problems.ts';
import { pathOf, stemOf } from './items.ts';
import { existing, type Predicted, predict, SaversByItem } from './predict.ts';
import type { BatchRequest } from './request.ts';

/** What the chosen items of a batch would write, and what speaks against it. Nothing runs. */
export function foresee(request: Pick<BatchRequest, 'recipe' | 'items' | 'out' | 'name' | 'keepFolders' | 'existing' | 'earlier' | 'only'>): {
	readonly predicted: readonly Predicted[];
	readonly problems: readonly Problem[];
} {
	const savers = new SaversByItem(request.recipe, request.name);
	const items = request.items.map((item) => ({ ...item, path: pathOf(item), stem: stemOf(item), savers: savers.of(item) }));
	const predicted = predict(items, {
		out: request.out,
		keepFolders: request.keepFolders ?? true,
		date: new Date(),
		...(request.earlier === undefined ? {} : { earlier: request.earlier }),
	});
	const { only } = request;
	const chosen = only === undefined ? predicted : predicted.filter(({ item }) => only.has(item));
	return { predicted: chosen, problems: request.existing === 'error' ? existing(chosen) : [] };
}
