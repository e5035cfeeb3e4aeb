/** What a batch will write, told before anything runs. */
import { basename, extname } from 'node:path';
import type { Problem } from '../../nodes/problems.ts';
import { safe, shortName } from './names.ts';
import { existing, type Predicted, predict, saversOf } from './predict.ts';
import type { BatchRequest } from './request.ts';
import type { Found } from './walk.ts';

/** What a batch would write, and what speaks against it. Nothing runs. */
export function foresee(request: Pick<BatchRequest, 'recipe' | 'items' | 'out' | 'name' | 'keepFolders' | 'existing'>): {
	readonly predicted: readonly Predicted[];
	readonly problems: readonly Problem[];
} {
	const items = request.items.map(({ item }) => ({ item, stem: stemOf(item) }));
	const predicted = predict(items, {
		out: request.out,
		keepFolders: request.keepFolders ?? true,
		savers: saversOf(request.recipe, request.name),
		date: new Date(),
	});
	const problems = request.existing === 'error' ? existing(predicted) : [];
	return { predicted, problems };
}

/** The one item of a run that isn't over files of its own: called like its first file, or like the recipe. Its results go directly into the folder. */
export function onlyItem({ recipe, bindings }: Pick<BatchRequest, 'recipe' | 'bindings'>): Found {
	const first = Object.values(bindings).flat()[0];
	return { path: '', item: first === undefined ? shortName(recipe.name) : safe(first.name), listed: false };
}

/** Name without its ending. */
export function stemOf(item: string): string {
	const name = basename(item);
	const ending = extname(name);
	return ending === name ? name : name.slice(0, name.length - ending.length);
}
