/** Where the command line takes recipes from, and how it changes them before a run. */
import { readFile } from 'node:fs/promises';
import { type Recipe, readRecipe } from '../../nodes/graph.ts';
import { RunError } from '../../nodes/problems.ts';
import { withParams } from '../batch/settings.ts';
import { galleryRecipe } from '../stores/gallery.ts';
import { homeFolder, openHome } from '../stores/home.ts';
import { RecipeFolder } from '../stores/recipes.ts';
import { UsageError } from './arguments.ts';

/**
 * A recipe by its file, or by the id of a saved or a ready one.
 * @throws RunError `input.not-found`, GraphError `recipe.unreadable`.
 */
export async function loadRecipe(name: string): Promise<Recipe> {
	const text = await readFile(name, 'utf8').catch(
		async () => (await new RecipeFolder(openHome(homeFolder()).recipes).read(name))?.text ?? (await galleryRecipe(name)),
	);
	if (text === null) throw new RunError('input.not-found', { path: name });
	return readRecipe(text);
}

/**
 * `--set NODE.PARAM=VALUE`, several times. A value is JSON where it can be read as such, else text.
 * @throws UsageError, GraphError `param.unknown`
 */
export function withSettings(recipe: Recipe, settings: readonly string[]): Recipe {
	return withParams(recipe, settingsIn(recipe, settings));
}

/**
 * `NODE.PARAM=VALUE` → `node.param`, value.
 * @throws UsageError
 */
export function settingsIn(recipe: Recipe, settings: readonly string[]): Readonly<Record<string, string>> {
	const nodes = Object.keys(recipe.graph.nodes);
	const entries = settings.map((setting): readonly [string, string] => {
		const found = /^([A-Za-z0-9_-]+)\.([A-Za-z0-9_-]+)=(.*)$/s.exec(setting);
		if (found === null) throw new UsageError(`Expected NODE.PARAM=VALUE for --set, got ${setting}.`);
		const [, id = '', param = '', text = ''] = found;
		if (!nodes.includes(id)) throw new UsageError(`The recipe has no node ${id}. Nodes: ${nodes.join(', ')}.`);
		return [`${id}.${param}`, text];
	});
	return Object.fromEntries(entries);
}
